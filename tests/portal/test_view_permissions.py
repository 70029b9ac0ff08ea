"""Every address × role × method, with the answer written here by hand. An address without a row fails.

Columns: a visitor, a signed-in stranger, a member of the applying organisation, its administrator, a member of the
partnership, its administrator, the facilitator, the municipality's editor. `in` leads through sign-in with `next`.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse, translate_url
from django.urls.resolvers import URLPattern
from django.utils import translation

from tests.factories import make_organisation, make_partnership

from .visiting import ask, client_of

pytestmark = pytest.mark.django_db

ROLES = (
    "visitor stranger applicant_member applicant_administrator member_of_member administrator facilitator "
    "municipal_editor"
).split()
EVERYONE = "200 " * 8
NOBODY = "404 " * 8
SIGNED_IN = "in " + "200 " * 7
READ_ONLY = "405 " * 8
SENT_ON = "302 " * 8
OWNER = "in 200 404 404 404 404 404 404"
FACILITATOR = "in 404 404 404 404 404 200 404"
LOOKS_AFTER = "in 404 404 200 404 404 404 200"
ADMINISTERS = "in 404 404 200 404 404 404 404"
MUNICIPAL = "in 404 404 404 404 404 404 200"
MEMBERS = "in 404 404 404 200 200 404 404"
RUN_BY = "in 404 404 404 404 200 200 200"

READ_BY_MEMBERS = "404 404 404 404 200 200 404 404"
READ_BY_ADMINISTRATORS = "404 404 404 404 404 200 404 404"
DONE_BY_MEMBERS = "in 404 404 404 302 302 404 404"
ADMINISTRATORS = "in 404 404 404 404 200 404 404"

# (name of the address, what stands in it): answers to GET, answers to POST without a word
EXPECTED = {
    ("partnerships:organisation_list",): (EVERYONE, READ_ONLY),
    ("partnerships:organisation_register",): (SIGNED_IN, SIGNED_IN),
    ("partnerships:organisation", "organisation"): (EVERYONE, READ_ONLY),
    ("partnerships:organisation_edit", "organisation"): ("in 404 404 200 404 404 404 200",) * 2,
    ("partnerships:organisation_join", "organisation"): (
        "in 200 302 302 200 200 200 200",
        "in 302 302 302 302 302 302 302",
    ),
    ("partnerships:organisation_preview", "organisation"): (LOOKS_AFTER, "in 404 404 302 404 404 404 302"),
    ("partnerships:organisation_logo", "organisation"): (LOOKS_AFTER, "in 404 404 302 404 404 404 302"),
    ("partnerships:organisation_history", "organisation"): (LOOKS_AFTER, "in " + "405 " * 7),
    ("partnerships:organisation_verify", "organisation"): (LOOKS_AFTER,) * 2,
    ("partnerships:organisation_proof", "a proof"): (ADMINISTERS, "in 404 404 302 404 404 404 404"),
    ("partnerships:organisation_proof", "an unknown proof"): ("in " + "404 " * 7,) * 2,
    ("partnerships:organisation_claim", "organisation"): ("in " + "302 " * 7,) * 2,
    ("partnerships:organisation_claim", "leaderless organisation"): (SIGNED_IN, SIGNED_IN),
    ("partnerships:organisation_merge", "organisation"): (MUNICIPAL,) * 2,
    ("partnerships:organisation_take_down", "organisation"): (MUNICIPAL,) * 2,
    ("partnerships:organisation_import", "organisation"): (ADMINISTERS,) * 2,
    ("partnerships:handover", "organisation"): (ADMINISTERS, "in 404 404 302 404 404 404 404"),
    ("partnerships:handover", "leaderless organisation"): ("in " + "404 " * 7,) * 2,
    ("partnerships:organisation_people", "organisation"): (ADMINISTERS, "in " + "405 " * 7),
    ("partnerships:organisation_people", "leaderless organisation"): (
        "in 404 404 404 404 404 200 200",
        "in " + "405 " * 7,
    ),
    ("partnerships:membership", "request"): ("in 404 404 200 404 404 404 404", "in 404 404 302 404 404 404 404"),
    ("partnerships:membership", "colleague"): ("in 404 200 200 404 404 404 404", "in 404 302 302 404 404 404 404"),
    ("partnerships:membership", "leaderless"): ("in 404 404 404 404 404 200 200", "in 404 404 404 404 404 302 302"),
    ("partnerships:organisation_invitations", "organisation"): (
        "in 404 404 200 404 404 404 404",
        "in 404 404 302 404 404 404 404",
    ),
    ("partnerships:organisation_participations", "organisation"): ("in 404 404 200 404 404 404 404", READ_ONLY),
    ("partnerships:member_list", "partnership"): ("in 404 404 404 404 200 200 404", READ_ONLY),
    ("partnerships:participation", "a membership"): (
        "in 404 404 404 404 200 200 404",
        "in 404 404 404 404 302 302 404",
    ),
    ("partnerships:participation", "a persons membership"): (
        "in 200 404 404 404 200 200 404",
        "in 302 404 404 404 302 302 404",
    ),
    ("partnerships:partnership_invitations", "partnership"): (
        "in 404 404 404 404 200 200 200",
        "in 404 404 404 404 302 302 302",
    ),
    ("partnerships:invitation", "an invitation"): ("200 302 200 200 200 200 200 200", READ_ONLY),
    ("partnerships:invitation", "an unknown invitation"): (NOBODY, READ_ONLY),
    ("partnerships:received_invitation", "to the stranger"): (OWNER, OWNER),
    ("partnerships:person_list",): (EVERYONE, READ_ONLY),
    ("partnerships:person", "contact"): (EVERYONE, READ_ONLY),
    ("partnerships:person", "not a contact"): ("404 200 404 404 404 404 404 404", READ_ONLY),
    ("partnerships:partnership_list",): (EVERYONE, READ_ONLY),
    ("partnerships:partnership", "partnership"): (EVERYONE, READ_ONLY),
    ("partnerships:partnership", "a proposal"): ("404 302 404 404 404 404 302 404", READ_ONLY),
    ("partnerships:propose",): (SIGNED_IN, SIGNED_IN),
    ("partnerships:proposal", "a proposal"): ("in 200 404 404 404 404 200 404", "in 302 404 404 404 404 302 404"),
    ("partnerships:proposal_change", "a proposal"): ("in 200 404 404 404 404 404 404",) * 2,
    ("partnerships:members", "partnership"): (EVERYONE, READ_ONLY),
    ("partnerships:members", "a proposal"): (NOBODY, READ_ONLY),
    ("partnerships:statutes", "partnership"): (EVERYONE, READ_ONLY),
    ("partnerships:statutes_file", "statutes"): (EVERYONE, READ_ONLY),
    ("partnerships:settings", "partnership"): (RUN_BY, READ_ONLY),
    ("partnerships:settings", "a proposal"): ("in 404 404 404 404 404 404 404", READ_ONLY),
    ("partnerships:settings_page", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:settings_seeks", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:settings_tiers", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:settings_statutes", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:settings_people", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:settings_seat", "a seat"): (RUN_BY, RUN_BY),
    ("partnerships:settings_state", "partnership"): (RUN_BY, "in 404 404 404 404 302 302 302"),
    ("partnerships:apply", "partnership"): (SIGNED_IN, SIGNED_IN),
    ("partnerships:application", "sent"): ("in 404 404 200 404 200 200 404", "in 404 404 302 404 302 302 404"),
    ("partnerships:application", "refused"): ("in 404 404 200 404 200 200 404", "in 404 404 302 404 302 302 404"),
    ("partnerships:application", "voted"): ("in 404 404 200 404 200 200 404", "in 404 404 302 404 302 302 404"),
    ("partnerships:application_file", "handed in"): ("in 404 404 200 404 200 200 404", READ_ONLY),
    ("partnerships:admission_rule", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:admission_questions", "partnership"): (RUN_BY, RUN_BY),
    ("partnerships:room", "partnership"): (MEMBERS, READ_ONLY),
    ("partnerships:post_write", "partnership"): (MEMBERS, MEMBERS),
    ("partnerships:post", "public"): (EVERYONE, READ_ONLY),
    ("partnerships:post", "members"): ("404 404 404 404 200 200 404 404", READ_ONLY),
    ("partnerships:post", "administrators"): ("404 404 404 404 404 200 404 404", READ_ONLY),
    ("partnerships:post", "removed"): (NOBODY, READ_ONLY),
    ("partnerships:post_edit", "public"): ("in 404 404 404 200 404 404 404",) * 2,
    ("partnerships:post_edit", "administrators"): ("in 404 404 404 404 404 404 404",) * 2,
    ("partnerships:post_edit", "removed"): ("in 404 404 404 404 404 404 404",) * 2,
    ("partnerships:post_remove", "members"): (MEMBERS, "in 404 404 404 302 302 404 404"),
    ("partnerships:post_remove", "removed"): ("in 404 404 404 404 404 404 404",) * 2,
    ("partnerships:post_open", "members"): ("in 404 404 404 200 404 404 404", "in 404 404 404 302 404 404 404"),
    ("partnerships:post_open", "removed"): ("in 404 404 404 404 404 404 404",) * 2,
    ("partnerships:room_members", "partnership"): (MEMBERS, READ_ONLY),
    ("partnerships:room_members_csv", "partnership"): (MEMBERS, READ_ONLY),
    ("partnerships:room_votes", "partnership"): (MEMBERS, READ_ONLY),
    ("partnerships:room_vote", "vote"): (MEMBERS, READ_ONLY),
    ("partnerships:room_documents", "partnership"): (EVERYONE, READ_ONLY),
    ("partnerships:room_document_share", "partnership"): (MEMBERS, MEMBERS),
    ("partnerships:room_document", "document for public"): (EVERYONE, READ_ONLY),
    ("partnerships:room_document", "document for members"): (READ_BY_MEMBERS, READ_ONLY),
    ("partnerships:room_document", "document for administrators"): (READ_BY_ADMINISTRATORS, READ_ONLY),
    ("partnerships:room_document", "document for removed"): (NOBODY, READ_ONLY),
    ("partnerships:room_document_file", "file for public"): (EVERYONE, READ_ONLY),
    ("partnerships:room_document_file", "file for members"): (READ_BY_MEMBERS, READ_ONLY),
    ("partnerships:room_document_file", "file for administrators"): (READ_BY_ADMINISTRATORS, READ_ONLY),
    ("partnerships:room_document_file", "file for removed"): (NOBODY, READ_ONLY),
    ("partnerships:room_document_version", "document for members"): (MEMBERS, MEMBERS),
    ("partnerships:room_document_version", "document for administrators"): (ADMINISTRATORS, ADMINISTRATORS),
    ("partnerships:room_document_edit", "document for members"): (MEMBERS, MEMBERS),
    ("partnerships:room_document_open", "document for members"): (MEMBERS, DONE_BY_MEMBERS),
    ("partnerships:room_document_remove", "document for members"): (MEMBERS, DONE_BY_MEMBERS),
    ("partnerships:meetings", "partnership"): (EVERYONE, READ_ONLY),
    ("partnerships:meeting_call", "partnership"): (ADMINISTRATORS, ADMINISTRATORS),
    ("partnerships:meeting", "meeting for public"): (EVERYONE, "404 404 404 404 302 302 404 404"),
    ("partnerships:meeting", "meeting for members"): (READ_BY_MEMBERS, "404 404 404 404 302 302 404 404"),
    ("partnerships:meeting", "meeting for administrators"): (
        READ_BY_ADMINISTRATORS,
        "404 404 404 404 404 302 404 404",
    ),
    ("partnerships:meeting_edit", "meeting for members"): (ADMINISTRATORS, ADMINISTRATORS),
    ("partnerships:meeting_cancel", "meeting for public"): (ADMINISTRATORS, ADMINISTRATORS),
    ("partnerships:meeting_minutes", "meeting for members"): (ADMINISTRATORS, ADMINISTRATORS),
    ("partnerships:meeting_calendar", "meeting for public"): (EVERYONE, READ_ONLY),
    ("partnerships:meeting_calendar", "meeting for members"): (READ_BY_MEMBERS, READ_ONLY),
    ("my_calendar",): (SIGNED_IN, "in " + "302 " * 7),
    ("calendar_feed", "calendar address"): (EVERYONE, READ_ONLY),
    ("calendar_feed", "a key"): (NOBODY, READ_ONLY),
    ("partnerships:topic_list",): (EVERYONE, READ_ONLY),
    ("partnerships:topic", "topic"): (EVERYONE, READ_ONLY),
    ("partnerships:goal_list",): (EVERYONE, READ_ONLY),
    ("partnerships:goal", "goal"): (EVERYONE, READ_ONLY),
    ("desk",): (SIGNED_IN, READ_ONLY),
    ("profile",): (SIGNED_IN, SIGNED_IN),
    ("leave_everything",): (SIGNED_IN, SIGNED_IN),
    ("facilitation",): (FACILITATOR, READ_ONLY),
    ("facilitation_overview",): (FACILITATOR, READ_ONLY),
    ("partnerships:person_write", "contact"): (SIGNED_IN, SIGNED_IN),
    ("partnerships:person_write", "not a contact"): ("in " + "404 " * 7,) * 2,
    ("partnerships:person_report", "contact"): (SIGNED_IN, SIGNED_IN),
    ("partnerships:person_report", "not a contact"): ("in " + "404 " * 7,) * 2,
    ("partnerships:organisation_write", "with a mailbox"): (SIGNED_IN, SIGNED_IN),
    ("partnerships:organisation_write", "organisation"): ("in " + "404 " * 7,) * 2,
    ("direct_messages",): (SIGNED_IN, "in " + "404 " * 7),
    ("direct_message", "message"): ("in 200 404 200 404 404 404 404", "in 302 404 302 404 404 404 404"),
    ("direct_message_report", "message"): ("in 404 404 200 404 404 404 404",) * 2,
    ("reports",): ("in 404 404 404 404 404 200 200", READ_ONLY),
    ("report", "report"): ("in 404 404 200 404 404 200 200",) * 2,
    ("notices",): (SIGNED_IN, "in " + "302 " * 7),
    ("following",): (SIGNED_IN, SIGNED_IN),
    ("follow", "a topic to follow"): (SIGNED_IN, "in " + "302 " * 7),
    ("follow", "a hidden thing"): ("in " + "404 " * 7,) * 2,
    ("stop_following", "a follow"): ("405 " * 8, "in 302 404 404 404 404 404 404"),
    ("address_works",): ("405 " * 8, "in " + "302 " * 7),
    ("stop_mails", "a stop address"): (EVERYONE, EVERYONE),
    ("stop_mails", "a key"): (NOBODY, NOBODY),
    ("partnerships:place", "place"): (EVERYONE, READ_ONLY),
    ("bounces",): (READ_ONLY, NOBODY),
    ("search:search",): (EVERYONE, READ_ONLY),
    ("search:saved_searches",): (SIGNED_IN, READ_ONLY),
    ("search:save_search",): (SIGNED_IN, SIGNED_IN),
    ("search:saved_search", "saved search"): (OWNER, READ_ONLY),
    ("search:saved_search_change", "saved search"): (OWNER, OWNER),
    ("search:saved_search_delete", "saved search"): (OWNER, "in 302 404 404 404 404 404 404"),
    ("search:stop_alerts", "stop address"): (EVERYONE, EVERYONE),
    ("search:stop_alerts", "a key"): (NOBODY, NOBODY),
    ("search:experts",): (EVERYONE, READ_ONLY),
    ("search:click",): (READ_ONLY, "400 " * 8),
    ("search:suggest",): (EVERYONE, READ_ONLY),
    ("live",): (EVERYONE, READ_ONLY),
    ("ready",): (EVERYONE, READ_ONLY),
    ("favicon",): (SENT_ON, READ_ONLY),
    ("robots",): (EVERYONE, READ_ONLY),
    ("sitemap",): (EVERYONE, READ_ONLY),
    ("was",): (SENT_ON, READ_ONLY),
    ("demo_sign_in",): (READ_ONLY, "400 " * 8),
    ("mailbox",): (EVERYONE, READ_ONLY),
    ("wagtailadmin_login",): (SENT_ON, SENT_ON),
    ("account_login",): ("200 " + "302 " * 7, "200 " + "302 " * 7),
    ("account_logout",): ("302 " + "200 " * 7, SENT_ON),
    ("account_inactive",): (EVERYONE, READ_ONLY),
    ("account_signup",): ("200 " + "302 " * 7, "200 " + "302 " * 7),
    ("account_reauthenticate",): (SIGNED_IN, SIGNED_IN),
    ("account_email",): (SIGNED_IN, "in " + "302 " * 7),
    ("account_email_verification_sent",): (EVERYONE, READ_ONLY),
    ("account_change_password",): (SIGNED_IN, SIGNED_IN),
    ("account_set_password",): ("in " + "302 " * 7, "in " + "302 " * 7),
    ("account_reset_password",): (EVERYONE, EVERYONE),
    ("account_confirm_login_code",): (SENT_ON, SENT_ON),
    ("account_confirm_email", "a key"): (EVERYONE, NOBODY),
    ("account_reset_password_from_key_done",): (EVERYONE, READ_ONLY),
    ("account_reset_password_from_key", "a reset key"): (EVERYONE, EVERYONE),
    ("account_reset_password_done",): (EVERYONE, READ_ONLY),
    ("account_request_login_code",): ("200 " + "302 " * 7, "200 " + "302 " * 7),
    ("wagtaildocs_serve", "a document"): (NOBODY, NOBODY),
    ("wagtaildocs_authenticate_with_password", "a restriction"): (NOBODY, NOBODY),
    ("wagtailcore_authenticate_with_password", "a page restriction"): (NOBODY, NOBODY),
    ("wagtailcore_login",): (SENT_ON, SENT_ON),
    ("wagtail_serve", "the front page"): (EVERYONE, None),
    ("wagtail_serve", "no page"): (NOBODY, NOBODY),
}
# Without a name: two doors of Wagtail's that lead to the one way in and out, and the files of pages.
UNNAMED = {
    "/_util/login/": (SENT_ON, SENT_ON),
    "/en/_util/login/": (SENT_ON, SENT_ON),
    "/admin/logout/": (SENT_ON, SENT_ON),
    "/media/no-such-file.png": (NOBODY, NOBODY),
    "/media/documents/minutes.pdf": (NOBODY, NOBODY),
    "/admin/": ("302 302 302 302 302 302 302 200", None),
}
CELLS = [(row, method) for row in EXPECTED for method in ("get", "post") if EXPECTED[row][method == "post"]]
ITEMS = [row for row in EXPECTED if row[0].startswith("partnerships:") and "404" in EXPECTED[row][0]]


def address(world, row):
    with translation.override("da"):
        return reverse(row[0], args=world.args[row[1]] if len(row) > 1 else [])


def answer(world, role, method, path):
    response = ask(client_of(world, role), method, path)
    to = urlsplit(response.get("Location", ""))
    through_sign_in = response.status_code == 302 and parse_qs(to.query).get("next") == [path]
    return "in" if through_sign_in and to.path == reverse("account_login") else str(response.status_code)


@pytest.mark.parametrize(("row", "method"), CELLS, ids=lambda cell: cell if isinstance(cell, str) else " ".join(cell))
def test_each_role_gets_what_the_table_says(world, row, method):
    path, wanted = address(world, row), EXPECTED[row][method == "post"].split()
    got = [answer(world, role, method, path) for role in ROLES]
    assert dict(zip(ROLES, got, strict=True)) == dict(zip(ROLES, wanted, strict=True))


@pytest.mark.parametrize("path", UNNAMED)
def test_doors_without_a_name_are_in_the_table_too(world, path):
    for method, wanted in zip(("get", "post"), UNNAMED[path], strict=True):
        if wanted:
            got = [str(ask(client_of(world, role), method, path).status_code) for role in ROLES]
            assert got == wanted.split(), method


def _names(resolver, prefix="", under=""):
    for entry in resolver.url_patterns:
        route = f"{under}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield (f"{prefix}{entry.name}" if entry.name else None), route
        elif route != "admin/":
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _names(entry, space, route)


def test_every_address_has_a_row():
    with translation.override("da"):
        known = list(_names(get_resolver()))
    named = {name for name, _route in known if name}
    assert named - {row[0] for row in EXPECTED} == set()
    assert {route for name, route in known if not name} == {
        "_util/login/",
        "admin/logout/",
        "^media/(?P<path>(?!documents/).*)$",
    }


@pytest.mark.parametrize("row", ITEMS, ids=" ".join)
def test_what_one_may_not_see_looks_like_what_does_not_exist(world, row):
    path = address(world, row)
    arguments = world.args[row[1]]
    missing = [arguments[0], 999_999, *arguments[2:]] if len(arguments) > 1 else [_missing(arguments[0])]
    with translation.override("da"):
        nowhere = reverse(row[0], args=missing)
    for role, wanted in zip(ROLES, EXPECTED[row][0].split(), strict=True):
        if wanted == "404":
            client = client_of(world, role)
            closed, absent = ask(client, "get", path), ask(client, "get", nowhere)
            assert absent.status_code == 404
            assert _without(closed, path) == _without(absent, nowhere), role


def _missing(argument):
    """A key of the same form, so that the address lies behind the same door; it has the length of a real token."""
    return 999_999 if isinstance(argument, int) else "no-such-slug" if len(argument) < 43 else "n" * 43


def _without(response, path):
    """The page without its own address, in either language, and without the word suggested for the search."""
    other = translation_of(path)
    body = response.content.decode().replace(path, "HERE").replace(other, "HERE")
    before, _value, after = body.partition('value="')
    return before + after.partition('"')[2]


def translation_of(path):
    with translation.override("da"):
        return translate_url(path, "en")


@pytest.mark.parametrize(
    ("row", "role"),
    [
        (("partnerships:membership", "request"), "applicant_administrator"),
        (("partnerships:application", "sent"), "administrator"),
        (("partnerships:application", "sent"), "applicant_administrator"),
        (("partnerships:settings_seat", "a seat"), "administrator"),
        (("partnerships:post", "members"), "administrator"),
        (("partnerships:post", "public"), "visitor"),
        (("partnerships:post_edit", "public"), "member_of_member"),
        (("partnerships:post_remove", "public"), "administrator"),
        (("partnerships:room_document_edit", "document for members"), "administrator"),
        (("partnerships:room_document_version", "document for public"), "member_of_member"),
        (("partnerships:meeting", "meeting for members"), "administrator"),
        (("partnerships:meeting_minutes", "meeting for public"), "administrator"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_id_under_another_ones_address_does_not_exist(world, row, role, method):
    with transaction.atomic():
        other = make_organisation() if row[0].endswith("membership") else make_partnership()
        with translation.override("da"):
            path = reverse(row[0], args=[other.slug, world.args[row[1]][1]])
        response = ask(client_of(world, role), method, path)
        transaction.set_rollback(True)
    assert response.status_code in ({404} if method == "get" or not row[0].endswith(":post") else {405})


@pytest.mark.parametrize("role", ["applicant_administrator", "municipal_editor"])
def test_the_page_of_people_links_only_to_what_its_reader_may_open(world, role):
    client = client_of(world, role)
    page = ask(client, "get", address(world, ("partnerships:organisation_people", "organisation")))
    with translation.override("da"):
        links = [
            reverse("partnerships:membership", args=[world.applying.slug, row.pk])
            for row in world.applying.memberships.all()
        ]
    shown = [link for link in links if link in page.content.decode()]
    assert bool(shown) == (role == "applicant_administrator")
    assert [ask(client, "get", link).status_code for link in shown] == [200] * len(shown)
