"""Whatever is typed, pasted or put into an address: no answer is a fault of ours, and what was typed stays in the form."""

import html
import os
import re
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.selectors import menu_pages

from .visiting import ask, client_of

pytestmark = pytest.mark.django_db

EACH_ALONE = bool(os.environ.get("HOSTILE_EACH_ALONE"))
"""Each value in each field by itself, as `make trust` does; otherwise each field meets every ninth of the values alone,
and every third together with the other fields."""

# As they stand in an address or a form body: percent-encoded bytes, for some are no text at all.
VALUES = {
    "nothing": "",
    "ten kilobytes": "x" * 10_240,
    "NUL": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE%C3",
    "ten to the 24th": "1" + "0" * 24,
    "minus one": "-1",
    "word for a number": "syv",
    "right to left": quote("\u202egnp.exe\u2066"),
    "emoji": quote("👩‍👩‍👧‍👦🇩🇰"),
    "SQL": quote("'; DROP TABLE portal_user; --"),
    "SQL in a list": quote("1) OR 1=1 --"),
    "query language": quote('name:[* TO *] AND (((" ~2 ^9 \\ /x/ {a TO b} NOT *?'),
    "unclosed": quote("\"((([[[{{{'"),
    "markup": quote("<script>alert(1)</script>"),
    "template": quote("{{7*7}}{% debug %}"),
    "header": quote("x\r\nSet-Cookie: a=b"),
    "like wildcards": quote("%_%_\\"),
}
LISTED = "q kind topic sector place status year goal page sort format next"
PARAMETERS = {
    "partnerships:organisation_list": LISTED,
    "partnerships:person_list": LISTED,
    "partnerships:partnership_list": LISTED,
    "partnerships:topic_list": "q page",
    "partnerships:goal_list": "q page",
    "partnerships:meetings": "show page",
    "partnerships:room_documents": "page",
    "my_calendar": "page next",
    "search:search": "q kind topic sector status place year organisation partnership goal lang filetype from to near "
    "radius sort page exact format",
    "search:experts": "q kind topic place organisation page format",
    "search:suggest": "q kind lang format",
    "account_login": "next",
    "account_signup": "next",
    "mailbox": "format page",
    "sitemap": "p section",
    "desk": "page next",
    "notices": "page next",
    "facilitation": "all",
    "facilitation_overview": "q partnership kind topic place page format",
    "following": "page next",
    "search:saved_searches": "page next",
    "search:save_search": "q kind topic sector status place year organisation partnership goal lang from to sort page",
    "profile": "next",
}
FACILITATORS = ("facilitation", "facilitation_overview")
OWN = ("desk", "profile", "notices", "search:saved_searches", "search:save_search", "my_calendar", "following")
WITHIN = ("partnerships:meetings", "partnerships:room_documents")


def in_turn(fields, value, every=9):
    """Those that meet this value."""
    turn = list(VALUES).index(value)
    return [field for number, field in enumerate(fields) if EACH_ALONE or number % every == turn % every]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_breaks_a_page(world, name, value):
    role = "applicant_administrator" if name in OWN else "facilitator" if name in FACILITATORS else "visitor"
    client = client_of(world, role)
    arguments = [world.running.slug] if name in WITHIN else []
    path, asked = reverse(name, args=arguments), PARAMETERS[name].split()
    queries = [f"{one}={VALUES[value]}" for one in asked]
    queries = [
        *in_turn(queries, value),
        "&".join(queries),
        f"{asked[0]}[]={VALUES[value]}",
        f"{VALUES[value]}={VALUES[value]}",
    ]
    answers = {query[:60]: client.get(f"{path}?{query}").status_code for query in queries}
    assert {query: status for query, status in answers.items() if status not in (200, 400, 404)} == {}


@pytest.mark.parametrize("value", VALUES)
def test_no_parameter_breaks_an_editors_page(world, value):
    """Lists of pages take their filters from the address too."""
    names = "q kind topic status place goal year page sort".split()
    query = "&".join(f"{name}={VALUES[value]}" for name in names)
    assert {path: Client().get(f"{path}?{query}").status_code for path in _section_paths()} == dict.fromkeys(
        _section_paths(), 200
    )


def _section_paths():
    with translation.override("da"):
        return ["/", *(page.url for page in menu_pages("da"))]


FORMS = {
    "partnerships:organisation_register": ("applicant_administrator", ()),
    "partnerships:organisation_edit": ("applicant_administrator", ("organisation",)),
    "partnerships:organisation_join": ("stranger", ("organisation",)),
    "partnerships:organisation_invitations": ("applicant_administrator", ("organisation",)),
    "partnerships:partnership_invitations": ("administrator", ("partnership",)),
    "partnerships:participation": ("administrator", ("a membership",)),
    "partnerships:received_invitation": ("stranger", ("to the stranger",)),
    "partnerships:organisation_logo": ("applicant_administrator", ("organisation",)),
    "partnerships:organisation_preview": ("applicant_administrator", ("organisation",)),
    "partnerships:organisation_verify": ("applicant_administrator", ("organisation",)),
    "partnerships:organisation_claim": ("stranger", ("leaderless organisation",)),
    "partnerships:organisation_proof": ("applicant_administrator", ("a proof",)),
    "partnerships:organisation_import": ("applicant_administrator", ("organisation",)),
    "partnerships:handover": ("applicant_administrator", ("organisation",)),
    "partnerships:organisation_merge": ("municipal_editor", ("organisation",)),
    "partnerships:organisation_take_down": ("municipal_editor", ("organisation",)),
    "partnerships:membership": ("applicant_administrator", ("request",)),
    "partnerships:propose": ("stranger", ()),
    "partnerships:proposal": ("facilitator", ("a proposal",)),
    "partnerships:proposal_change": ("stranger", ("a proposal",)),
    "partnerships:settings_page": ("administrator", ("partnership",)),
    "partnerships:settings_seeks": ("administrator", ("partnership",)),
    "partnerships:settings_tiers": ("administrator", ("partnership",)),
    "partnerships:settings_statutes": ("administrator", ("partnership",)),
    "partnerships:settings_people": ("administrator", ("partnership",)),
    "partnerships:settings_seat": ("administrator", ("a seat",)),
    "partnerships:settings_state": ("administrator", ("partnership",)),
    "partnerships:apply": ("applicant_administrator", ("partnership",)),
    "partnerships:application": ("administrator", ("sent",)),
    "partnerships:admission_rule": ("administrator", ("partnership",)),
    "partnerships:admission_questions": ("administrator", ("partnership",)),
    "partnerships:post_write": ("administrator", ("partnership",)),
    "partnerships:post_edit": ("member_of_member", ("public",)),
    "partnerships:post_remove": ("administrator", ("public",)),
    "partnerships:post_open": ("member_of_member", ("public",)),
    "partnerships:room_document_share": ("member_of_member", ("partnership",)),
    "partnerships:room_document_version": ("member_of_member", ("document for members",)),
    "partnerships:room_document_edit": ("member_of_member", ("document for members",)),
    "partnerships:room_document_open": ("member_of_member", ("document for members",)),
    "partnerships:room_document_remove": ("member_of_member", ("document for members",)),
    "partnerships:meeting_call": ("administrator", ("partnership",)),
    "partnerships:meeting": ("administrator", ("meeting for members",)),
    "partnerships:meeting_edit": ("administrator", ("meeting for members",)),
    "partnerships:meeting_cancel": ("administrator", ("meeting for members",)),
    "partnerships:meeting_minutes": ("administrator", ("meeting for held",)),
    "my_calendar": ("stranger", ()),
    "profile": ("stranger", ()),
    "leave_everything": ("stranger", ()),
    "notices": ("stranger", ()),
    "following": ("stranger", ()),
    "follow": ("stranger", ("a topic to follow",)),
    "stop_following": ("stranger", ("a follow",)),
    "stop_mails": ("visitor", ("a stop address",)),
    "partnerships:person_write": ("stranger", ("contact",)),
    "partnerships:person_report": ("stranger", ("contact",)),
    "partnerships:organisation_write": ("stranger", ("with a mailbox",)),
    "direct_messages": ("applicant_administrator", ()),
    "direct_message": ("applicant_administrator", ("message",)),
    "direct_message_report": ("applicant_administrator", ("message",)),
    "report": ("facilitator", ("report",)),
    "search:save_search": ("stranger", ()),
    "search:saved_search_change": ("stranger", ("saved search",)),
    "search:saved_search_delete": ("stranger", ("saved search",)),
    "search:stop_alerts": ("visitor", ("stop address",)),
    "search:click": ("visitor", ()),
    "account_login": ("visitor", ()),
    "account_signup": ("visitor", ()),
    "account_reset_password": ("visitor", ()),
    "account_request_login_code": ("visitor", ()),
    "account_reset_password_from_key": ("visitor", ("a reset key",)),
    "account_change_password": ("stranger", ()),
    "account_email": ("stranger", ()),
    "demo_sign_in": ("visitor", ()),
}
FIELDS = {
    "partnerships:organisation_register": "name kind company_number about mailbox website size sectors places topics "
    "another act",
    "partnerships:organisation_edit": "name name_en kind company_number about about_en mailbox website size sectors "
    "places topics parent successor seen act names-0-name names-0-since names-0-until names-0-DELETE "
    "names-TOTAL_FORMS names-INITIAL_FORMS "
    "names-MIN_NUM_FORMS names-MAX_NUM_FORMS",
    "partnerships:organisation_join": "message",
    "partnerships:organisation_logo": "logo logo_alt act",
    "partnerships:organisation_preview": "act",
    "partnerships:organisation_verify": "act address",
    "partnerships:organisation_claim": "act message address",
    "partnerships:organisation_proof": "act",
    "partnerships:organisation_import": "file table act",
    "partnerships:handover": "person items successor",
    "partnerships:organisation_merge": "other",
    "partnerships:organisation_take_down": "reason",
    "partnerships:organisation_invitations": "addresses role message language act invitation",
    "partnerships:partnership_invitations": "addresses role message language act invitation",
    "partnerships:participation": "act thing profile role since until seen last_day tier reason answer_by text",
    "partnerships:received_invitation": "act organisation",
    "partnerships:membership": "act role reason",
    "partnerships:propose": "name purpose mailbox responsible summary kind visibility topics",
    "partnerships:proposal": "act reason",
    "partnerships:proposal_change": "name purpose mailbox responsible summary kind visibility topics",
    "partnerships:settings_page": "name summary purpose mailbox applications_open kind visibility since until answer_days "
    "admission topics places goals municipal_part funder funding parent successor name_en summary_en purpose_en "
    "admission_en municipal_part_en funding_en",
    "partnerships:settings_seeks": "seeks-0-whom_da seeks-0-why_da seeks-0-until seeks-0-whom_en seeks-0-why_en seeks-0-DELETE "
    "seeks-TOTAL_FORMS seeks-INITIAL_FORMS seeks-MIN_NUM_FORMS seeks-MAX_NUM_FORMS",
    "partnerships:settings_tiers": "tiers-0-pk tiers-0-kind tiers-0-name_da tiers-0-rights_da tiers-0-fee_da "
    "tiers-0-places "
    "tiers-0-name_en tiers-0-rights_en tiers-0-fee_en tiers-0-DELETE tiers-TOTAL_FORMS tiers-INITIAL_FORMS tiers-MIN_NUM_FORMS "
    "tiers-MAX_NUM_FORMS",
    "partnerships:settings_statutes": "since file numbers_are_others text note",
    "partnerships:settings_people": "profile role",
    "partnerships:settings_seat": "act profile",
    "partnerships:settings_state": "act reason into",
    "partnerships:apply": "organisation tier message confirmed representative representative_until keep drop",
    "partnerships:application": "act message ground reason again_from question answer choice",
    "partnerships:admission_rule": "seen kind needed vote_days kinds tier persons again_months reply_days quorum majority "
    "undecided veto seen_by",
    "partnerships:admission_questions": "q-0-pk q-0-text_da q-0-kind q-0-choices_da q-0-required q-0-text_en "
    "q-0-choices_en q-0-place q-0-DELETE q-TOTAL_FORMS q-INITIAL_FORMS q-MIN_NUM_FORMS q-MAX_NUM_FORMS",
    "partnerships:post_write": "title body audience organisation",
    "partnerships:post_edit": "title body audience",
    "partnerships:post_remove": "act",
    "partnerships:post_open": "act",
    "partnerships:room_document_share": "file title numbers_are_others audience",
    "partnerships:room_document_version": "file why numbers_are_others",
    "partnerships:room_document_edit": "title audience",
    "partnerships:room_document_open": "act although_untagged",
    "partnerships:room_document_remove": "act",
    "partnerships:meeting_call": "title day begins ends place link agenda last_day asked chosen audience seen",
    "partnerships:meeting": "act answer decision",
    "partnerships:meeting_edit": "title day begins ends place link agenda last_day asked chosen audience seen",
    "partnerships:meeting_cancel": "reason",
    "partnerships:meeting_minutes": "text is_public seen decisions-TOTAL_FORMS decisions-INITIAL_FORMS "
    "decisions-MIN_NUM_FORMS decisions-MAX_NUM_FORMS decisions-0-pk decisions-0-text decisions-0-responsible "
    "decisions-0-due decisions-0-is_public decisions-1-pk decisions-1-text decisions-1-responsible decisions-1-due "
    "decisions-1-is_public",
    "my_calendar": "act",
    "leave_everything": "password sure",
    "notices": "notice",
    "following": "rhythm language follow-4242",
    "follow": "rhythm",
    "stop_following": "next",
    "stop_mails": "List-Unsubscribe",
    "partnerships:person_write": "subject text copy",
    "partnerships:person_report": "reason words",
    "partnerships:organisation_write": "subject text copy",
    "direct_messages": "block",
    "direct_message": "act",
    "direct_message_report": "reason words",
    "report": "outcome answer stops_writing",
    "search:save_search": "name rhythm",
    "search:saved_search_change": "name rhythm",
    "search:saved_search_delete": "act",
    "search:stop_alerts": "List-Unsubscribe",
    "search:click": "asked",
    "profile": "name headline headline_en topics expertise expertise_en ask_about ask_about_en languages away_from "
    "away_until contact search write next",
    "account_login": "login password remember next",
    "account_signup": "name email password1 next",
    "account_reset_password": "email",
    "account_request_login_code": "email next",
    "account_reset_password_from_key": "password1 password2",
    "account_change_password": "oldpassword password1 password2",
    "account_email": "email action_add action_remove action_send",
    "demo_sign_in": "who next",
}


MEETING = {
    "title": "Årsmøde",
    "day": "2031-03-01",
    "begins": "13:00",
    "ends": "15:00",
    "asked": "members",
    "audience": "members",
}


def usual(world, name):
    """What a person would have typed, so that each field is also reached when all others are right."""
    people = world.people
    return {
        "partnerships:organisation_register": {"name": "Nyt Værk", "kind": "company"},
        "partnerships:organisation_edit": {
            "name": "Fjordbryg ApS",
            "kind": "company",
            "names-TOTAL_FORMS": "1",
            "names-INITIAL_FORMS": "0",
        },
        "partnerships:propose": _proposal(world),
        "partnerships:proposal": {"act": "decline", "reason": "Findes allerede."},
        "partnerships:proposal_change": _proposal(world),
        "partnerships:settings_page": {
            **_proposal(world),
            "kind": "network",
            "visibility": "public",
            "answer_days": "14",
        },
        "partnerships:settings_seeks": {
            "seeks-TOTAL_FORMS": "1",
            "seeks-INITIAL_FORMS": "0",
            "seeks-0-whom_da": "Et mejeri",
        },
        "partnerships:settings_tiers": {
            "tiers-TOTAL_FORMS": "1",
            "tiers-INITIAL_FORMS": "0",
            "tiers-0-pk": str(world.running.tiers.first().pk),
            "tiers-0-kind": "full",
            "tiers-0-name_da": "Medlem",
        },
        "partnerships:settings_statutes": {"since": "2021-01-01", "text": "Alle er med."},
        "partnerships:settings_people": {"profile": str(people.board.pk), "role": "secretary"},
        "partnerships:settings_seat": {"act": "replace", "profile": str(people.board.pk)},
        "partnerships:settings_state": {"act": "pause", "reason": "Ferie."},
        "partnerships:membership": {"act": "refuse", "role": "member", "reason": "Vi kender dig ikke."},
        "partnerships:organisation_invitations": {"addresses": "ny@example.org", "role": "member"},
        "partnerships:partnership_invitations": {"addresses": "ny@example.org", "role": "board"},
        "partnerships:received_invitation": {"act": "accept"},
        "partnerships:participation": {"act": "name", "role": "deputy", "seen": "1"},
        "partnerships:apply": {
            "organisation": str(world.applying.pk),
            "tier": str(world.running.tiers.first().pk),
            "message": "Vi vil gerne være med.",
            "confirmed": "on",
        },
        "partnerships:application": {"act": "refuse", "message": "Tak.", "reason": "Ikke nu.", "ground": "full"},
        "partnerships:admission_rule": {"kind": "board_vote", "vote_days": "5", "majority": "simple"}
        | {"undecided": "refused", "seen_by": "voters"},
        "partnerships:admission_questions": {"q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text_da": "Hvor?"},
        "partnerships:post_write": {"title": "Nyt", "body": "Vi har målt.", "audience": "members"},
        "partnerships:post_edit": {"title": "Nyt", "body": "Vi har målt.", "audience": "members"},
        "partnerships:room_document_edit": {"title": "Nyt", "audience": "members"},
        "partnerships:meeting_call": MEETING,
        "partnerships:meeting_edit": MEETING,
        "partnerships:meeting": {"act": "answer", "answer": "yes"},
        "partnerships:meeting_cancel": {"reason": "Ingen kan."},
        "partnerships:meeting_minutes": {
            "text": "Vi mødtes.",
            "decisions-TOTAL_FORMS": "1",
            "decisions-INITIAL_FORMS": "0",
            "decisions-0-text": "Vi måler.",
        },
        "my_calendar": {"act": "renew"},
        "search:save_search": {"name": "Vand", "rhythm": "daily"},
        "search:saved_search_change": {"name": "Vand", "rhythm": "daily"},
        "profile": {"name": people.stranger.name},
        "following": {"rhythm": "daily", "language": "da", "follow-4242": "weekly"},
        "account_login": {"login": people.stranger.user.email, "password": "et langt kodeord"},
        "account_signup": {"name": "Ny Navn", "email": "ny@example.org", "password1": "et langt kodeord"},
        "account_change_password": {"oldpassword": "et langt kodeord", "password1": "et andet langt kodeord"},
        "account_email": {"email": "ny@example.org", "action_add": ""},
    }.get(name, {})


def _proposal(world):
    typed = {"name": "Halm", "purpose": "Vi deler halm.", "mailbox": "halm@example.org"}
    return {**typed, "responsible": str(world.running.responsible_id)}


def body_of(fields):
    return "&".join(f"{name}={value}" for name, value in fields.items())


def send(world, name, fields, language="da"):
    role, arguments = FORMS[name]
    with translation.override(language):
        path = reverse(name, args=world.args[arguments[0]] if arguments else [])
    return ask(client_of(world, role), "post", path, body_of(fields))


def tries_of(name, value, usually):
    """What is sent to this form with this value."""
    tries = [{**usually, field: VALUES[value]} for field in in_turn(FIELDS[name].split(), value)]
    tries += [dict.fromkeys(FIELDS[name].split(), VALUES[value])] if name in in_turn(FORMS, value, 3) else []
    return tries + ([{}] if value == "nothing" else [])


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in FORMS for value in VALUES if tries_of(name, value, {})]
)
def test_no_field_breaks_a_form(world, name, value):
    usually = {field: quote(text) for field, text in usual(world, name).items()}
    tries = tries_of(name, value, usually)
    statuses = [send(world, name, fields).status_code for fields in tries]
    assert [status for status in statuses if status not in (200, 302, 400, 404)] == []


def test_the_forms_listed_have_the_fields_listed(world):
    """A field added to a form must be added to the list above, a row of a table of fields once."""
    for name, (role, arguments) in FORMS.items():
        path = reverse(name, args=world.args[arguments[0]] if arguments else [])
        page = ask(client_of(world, role, Client), "get", path)
        layers = [values for context in page.context or [] for values in context.dicts]
        forms = [value for values in layers for value in values.values() if hasattr(value, "fields")]
        shown = {re.sub(r"-\d+-", "-0-", form.add_prefix(field)) for form in forms for field in form.fields}
        assert shown - set(FIELDS[name].split()) == set(), name


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("name", "field", "typed", "other"),
    [
        ("partnerships:organisation_register", "company_number", "12 34 æ5", {"kind": "company"}),
        ("partnerships:organisation_register", "mailbox", "ikke <en> adresse", {"name": "A", "kind": "company"}),
        ("partnerships:organisation_edit", "names-0-since", "i går & før", {"names-0-name": "Gammelt"}),
        ("partnerships:apply", "message", "Vi deler <vand> & varme", {"tier": "0"}),
        ("partnerships:post_write", "title", "En overskrift & mere", {"body": ""}),
        ("partnerships:application", "reason", "y" * 2_001, {"act": "refuse"}),
        ("partnerships:meeting_call", "title", "Møde & <mere>", {"ends": "12:00"}),
        ("partnerships:meeting_call", "link", "javascript:alert(1)", {}),
        ("partnerships:room_document_edit", "title", "<b>" * 60, {}),
        ("profile", "headline", "z" * 121, {}),
        ("account_signup", "name", "Ærø <Ø> Å", {"email": "uden snabel"}),
        ("account_login", "login", "æ@@ø", {}),
        ("account_reset_password", "email", "slet ingen <adresse>", {}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_was_typed_stays_beside_a_message(world, name, field, typed, other, language):
    fields = {key: quote(text) for key, text in {**usual(world, name), **other, field: typed}.items()}
    response = send(world, name, fields, language)
    page = response.content.decode()
    assert response.status_code == 200
    assert html.escape(typed) in page
    assert f'<html lang="{language}">' in page
    assert "s-error-summary" in page


@pytest.mark.parametrize("field", ["message", "reason"])
def test_a_number_of_a_real_length_is_not_taken_for_an_act(world, field):
    response = send(world, "partnerships:application", {"act": "1" + "0" * 24, field: "x"})
    assert response.status_code == 302


PATHS = [
    "/%00",
    "/%ff",
    "/en/%ff%fe/",
    "/%ED%A0%80/",
    "/organisationer/%00/",
    "/organisationer/%ff/",
    "/en/organisations/%00/",
    f"/{'a' * 9_000}/",
    f"/organisationer/{'a' * 9_000}/",
    f"/partnerskaber/x/ansoegninger/1{'0' * 24}/",
    f"/en/partnerships/x/posts/1{'0' * 24}/",
    f"/documents/1{'0' * 24}/x.pdf",
    "/media/%00",
    "/media/../../portal/settings/base.py",
    "/media/%2e%2e/%2e%2e/samspil.sqlite3",
    "/media//etc/passwd",
    "/static/%00",
    "/static/../../manage.py",
    "/konto/confirm-email/%00/",
    "/konto/password/reset/key/1-%00/",
    f"/konto/password/reset/key/{'z' * 300}-x/",
    f"/_util/authenticate_with_password/1{'0' * 24}/1/",
    "/.git/config",
    "/.env",
    "/%E2%80%AEgnp.exe",
    "/🐟/",
    "/{{7*7}}/",
    "/'%20OR%201=1--/",
    "//example.org/",
    "/%0d%0aSet-Cookie:%20a=b/",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_no_address_breaks_the_site(world, path):
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code in (301, 302, 400, 404, 200) if "reset/key" in path else (301, 400, 404)
    assert response.status_code < 500
    assert "a" not in response.cookies


ELSEWHERE = [
    "https://example.org/",
    "http://example.org",
    "//example.org/",
    "///example.org",
    "////example.org/%2f..",
    "/\\example.org",
    "\\\\example.org",
    "\\/example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "HTTPS://EXAMPLE.ORG",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "ftp://example.org",
    " https://example.org",
    "\thttps://example.org",
    "\x00https://example.org",
    "\x01//example.org",
    "http://testserver@example.org/",
    "http://testserver:80@example.org",
    "http://testserver.example.org/",
    "//testserver.example.org",
    "http://example.org\\@testserver/",
    "http://example.org#testserver",
    "//example。org",
    "http://[::1]/",
    "http:///testserver",
    "/\t/example.org",
    "/\n/example.org",
]


def leads_elsewhere(location):
    """As a browser reads it: it drops tabs and line breaks and takes a backslash for a slash."""
    read = "".join(char for char in location if char not in "\t\r\n").strip().replace("\\", "/")
    there = urlsplit(read)
    return bool(there.scheme and there.scheme not in ("http", "https")) or there.netloc not in ("", "testserver")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_to_another_host(world, target):
    typed = quote(target, safe="")
    with_next = {"next": typed}
    fields = {field: quote(text) for field, text in usual(world, "account_login").items()}
    answers = [
        send(world, "account_login", {**fields, **with_next}),
        send(world, "profile", {"name": "Navn", **with_next}),
        send(world, "stop_following", with_next),
        ask(client_of(world, "stranger"), "get", f"{reverse('account_login')}?next={typed}"),
        ask(client_of(world, "stranger"), "post", f"{reverse('account_logout')}?next={typed}"),
        ask(client_of(world, "visitor"), "get", f"/admin/login/?next={typed}"),
        ask(client_of(world, "visitor"), "get", f"/en/_util/login/?next={typed}"),
    ]
    assert [response.status_code for response in answers] == [302] * len(answers)
    assert [response["Location"] for response in answers if leads_elsewhere(response["Location"])] == []


def test_next_leads_on_within_the_site(world):
    wanted = reverse("partnerships:partnership_list")
    fields = {field: quote(text) for field, text in usual(world, "account_login").items()}
    assert send(world, "account_login", {**fields, "next": quote(wanted)})["Location"] == wanted
    assert send(world, "profile", {"name": "Navn", "next": quote(wanted)})["Location"] == wanted
