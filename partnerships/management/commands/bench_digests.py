import resource
import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from partnerships.evaluation import crowd, mail_sink
from partnerships.models import Follow, Rhythm
from partnerships.services import digests, following_notices, mail_queue

SINK = "partnerships.evaluation.mail_sink.EmailBackend"


class Command(BaseCommand):
    help = "Measures a digest run on an invented crowd; only in a database without follows: deploy/bench_digests.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--make", nargs=2, type=int, metavar=("FOLLOWERS", "EVENTS"))
        parser.add_argument("--run", action="store_true", help="the run alone, as often as it is killed")
        parser.add_argument("--counted", action="store_true", help="how many mails each got")

    def handle(self, **options: Any) -> None:
        if options["make"]:
            self._make(*options["make"])
        if options["run"]:
            self._run()
        if options["counted"]:
            self._counted()

    def _make(self, followers: int, events: int) -> None:
        if Follow.objects.exists():
            raise CommandError("Somebody follows something here: this is no database for measuring.")
        crowd.make(followers, events)
        mail_sink.sent_file().unlink(missing_ok=True)
        self.stdout.write(f"{followers:,} followers of {crowd.EACH_FOLLOWS} partnerships each, {events:,} posts")

    def _run(self) -> None:
        with override_settings(EMAIL_BACKEND=SINK):
            self._timed("notices", following_notices.note_what_is_new)
            self._timed("digests put and sent", lambda: digests.tell(Rhythm.DAILY))
            self._timed("left over sent", mail_queue.send_due)

    def _timed(self, what: str, act: Any) -> None:
        begun, worked, before = time.perf_counter(), time.process_time(), _memory()
        count = act()
        took, work = time.perf_counter() - begun, time.process_time() - worked
        memory = f"at most {before:.0f} → {_memory():.0f} MB"
        self.stdout.write(f"{what}: {count:,} in {took:.1f} s ({work:.1f} s of one processor), {memory}")
        self.stdout.flush()

    def _counted(self) -> None:
        mails = Counter(line.split()[0] for line in mail_sink.sent_file().read_text().splitlines())
        self.stdout.write(f"{len(mails):,} people got a mail, {sum(mails.values()) - len(mails)} of them a second one")


def _memory() -> float:
    """The most that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
