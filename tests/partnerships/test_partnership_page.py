"""A partnership's page is as quick with many members as with few, and its settings do what they say."""

from io import BytesIO
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from partnerships.models import Organisation, Participation, Post, Statutes
from partnerships.services.admission_rules import set_rule
from partnerships.text.folding import collation_key
from tests.factories import LONG_AGO, make_partnership, make_person, make_seat
from tests.files import pdf
from tests.queries import queries_of, tell_the_planner

pytestmark = pytest.mark.django_db


def with_many(name, members, posts):
    bo = make_person(f"Bo {name}", consents=True)
    partnership = make_partnership(name, administrator=bo)
    tier = partnership.tiers.get()
    rows = [
        Organisation(
            slug=f"{partnership.slug}-{n}", name=f"Firma {n}", kind="company", sort_key=collation_key(f"Firma {n}")
        )
        for n in range(members)
    ]
    made = Organisation.objects.bulk_create(rows)
    Participation.objects.bulk_create(
        Participation(partnership=partnership, organisation=one, tier=tier, since=LONG_AGO) for one in made
    )
    Post.objects.bulk_create(
        Post(partnership=partnership, author=bo, audience="public", title=f"Nyt {n}", body="x", body_html="<p>x</p>")
        for n in range(posts)
    )
    return partnership


def seconds(client, path):
    begun = perf_counter()
    assert client.get(path).status_code == 200
    return perf_counter() - begun


def test_a_partnership_of_five_hundred_opens_within_twice_the_time_of_one_with_ten():
    small, large = with_many("Lille", 10, 10), with_many("Stor", 500, 5_000)
    tell_the_planner()
    client, paths = Client(), [one.get_absolute_url() for one in (small, large)]
    assert len(queries_of(client, paths[0])) == len(queries_of(client, paths[1]))
    rounds = [[seconds(client, path) for path in paths] for _ in range(7)]
    few, many = (sorted(times)[1] for times in zip(*rounds, strict=True))
    assert many <= 2 * few
    page = client.get(paths[1]).content.decode()
    assert "500 medlemmer" in page and page.count("Firma ") < 100
    listed = client.get(f"{paths[1]}alle-medlemmer/", {"q": "Firma 49"})
    assert listed.context["members"].page.paginator.count == 11


@pytest.fixture
def bo():
    return make_person("Bo Formand")


@pytest.fixture
def partnership(bo):
    return make_partnership("Vandnetværket", administrator=bo, seeks="Et mejeri")


@pytest.fixture
def run(partnership, bo):
    client = Client()
    client.force_login(bo.user)
    address = partnership.get_absolute_url()
    return lambda part, **typed: client.post(f"{address}indstillinger/{part}/", typed)


def test_its_page_is_changed_and_keeps_what_was_typed_beside_an_error(partnership, run):
    typed = {"name": "Vandklyngen", "purpose": "Vi deler vand.", "kind": "cluster", "visibility": "listed"}
    typed |= {"answer_days": "10", "since": "2024-01-01", "until": "2023-01-01", "municipal_part": "Kommunen hjælper."}
    wrong = run("siden", **typed)
    assert wrong.status_code == 200 and "Kommunen hjælper." in wrong.content.decode()
    assert wrong.context["form"].errors["until"]
    assert run("siden", **{**typed, "until": ""}).status_code == 302
    partnership.refresh_from_db()
    assert (partnership.name, partnership.kind, partnership.visibility) == ("Vandklyngen", "cluster", "listed")
    assert partnership.municipal_part == "Kommunen hjælper." and partnership.state == "open"


def test_whom_it_seeks_is_written_changed_and_taken_away(partnership, run):
    forms = {"seeks-TOTAL_FORMS": "2", "seeks-INITIAL_FORMS": "1", "seeks-0-whom_da": "Et mejeri"}
    run("soeger", **forms, **{"seeks-1-whom_da": "En landmand", "seeks-1-why_da": "Halm"})
    assert sorted(partnership.seeks.values_list("whom_da", flat=True)) == ["En landmand", "Et mejeri"]
    run("soeger", **{**forms, "seeks-TOTAL_FORMS": "1"}, **{"seeks-0-DELETE": "on"})
    assert not partnership.seeks.exists()


def test_kinds_of_membership_keep_those_in_use(partnership, run):
    tier = partnership.tiers.get()
    row = {"tiers-0-pk": tier.pk, "tiers-0-kind": "full", "tiers-0-name_da": "Medlem", "tiers-0-fee_da": "500 kr."}
    new = {"tiers-1-kind": "observer", "tiers-1-name_da": "Observatør"}
    count = {"tiers-TOTAL_FORMS": "2", "tiers-INITIAL_FORMS": "1"}
    assert run("medlemstyper", **count, **row, **new).status_code == 302
    assert [(one.name_da, one.fee_da) for one in partnership.tiers.all()] == [("Medlem", "500 kr."), ("Observatør", "")]
    assert partnership.tiers.first() == tier


def test_statutes_stand_in_versions_and_none_is_changed(partnership, run):
    run("vedtaegter", since="2020-01-01", text="Alle er *med*.")
    run("vedtaegter", since="2024-01-01", text="Alle er stadig med.", note="Nyt navn")
    again = run("vedtaegter", since="2024-01-01", text="Ingen er med.")
    assert again.status_code == 200 and again.context["form"].errors["since"]
    assert run("vedtaegter", since="2025-01-01", text="Ring 010203-1234").status_code == 200
    assert Statutes.objects.in_force().first().text == "Alle er stadig med."
    page = Client().get(f"{partnership.get_absolute_url()}vedtaegter/").content.decode()
    assert "Alle er <em>med</em>." in page and "Gælder nu" in page


def upload(data, name):
    return SimpleUploadedFile(name, data)


def test_a_version_is_a_text_or_a_file_and_a_file_that_cannot_be_read_aloud_has_its_text_beside_it(partnership, run):
    Image.new("RGB", (8, 8)).save(scan := BytesIO(), "PNG")
    for typed in ({}, {"text": " "}, {"file": upload(b"MZ\0\0", "a.pdf")}, {"file": upload(scan.getvalue(), "a.png")}):
        assert run("vedtaegter", since="2020-01-01", **typed).context["form"].errors, typed
    alone = run("vedtaegter", since="2020-01-01", file=upload(pdf(["Alle er med."]), "a.pdf"))
    assert "skærmlæser" in str(alone.context["form"].errors["text"])
    assert not Statutes.objects.exists()
    run("vedtaegter", since="2020-01-01", text="Alle er med.", file=upload(pdf(["Alle er med."]), "a.pdf"))
    run("vedtaegter", since="2024-01-01", file=upload(b"Alle er med.", "../../Vedtægter 2024.txt"))
    assert [one.file_name for one in Statutes.objects.all()] == ["Vedtægter 2024.txt", "a.pdf"]
    page = Client().get(f"{partnership.get_absolute_url()}vedtaegter/").content.decode()
    newest = reverse("partnerships:statutes_file", args=[partnership.slug, Statutes.objects.in_force().first().pk])
    assert newest in Client().get(partnership.get_absolute_url()).content.decode()
    for one in Statutes.objects.all():
        address = reverse("partnerships:statutes_file", args=[partnership.slug, one.pk])
        assert address in page
        answer = Client().get(address)
        assert b"".join(answer.streaming_content) == one.file.open().read()
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_personal_number_in_a_file_of_statutes_stops_it(partnership, run):
    for name, data in (("v.txt", b"Kasserer 070761-4285"), ("070761-4285.txt", b"Alle er med.")):
        stopped = run("vedtaegter", since="2020-01-01", text="Alle.", file=upload(data, name), numbers_are_others="on")
        assert "07xxxx-xxxx" in str(stopped.context["form"].errors["file"])
    held = run("vedtaegter", since="2020-01-01", text="Alle.", file=upload(b"j.nr. 010203-2024", "v.txt"))
    assert held.context["form"].errors["numbers_are_others"]
    assert "Alle." in held.content.decode()
    assert not Statutes.objects.exists()


@pytest.mark.parametrize("visibility", ["listed", "hidden"])
def test_statutes_of_a_partnership_that_is_not_public_are_there_for_its_members_alone(partnership, bo, run, visibility):
    run("vedtaegter", since="2020-01-01", file=upload(b"Alle er med.", "v.txt"))
    partnership.visibility = visibility
    partnership.save()
    address = reverse("partnerships:statutes_file", args=[partnership.slug, Statutes.objects.get().pk])
    member, stranger = Client(), Client()
    member.force_login(bo.user)
    stranger.force_login(make_person().user)
    assert [one.get(address).status_code for one in (member, stranger, Client())] == [200, 404, 404]
    other = make_partnership("Et andet")
    elsewhere = reverse("partnerships:statutes_file", args=[other.slug, Statutes.objects.get().pk])
    assert member.get(elsewhere).status_code == 404


def test_seats_are_given_handed_on_and_ended_but_never_the_last(partnership, bo, run):
    ida = make_person("Ida")
    make_seat(ida, partnership, role="board")
    own = partnership.seats.get(profile=bo)
    run(f"hverv/{own.pk}", act="end")
    assert partnership.seats.current().filter(role="administrator", until=None).exists()
    assert run(f"hverv/{own.pk}", act="replace", profile=ida.pk).status_code == 302
    stays = partnership.seats.filter(until=None, role="administrator")
    assert [seat.profile for seat in stays] == [ida]


def test_a_box_about_the_partnership_is_there_only_if_it_tells_something(client):
    ended = make_partnership("Lagt sammen", state="merged", successor=make_partnership("Den anden"))
    assert "Om partnerskabet" not in client.get(ended.get_absolute_url()).content.decode()
    parent = make_partnership("Den store")
    group = make_partnership("Gruppen", parent=parent)
    assert "Om partnerskabet" in client.get(group.get_absolute_url()).content.decode()


def test_a_mistake_in_a_list_of_kinds_says_in_which_and_a_question_keeps_its_sign(client):
    bo = make_person("Bo Test")
    partnership = make_partnership("Vandnetværket", administrator=bo)
    tier = partnership.tiers.get()
    client.force_login(bo.user)
    counts = {"tiers-TOTAL_FORMS": 1, "tiers-INITIAL_FORMS": 1}
    row = {"tiers-0-pk": tier.pk, "tiers-0-kind": "full", "tiers-0-name_da": ""}
    page = client.post(reverse("partnerships:settings_tiers", args=[partnership.slug]), counts | row).content.decode()
    assert f"{tier.name_da}, Hvad den hedder: Feltet skal udfyldes." in page
    page = client.post(reverse("partnerships:settings_page", args=[partnership.slug]), {"name": ""}).content.decode()
    assert "Hvad vil I sammen? Feltet skal udfyldes." in page
    assert "Partnerskabets navn: Feltet skal udfyldes." in page


@pytest.mark.parametrize(
    "rule", [{"kind": "any_administrator"}, {"kind": "n_of_m", "needed": 2}, {"kind": "board_vote", "vote_days": 5}]
)
def test_whatever_the_rule_the_settings_tell_it_and_how_many_run_it(client, partnership, bo, rule):
    make_seat(make_person("Anna Eksempelsen"), partnership)
    set_rule(partnership=partnership, actor=bo.user, **rule)
    client.force_login(bo.user)
    page = client.get(f"{partnership.get_absolute_url()}indstillinger/")
    assert page.status_code == 200
    assert "2 hverv" in page.content.decode()
