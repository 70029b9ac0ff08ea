import sys
from typing import Any

from django.core.management.base import BaseCommand

from partnerships.bounces import LARGEST
from partnerships.services import bounces


class Command(BaseCommand):
    help = "Reads one mail from standard input, as a mail server hands over what came back; docs/mail.md says how."

    def handle(self, **options: Any) -> None:
        """What is no bounce of ours is no fault: the mail server must not try it again."""
        dead = bounces.take(raw=sys.stdin.buffer.read(LARGEST + 1))
        self.stdout.write("✓ an address gets no more mail" if dead else "- no bounce of ours")
