from typing import Any

from django.core.management.base import BaseCommand

from partnerships.services import mail_queue, news


class Command(BaseCommand):
    help = "Deletes what is known of old mail and of news that everyone was told: let a timer run it every night."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"✓ forgotten: {mail_queue.forget_old()} mails, {news.forget_old()} rows of news")
