"""The editors' screens change who takes part and the vocabulary, and only through the services."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS, MODERATORS
from partnerships.models import (
    Goal,
    HistoryEntry,
    Organisation,
    Partnership,
    Place,
    PlanEdition,
    Profile,
    Sector,
    Topic,
)
from partnerships.viewsets.typed_lines import as_typed, rows_in
from tests.factories import make_goal, make_organisation, make_partnership, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db
SCREENS = [
    "organisation",
    "person",
    "partnership",
    "tier",
    "participation",
    "seat",
    "topic",
    "sector",
    "place",
    "planedition",
    "goal",
]


def client_in(*groups):
    person = make_person("Erik Redaktør")
    person.user.groups.set(Group.objects.filter(name__in=groups))
    assert person.user.groups.count() == len(groups)
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def editor():
    return client_in(EDITORS)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("groups", "allowed"),
    [((EDITORS,), True), ((MODERATORS,), True), ((ADMINISTRATORS,), True), ((FACILITATORS,), False), ((), False)],
    ids=["editor", "moderator", "administrator", "facilitator", "member"],
)
def test_only_editors_see_the_screens(screen, groups, allowed):
    client = client_in(*groups)
    for act in ("index", "add"):
        assert (client.get(reverse(f"{screen}:{act}")).status_code == 200) == allowed


def test_a_visitor_is_led_to_the_one_way_in():
    answer = Client().get(reverse("organisation:index"))
    assert answer.status_code == 302
    assert "/konto/login/" in answer.url


def fields_of(client, url):
    return dict(client.get(url).context["form"].initial)


def test_an_editor_enters_an_organisation_with_its_former_names(editor):
    typed = {
        "name": "Novonesis",
        "kind": "company",
        "about": "**Enzymer** <script>alert(1)</script>",
        "former": "Novozymes; 2000; 2024\nNovo",
        "is_verified_now": "on",
    }
    answer = editor.post(reverse("organisation:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    found = Organisation.objects.get(name="Novonesis")
    assert [(row.name, row.since, row.until) for row in found.former_names.order_by("name")] == [
        ("Novo", "", ""),
        ("Novozymes", "2000", "2024"),
    ]
    assert "<strong>Enzymer</strong>" in found.about_html
    assert "<script" not in found.about_html
    assert found.is_verified
    verbs = set(HistoryEntry.objects.filter(organisation=found).values_list("verb", flat=True))
    assert verbs == {"organisation_registered", "organisation_verified"}


def test_what_the_service_refuses_stands_at_its_field_and_nothing_is_lost(editor):
    typed = {"name": "Forkert", "kind": "company", "company_number": "12345678", "about": "Vi laver noget."}
    answer = editor.post(reverse("organisation:add"), typed)
    assert answer.status_code == 200
    assert "company_number" in answer.context["form"].errors
    assert "Vi laver noget." in answer.content.decode()
    assert not Organisation.objects.filter(name="Forkert").exists()


def test_changing_an_organisation_keeps_what_is_not_on_the_screen(editor):
    organisation = make_organisation("Fjordbryg")
    address = organisation.slug
    url = reverse("organisation:edit", args=[organisation.pk])
    assert editor.get(url).status_code == 200
    answer = editor.post(url, {"name": "Fjordbryg A/S", "kind": "company", "former": "Fjordbryg"})
    assert answer.status_code == 302, answer.context["form"].errors
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Fjordbryg A/S", address)
    assert organisation.former_names.get().name == "Fjordbryg"


def test_an_editor_cannot_agree_on_behalf_of_a_person(editor):
    answer = editor.post(reverse("person:add"), {"name": "Ida Sten", "headline": "Ingeniør", "consents": "on"})
    assert answer.status_code == 302, answer.context["form"].errors
    person = Profile.objects.get(name="Ida Sten")
    assert not person.consents.exists()
    assert Client().get(person.get_absolute_url()).status_code == 404


def test_a_partnership_is_opened_with_whom_it_seeks(editor):
    responsible = make_organisation("Kommunen", kind="authority")
    typed = {
        "name": "Vandnetværket",
        "kind": "network",
        "purpose": "Vi deler vand.",
        "responsible": responsible.pk,
        "applications_open": "on",
        "answer_days": 14,
        "visibility": "public",
        "seeking": "Virksomheder med lunkent vand; ; Fordi det løber ud; ; 2027-01-31",
    }
    answer = editor.post(reverse("partnership:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    partnership = Partnership.objects.get(name="Vandnetværket")
    seek = partnership.seeks.get()
    assert (seek.whom_da, seek.why_da, str(seek.until)) == (
        "Virksomheder med lunkent vand",
        "Fordi det løber ud",
        "2027-01-31",
    )
    assert partnership.tiers.count() == 1


def test_a_semicolon_in_what_a_partnership_seeks_does_not_begin_the_next_part():
    """An editor who opens the screen and saves it unchanged moves nothing."""
    partnership = make_partnership()
    partnership.seeks.create(whom_da="Virksomheder", why_da="Vandet er lunt; vi vil bruge det.")
    names = ("whom_da", "whom_en", "why_da", "why_en", "until")
    (row,) = rows_in(as_typed(partnership.seeks, *names), *names)
    assert (row["why_da"], row["why_en"]) == ("Vandet er lunt, vi vil bruge det.", "")


def test_an_editor_sets_a_partnership_going(editor):
    """With kinds of membership, a member from before, and an administrator who then decides."""
    partnership, organisation, person = make_partnership(), make_organisation(), make_person()
    typed = {"partnership": partnership.pk, "kind": "observer", "name_da": "Observatør", "fee_da": "Gratis"}
    answer = editor.post(reverse("tier:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert [tier.name_da for tier in partnership.tiers.all()] == ["Fuldgyldigt medlem", "Observatør"]
    tier = partnership.tiers.get(kind="observer")
    typed = {"partnership": partnership.pk, "organisation": organisation.pk, "tier": tier.pk, "since": "2020-01-01"}
    answer = editor.post(reverse("participation:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    typed = {"partnership": partnership.pk, "profile": person.pk, "role": "administrator", "since": "2020-01-01"}
    for _twice in range(2):
        answer = editor.post(reverse("seat:add"), typed)
    assert answer.status_code == 200, "the person holds that seat already"
    assert partnership.seats.get().profile == person
    assert partnership.participations.get().organisation == organisation
    editor.post(reverse("participation:edit", args=[partnership.participations.get().pk]), {"ends": "on"})
    assert partnership.participations.get().until is not None
    answer = editor.post(reverse("seat:edit", args=[partnership.seats.get().pk]), {"ends": "on"})
    assert "Udpeg en anden først" in answer.content.decode()
    assert partnership.seats.get().until is None, "never without an administrator"


def test_a_kind_of_membership_is_changed_without_touching_the_others(editor):
    partnership = make_partnership(members=[make_organisation()])
    tier = partnership.tiers.get()
    typed = {"partnership": partnership.pk, "kind": "full", "name_da": "Fuldt medlem", "places": 4}
    answer = editor.post(reverse("tier:edit", args=[tier.pk]), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    tier.refresh_from_db()
    assert (tier.name_da, tier.places) == ("Fuldt medlem", 4)
    assert partnership.participations.get().tier == tier


def test_a_company_cannot_run_a_partnership(editor):
    typed = {"name": "X", "kind": "network", "purpose": "Y", "answer_days": 14}
    typed["responsible"] = make_organisation("Firma", kind="company").pk
    answer = editor.post(reverse("partnership:add"), typed)
    assert answer.status_code == 200
    assert not Partnership.objects.filter(name="X").exists()


WORDS = {
    "topic": (Topic, {"name_da": "Kulde", "name_en": "Cold"}),
    "sector": (Sector, {"name_da": "Handel"}),
    "place": (Place, {"name_da": "Rørby"}),
    "planedition": (PlanEdition, {"name_da": "Plan 2030", "period_start": 2030}),
}


@pytest.mark.parametrize("screen", WORDS)
def test_a_word_is_added_and_changed_and_the_history_knows(editor, screen):
    model, typed = WORDS[screen]
    answer = editor.post(reverse(f"{screen}:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    word = model.objects.get(name_da=typed["name_da"])
    assert word.slug
    answer = editor.post(reverse(f"{screen}:edit", args=[word.pk]), {**typed, "name_da": "Et andet ord"})
    assert answer.status_code == 302, answer.context["form"].errors
    word.refresh_from_db()
    assert word.name_da == "Et andet ord"
    assert HistoryEntry.objects.filter(verb="vocabulary_changed").count() == 2


WRONG = [
    ("planedition", {"name_da": "Plan", "period_start": 999_999_999_999}, "period_start"),
    ("planedition", {"name_da": "Plan", "period_start": 12}, "period_start"),
    ("place", {"name_da": "Rørby", "latitude": 99_999}, "latitude"),
    ("place", {"name_da": "Rørby", "longitude": -181}, "longitude"),
]


@pytest.mark.parametrize(("screen", "typed", "field"), WRONG)
def test_a_number_that_cannot_be_is_refused_at_its_field(editor, screen, typed, field):
    answer = editor.post(reverse(f"{screen}:add"), typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not WORDS[screen][0].objects.exists()


def test_a_goal_belongs_to_an_edition(editor):
    edition = PlanEdition.objects.create(slug="p", name_da="Plan", period_start=2021)
    answer = editor.post(reverse("goal:add"), {"edition": edition.pk, "number": 1, "title_da": "Mindre vand"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Goal.objects.get(edition=edition).title_da == "Mindre vand"


def test_a_word_in_use_is_not_deleted_and_one_that_is_not_is():
    administrator = client_in(ADMINISTRATORS)
    used, unused = make_topic("Brugt"), make_topic("Ubrugt")
    make_organisation("Et hus", topics=[used])
    for topic in (used, unused):
        administrator.post(reverse("topic:delete", args=[topic.pk]))
    assert set(Topic.objects.values_list("name_da", flat=True)) == {"Brugt"}


def test_an_editor_may_not_delete(editor):
    for screen, thing in (
        ("topic", make_topic()),
        ("organisation", make_organisation()),
        ("partnership", make_partnership()),
        ("person", make_person()),
    ):
        editor.post(reverse(f"{screen}:delete", args=[thing.pk]))
        assert type(thing).objects.filter(pk=thing.pk).exists()


def test_not_even_a_site_administrator_deletes_who_takes_part():
    """Others point at them; leaving is a service of its own."""
    administrator = client_in(ADMINISTRATORS)
    organisation = make_organisation()
    administrator.post(reverse("organisation:delete", args=[organisation.pk]))
    assert Organisation.objects.filter(pk=organisation.pk).exists()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens_for_what_there_is(editor, screen):
    things = {
        "organisation": make_organisation,
        "person": make_person,
        "partnership": make_partnership,
        "topic": make_topic,
        "sector": lambda: Sector.objects.create(slug="s", name_da="S"),
        "place": make_place,
        "planedition": lambda: PlanEdition.objects.create(slug="p", name_da="P", period_start=2021),
        "goal": make_goal,
        "tier": lambda: make_partnership().tiers.get(),
        "participation": lambda: make_partnership(members=[make_organisation()]).participations.get(),
        "seat": lambda: make_partnership(administrator=make_person()).seats.get(),
    }
    thing = things[screen]()
    for act in ("edit", "history", "usage"):
        assert editor.get(reverse(f"{screen}:{act}", args=[thing.pk])).status_code == 200, act
    assert editor.get(reverse(f"{screen}:index"), {"q": "a"}).status_code == 200


@pytest.mark.parametrize("chooser", ["choose_organisation", "choose_profile", "choose_partnership"])
def test_the_choosers_find_by_name(editor, chooser):
    make_organisation("Fjordbryg")
    assert editor.get(reverse(f"{chooser}:choose")).status_code == 200
    assert editor.get(reverse(f"{chooser}:choose_results"), {"q": "fjord"}).status_code == 200
