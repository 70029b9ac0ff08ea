from typing import Any

from django.core.management.base import BaseCommand

from portal import timetable


class Command(BaseCommand):
    help = "Publishes and takes down what editors gave a time that has come; run it every minute in production."

    def handle(self, **options: Any) -> None:
        timetable.publish_what_is_due()
