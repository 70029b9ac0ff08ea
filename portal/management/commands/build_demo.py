from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings

from cms.models import HomePage
from cms.renditions import make_renditions
from cms.services import found_site
from partnerships import clock
from partnerships.services.documents import read_waiting
from portal.demo import admissions, content, following, foundings, invitations, pages, partners, rooms, searches
from portal.demo.documents import make_documents


class Command(BaseCommand):
    help = "Fills an empty database with the demonstration, through the same services a visitor and an editor use."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off: this would mix invented people with real ones.")
        if HomePage.objects.exists():
            self.stdout.write("✓ demonstration: nothing new")
            return
        # The demo's own past sends no mail.
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"), transaction.atomic():
            self._build()
        self._say("pictures in the sizes that pages show")
        make_renditions()
        self._say("the text of documents")
        read_waiting()
        self.stdout.write("✓ demonstration built")

    def _build(self) -> None:
        address = urlsplit(settings.SITE_URL)
        of = content.table("home")["municipality"]
        self._say("front pages, lists and the editors' groups")
        found_site(
            name=of["name"],
            address=of["address"].strip(),
            mailbox=of.get("mailbox", "samspil@example.org"),
            hostname=address.hostname or "localhost",
            port=address.port or 80,
        )
        editor = partners.make_editor()
        self._say("topics, sectors, places, plans and goals")
        partners.make_vocabulary(editor)
        self._say("pictures")
        pictures = pages.make_pictures()
        with clock.at(content.moment(partners.OPENED)):
            self._say("organisations and people")
            partners.make_organisations(editor)
            partners.give_logos(editor, pictures)
            partners.make_people(editor)
            self._say("partnerships, applications and posts")
            partners.make_partnerships(editor, pictures)
        partners.register_drafts()
        admissions.make_applications()
        partners.make_posts()
        foundings.make_foundings()
        invitations.make_invitations()
        invitations.make_proposals()
        rooms.make_rooms()
        self._say("cases, ideas, updates and plan sections")
        pages.write_front(editor)
        pages.make_pages(editor, pictures, make_documents())
        partners.save_a_search()
        following.make_follows()
        self._say("invented searches")
        searches.make_searches(editor)

    def _say(self, text: str) -> None:
        self.stdout.write(f"  … {text}", ending="\n")
        self.stdout.flush()
