"""Kills a run of digests at random moments, again and again, lets the last one end, and says who got how many mails.

    python -m tests.partnerships.digest_kills FOLLOWERS EVENTS KILLS SEED

In the database of DATA_DIR, which is made for it. Each run is a process of its own, forked so that none has to start anew;
half of the kills come after some time, half after some mails.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter

import django
from django.db import connections
from django.test.utils import override_settings

SINK = "partnerships.evaluation.mail_sink.EmailBackend"
LONGEST = 0.8
MOST_MAILS = 40


def main(followers: int, events: int, kills: int, seed: str) -> dict[str, object]:
    from partnerships.evaluation import crowd
    from partnerships.models import Notification, OutgoingMail

    crowd.make(followers, events)
    chance = random.Random(seed)
    hit = sum(was_killed(started(), chance, number) for number in range(kills))
    os.waitpid(started(), 0)
    mails = Counter(sent())
    rows = OutgoingMail.objects.exclude(state=OutgoingMail.State.SENT).values_list("address", "state")
    told = Notification.objects.values_list("recipient__email", flat=True).distinct()
    return {
        "hit": hit,
        "mails": len(mails),
        "twice": [address for address, count in mails.items() if count > 1],
        "never": sorted(set(told) - set(mails) - {address for address, _state in rows}),
        "in doubt": [address for address, state in rows if state == OutgoingMail.State.SENDING],
        "left over": [address for address, state in rows if state != OutgoingMail.State.SENDING],
    }


def started() -> int:
    """A process that tells and sends, as a timer would start it."""
    connections.close_all()
    if process := os.fork():
        return process
    from partnerships.models import Rhythm
    from partnerships.services import digests, following_notices, mail_queue

    with override_settings(EMAIL_BACKEND=SINK):
        following_notices.note_what_is_new()
        digests.tell(Rhythm.DAILY)
        mail_queue.send_due()
    os._exit(0)


def was_killed(process: int, chance: random.Random, number: int) -> bool:
    """Whether it was still at work."""
    wanted = len(sent()) + chance.randrange(1, MOST_MAILS) if number % 2 else 0
    while (
        wanted and len(sent()) < wanted and os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None
    ):
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.01 if wanted else LONGEST))
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def sent() -> list[str]:
    from partnerships.evaluation import mail_sink

    file = mail_sink.sent_file()
    return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(*map(int, sys.argv[1:4]), sys.argv[4])))
