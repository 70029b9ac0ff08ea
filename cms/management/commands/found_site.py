import os
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from cms.services import found_site
from partnerships.services.people import create_profile


class Command(BaseCommand):
    help = "Makes an empty site: front pages in both languages, lists, pages of text and the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--contact", default="")
        parser.add_argument("--admin", required=True, help="e-mail; the password comes from ADMIN_PASSWORD")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        address = urlsplit(settings.SITE_URL)
        found_site(
            name=options["municipality"],
            mailbox=options["contact"],
            hostname=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
        )
        users = get_user_model().objects
        if not users.filter(email__iexact=options["admin"]).exists():
            user = users.create_superuser(options["admin"], os.environ["ADMIN_PASSWORD"])
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
            create_profile(user=user, name=options["municipality"])
        self.stdout.write(f"The site of {options['municipality']} is founded.")
