from typing import Any

from django.core.management.base import BaseCommand

from partnerships.services.vacancies import tell_of_terms


class Command(BaseCommand):
    help = (
        "Tells both sides of terms that end within sixty days, or have ended with nobody to follow. For a daily timer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(tell_of_terms()))
