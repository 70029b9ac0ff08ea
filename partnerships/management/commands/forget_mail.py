from typing import Any

from django.core.management.base import BaseCommand

from partnerships.services import direct_messages, mail_queue, news


class Command(BaseCommand):
    help = (
        "Deletes what is known of old mail and of news that everyone was told, and wipes the words of old messages "
        "between people: let a timer run it every night."
    )

    def handle(self, **options: Any) -> None:
        mails, rows, wiped = mail_queue.forget_old(), news.forget_old(), direct_messages.forget_old()
        self.stdout.write(f"✓ forgotten: {mails} mails, {rows} rows of news, the words of {wiped} messages")
