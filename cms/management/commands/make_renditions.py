from typing import Any

from django.core.management.base import BaseCommand

from cms.renditions import make_renditions


class Command(BaseCommand):
    help = "Makes every picture in the sizes that pages show, where one is missing."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"✓ {make_renditions()} pictures")
