from typing import Any

from django.core.management.base import BaseCommand

from partnerships.services.admission_due import see_to_what_is_due


class Command(BaseCommand):
    help = "Closes votes whose day has come, lets unanswered applications lapse, reminds, and tells of broken promises."

    def handle(self, *args: Any, **options: Any) -> None:
        done = see_to_what_is_due()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
