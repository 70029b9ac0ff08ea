import os
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from cms.models import HomePage
from cms.services import found_site


class Command(BaseCommand):
    help = "Makes an empty site: front pages in both languages, lists, pages of text and the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--contact", default="")
        parser.add_argument("--admin", required=True, help="e-mail; the password comes from ADMIN_PASSWORD")

    @transaction.atomic
    def handle(self, *, municipality: str, contact: str, admin: str, **options: Any) -> None:
        password = os.environ.get("ADMIN_PASSWORD", "")
        _check(contact, admin, password)
        address = urlsplit(settings.SITE_URL)
        found_site(
            name=municipality,
            mailbox=contact,
            hostname=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
        )
        user = get_user_model().objects.create_superuser(admin, password)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        self.stdout.write(f"The site of {municipality} is founded.")


def _check(contact: str, admin: str, password: str) -> None:
    """A site of one's own begins empty: in a clone that has shown the demo, its people and pages would stay."""
    if HomePage.objects.exists():
        raise CommandError("There is a site here already. Begin in a fresh clone, or take this one away: make clean")
    try:
        for mailbox in filter(None, (contact, admin)):
            validate_email(mailbox)
        validate_password(password, get_user_model()(email=admin))
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
