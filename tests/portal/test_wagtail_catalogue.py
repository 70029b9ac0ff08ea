"""Editors meet Wagtail in Danish: every text of the installed packages has Danish, theirs or ours, with its blanks and tags."""

import importlib
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.editors import EDITORS
from cms.models import CaseIndexPage
from tests.cms_pages import make_story, section
from tests.factories import make_person

OURS = settings.BASE_DIR / "portal/locale/wagtail/da/LC_MESSAGES"
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")
TELL_TALE = [
    *("Save draft", "Publish", "Unpublish", "Page explorer", "Choose an image", "Add a child page", "Page title"),
    *("Search all pages", "Images", "Documents", "Reports", "Help", "More actions", "Choose a page", "Insert a block"),
    *("Cancel", "Delete", "History", "Usage", "Last published", "Upload", "Filter", "Add an image", "Sort by"),
]


def packages() -> list[Path]:
    """The installed packages of Wagtail and wagtail-localize that bring texts."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("wagtail")]
    folders = [Path(importlib.import_module(name).__file__).parent / "locale" for name in names]
    return [folder for folder in folders if folder.exists()]


def danish(domain: str) -> dict:
    found = {}
    for folder in [*packages(), OURS.parents[1]]:
        path = folder / f"da/LC_MESSAGES/{domain}.po"
        if path.exists():
            entries = (entry for entry in polib.pofile(str(path)) if entry.translated() and not entry.obsolete)
            found |= {(entry.msgctxt, entry.msgid): entry for entry in entries}
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_wagtail_has_danish(domain):
    known, asked = danish(domain), set()
    for folder in packages():
        path = folder / f"en/LC_MESSAGES/{domain}.po"
        if path.exists():
            asked |= {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert len(asked) > 80
    assert asked - set(known) == set()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_blanks_and_tags_are_the_same(domain):
    for entry in polib.pofile(str(OURS / f"{domain}.po")):
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        for english, text in pairs:
            assert set(BLANK.findall(text)) == set(BLANK.findall(english)), english
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(english)), english


def test_a_word_that_the_portal_and_wagtail_share_means_the_same():
    """The portal's Danish wins, also on Wagtail's buttons; a word with two meanings gets a context of its own."""
    portal = polib.pofile(str(settings.BASE_DIR / "portal/locale/da/LC_MESSAGES/django.po"))
    here = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in portal if not entry.obsolete}
    theirs = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(OURS / "django.po"))}
    assert {key: (here[key], theirs[key]) for key in here.keys() & theirs.keys() if here[key] != theirs[key]} == {}


@pytest.mark.django_db
def test_the_screens_editors_meet_are_in_danish():
    story = make_story("Varme fra vand")
    editor = make_person("Erik Redaktør").user
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(editor)
    screens = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[story.get_parent().pk]),
        reverse("wagtailadmin_pages:add", args=["cms", "casestorypage", section(CaseIndexPage).pk]),
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        reverse("wagtailadmin_pages:history", args=[story.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[story.pk]),
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtaildocs:index"),
        reverse("organisation:index"),
        reverse("topic:add"),
    ]
    for screen in screens:
        answer = client.get(screen)
        assert answer.status_code == 200, screen
        html = re.sub(r"<script.*?</script>|<svg.*?</svg>|<[^>]*>", "\n", answer.content.decode(), flags=re.DOTALL)
        lines = {line.strip() for line in html.splitlines()}
        assert lines & set(TELL_TALE) == set(), screen


@pytest.mark.django_db
def test_the_scripts_get_their_danish_too():
    editor = make_person("Erik Redaktør").user
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(editor)
    script = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert "Inds\\u00e6t en blok" in script or "Indsæt en blok" in script
