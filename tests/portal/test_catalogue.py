"""The Danish catalogue says everything the code says, with the same blanks to fill in."""

import re

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from portal.management.commands import extract_texts

PATH = settings.BASE_DIR / "portal/locale/da/LC_MESSAGES/django.po"
CATALOGUE = polib.pofile(str(PATH))
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<\w+:\w+>")
SAME_IN_BOTH = {
    "%(meeting)s, %(date)s, %(partnership)s",
    "%(n)s case",
    "%(n)s organisation",
    "%(n)s person",
    "%(name)s, organisation",
    "%(total)s organisation",
    "%(total)s person",
    "3. Send",
    "Administrator",
    "administrator",
    "Blank",
    "Case",
    "case",
    "Cases",
    "Cookies",
    "E-mail",
    "e-mail",
    "Invitation",
    "invitation",
    "invitation/<str:token>/",
    "Link",
    "Logo",
    "logo",
    "Menu",
    "Organisation",
    "organisation",
    "Organisation:",
    "Partner",
    "partner",
    "Person",
    "person",
    "Plan",
    "sector",
    "Sektor",
    "Status",
    "status",
    "synonym",
    "Type",
    "version",
    "Version %(n)s",
    "version %(n)s",
    "Veto",
}


def test_it_is_in_step_with_code_and_templates():
    call_command("extract_texts", check=True)


def test_a_text_without_danish_is_named(monkeypatch):
    monkeypatch.setattr(extract_texts, "texts", lambda: {("", "Entirely new"): ""})
    with pytest.raises(CommandError, match="without Danish: Entirely new"):
        call_command("extract_texts", check=True)


def test_texts_are_found_in_code_and_templates():
    found = extract_texts.texts()
    assert found[("", "%(n)s case")] == "%(n)s cases"
    assert ("", "Waits for you") in found
    assert ("", "organisations/<slug:slug>/edit/") in found


def blanks_are_the_same(entry):
    wanted = set(BLANK.findall(entry.msgid_plural or entry.msgid))
    texts = [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values()
    return all(set(BLANK.findall(text)) == wanted for text in texts)


def test_every_blank_is_filled_in():
    assert len(CATALOGUE) > 1000
    assert [entry.msgid for entry in CATALOGUE if not blanks_are_the_same(entry)] == []


def test_what_is_the_same_in_both_languages_is_meant_to_be():
    same = {entry.msgid for entry in CATALOGUE if entry.msgid in (entry.msgstr, entry.msgstr_plural.get(0))}
    assert same <= SAME_IN_BOTH


@pytest.mark.parametrize(
    ("name", "args", "danish", "english"),
    [
        ("search:search", (), "/soeg/", "/en/search/"),
        ("search:suggest", (), "/soeg/forslag/", "/en/search/suggest/"),
        ("partnerships:organisation", ("a",), "/organisationer/a/", "/en/organisations/a/"),
        ("partnerships:person", ("a",), "/personer/a/", "/en/people/a/"),
        ("partnerships:partnership", ("a",), "/partnerskaber/a/", "/en/partnerships/a/"),
        ("partnerships:apply", ("a",), "/partnerskaber/a/ansoeg/", "/en/partnerships/a/apply/"),
        ("partnerships:room", ("a",), "/partnerskaber/a/rum/", "/en/partnerships/a/room/"),
        ("partnerships:topic", ("a",), "/emner/a/", "/en/topics/a/"),
        ("partnerships:goal", ("a",), "/maal/a/", "/en/goals/a/"),
        ("desk", (), "/mit/", "/en/desk/"),
        ("profile", (), "/mit/profil/", "/en/desk/profile/"),
        ("facilitation", (), "/mit/facilitering/", "/en/desk/facilitation/"),
        ("notices", (), "/mit/notifikationer/", "/en/desk/notifications/"),
        ("following", (), "/mit/foelger/", "/en/desk/following/"),
        ("partnerships:place", ("a",), "/steder/a/", "/en/places/a/"),
        ("search:saved_searches", (), "/mit/soegninger/", "/en/desk/searches/"),
        ("search:save_search", (), "/mit/soegninger/gem/", "/en/desk/searches/save/"),
        ("account_login", (), "/konto/login/", "/en/account/login/"),
    ],
)
def test_addresses_are_words_of_each_language(name, args, danish, english):
    for language, address in (("da", danish), ("en", english)):
        with translation.override(language):
            assert reverse(name, args=args) == address
