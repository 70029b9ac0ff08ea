"""What is shared, as a reader meets it: only what is live, people only with their consent, and few questions a page."""

import re

import pytest
from django.test import Client
from django.utils import translation

from cms.models import (
    CaseIndexPage,
    HomePage,
    Municipality,
    PersonLink,
    PlanIndexPage,
    PlanSectionPage,
    StandardPage,
    UpdateIndexPage,
)
from cms.models.base import OrganisationLink
from cms.models.plans import PoliticalStep
from cms.selectors import address
from cms.services import publish
from partnerships.listing import PER_PAGE
from partnerships.models import Seek
from tests.cms_pages import make_site, make_story, make_update, section, translate
from tests.factories import (
    make_goal,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_topic,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


def page_of(path, client=None):
    response = (client or Client()).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def shown(path):
    return [page.title for page in Client().get(path).context["listing"].page]


def cases():
    return address(section(CaseIndexPage), "da")


def test_a_published_story_stands_on_its_page_in_its_list_and_on_the_front_page():
    story = make_story("Varme fra vand", summary="Vi deler køling.")
    assert "<h1>Varme fra vand</h1>" in re.sub(r"<h1[^>]*>", "<h1>", page_of(address(story, "da")))
    assert "Varme fra vand" in page_of(cases())
    assert "Varme fra vand" in page_of("/")


@pytest.mark.parametrize("how", ["never published", "taken down", "deleted"])
def test_what_is_not_live_is_nowhere(how):
    topic = make_topic("Vand")
    story = make_story("Hemmelig kladde", topics=[topic], live=how != "never published")
    path = address(story, "da")
    if how == "taken down":
        story.unpublish()
    if how == "deleted":
        story.delete()
    assert Client().get(path).status_code == 404
    for elsewhere in (cases(), "/", topic.get_absolute_url(), f"{cases()}?topic={topic.slug}"):
        assert "Hemmelig kladde" not in page_of(elsewhere)


def test_a_change_not_yet_published_is_not_shown():
    story = make_story("Varme fra vand")
    story.title = "Ny overskrift"
    story.save_revision()
    assert "Ny overskrift" not in page_of(address(story, "da")) + page_of(cases())


def test_a_person_is_named_only_while_they_agree():
    agrees, refuses = make_person("Kim Kontakt", consents=True), make_person("Hanne Hemmelig")
    story = make_story(mailbox="rolle@example.org")
    for person in (agrees, refuses):
        PersonLink.objects.create(page=story, person=person)
    page = page_of(address(story, "da"))
    assert "Kim Kontakt" in page
    assert "Hemmelig" not in page
    agrees.consents.update(withdrawn=agrees.consents.first().given)
    page = page_of(address(story, "da"))
    assert "Kim Kontakt" not in page
    assert "rolle@example.org" in page


def test_a_story_names_its_organisations_partnerships_topics_and_goals_with_links():
    topic, goal, organisation = make_topic(), make_goal(), make_organisation("Fjordbryg ApS")
    partnership = make_partnership("Vandnetværket")
    story = make_story(topics=[topic], goals=[goal], partnerships=[partnership])
    OrganisationLink.objects.create(page=story, organisation=organisation, named="Gammelt Bryg")
    page = page_of(address(story, "da"))
    for thing in (topic, goal, organisation, partnership):
        assert f'href="{thing.get_absolute_url()}"' in page
    assert "Gammelt Bryg" in page


def test_what_is_typed_in_a_title_runs_nowhere():
    story = make_story("<script>alert(1)</script>", summary="<img src=x onerror=alert(2)>")
    for path in (address(story, "da"), cases(), "/"):
        page = page_of(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_list_is_narrowed_by_its_address():
    water, harbour = make_topic("Vand"), make_place("Havnen")
    make_story("Varme", topics=[water], places=[harbour], statuses=["running"])
    make_story("Damp", topics=[water], statuses=["stopped"])
    make_story("Sol")
    assert set(shown(f"{cases()}?topic={water.slug}")) == {"Varme", "Damp"}
    assert shown(f"{cases()}?topic={water.slug}&status=stopped") == ["Damp"]
    assert shown(f"{cases()}?place={harbour.slug}") == ["Varme"]
    assert shown(f"{cases()}?q=damp") == ["Damp"]
    assert len(shown(f"{cases()}?status=no-such-status")) == 3


def test_a_long_list_is_paged():
    for number in range(PER_PAGE + 1):
        make_story(f"Case {number:02}")
    assert len(shown(cases())) == PER_PAGE
    assert len(shown(f"{cases()}?page=2")) == 1
    assert 'href="?page=2"' in page_of(cases())


def test_an_empty_site_shows_no_figures_and_asks_nobody_to_take_filters_away():
    front = page_of("/")
    assert "s-keys" not in front
    assert '<p class="lead"></p>' not in front
    assert "Der er ikke udgivet noget her." in page_of(cases())


def test_a_first_case_without_facts_leaves_no_empty_list():
    make_story("Regnvand bliver til skyllevand")
    front = page_of("/")
    assert "Regnvand bliver til skyllevand" in front
    assert not re.search(r"<ul[^>]*>\s*</ul>", front)


def test_the_front_page_counts_what_there_is():
    make_organisation()
    assert re.findall(r"<dd>(\d+)</dd>", page_of("/")) == ["1"]


def test_the_foot_of_every_page_says_how_the_municipality_is_reached():
    Municipality.objects.update(name="Nordby Kommune", address="", phone="59 00 00 00", mailbox="klima@nordby.example")
    foot = page_of("/").partition("<address>")[2].partition("</address>")[0]
    assert foot.startswith("Nordby Kommune<br>59 00 00 00<br><a")


def test_an_english_reader_sees_danish_pages_until_they_are_translated_and_nothing_twice():
    both, only_danish = make_story("Varme fra vand"), make_story("Kun på dansk")
    english = translate(both, title="Heat from water")
    page = page_of(address(section(CaseIndexPage, "en"), "en"))
    assert "Heat from water" in page
    assert "Varme fra vand" not in page
    assert "Kun på dansk" in page
    assert "Heat from water" not in page_of(cases())
    assert page_of(address(english, "en")).startswith('<!doctype html>\n<html lang="en">')
    assert only_danish.title in page_of(address(only_danish, "da"))


def grow(count, topic, goal, partnership):
    for number in range(count):
        story = make_story(
            f"Case {number}", topics=[topic], goals=[goal], partnerships=[partnership], statuses=["running"]
        )
        OrganisationLink.objects.create(page=story, organisation=make_organisation(f"Værk {number}"))
        PersonLink.objects.create(page=story, person=make_person(f"Person {number}", consents=True))
        make_update(f"Nyt {number}", topics=[topic])
    return story


def test_pages_ask_the_database_little_whatever_there_is():
    topic, goal, partnership = make_topic(), make_goal(), make_partnership(seeks="Havne")
    story = grow(4, topic, goal, partnership)
    member = Client()
    member.force_login(make_person().user)
    updates = address(section(UpdateIndexPage), "da")
    most = {"/": 16, cases(): 16, updates: 16, address(story, "da"): 18}
    before = {path: (len(queries_of(Client(), path)), len(queries_of(member, path))) for path in most}
    assert {
        path: counts for path, counts in before.items() if counts[0] > most[path] or counts[1] > most[path] + 6
    } == {}
    grow(6, topic, goal, partnership)
    after = {path: (len(queries_of(Client(), path)), len(queries_of(member, path))) for path in most}
    assert {path: (before[path], after[path]) for path in most if after[path] > before[path]} == {}


def make_plan(*steps, goals=()):
    parent, edition = section(PlanIndexPage), goals[0].edition
    plan = PlanSectionPage(title="Erhverv", slug="erhverv", summary="Mål.", locale=parent.locale, edition=edition)
    plan.goals = list(goals)
    plan.political_steps = [PoliticalStep(**step) for step in steps]
    return publish(plan, parent=parent)


def test_a_plan_shows_where_it_stands_and_what_became_of_each_goal():
    first = make_goal("Støtte netværk", number=2)
    later = make_goal("Nye projekter", predecessor=first, edition=first.edition, is_theme=True)
    make_story(goals=[first])
    steps = {"step": "hearing"}, {"step": "adopted", "date": "2013-12-18"}, {"step": "revised", "is_now": True}
    page = page_of(address(make_plan(*steps, goals=[first, later]), "da"))
    assert [line in page for line in ("is-none", "is-done", 'is-now" aria-current="step"')] == [True] * 3
    assert "dato mangler" in page
    assert f'href="{later.get_absolute_url()}">Nye projekter' in page
    assert "1 case" in page
    assert page.count("data-number") == 1, "a theme has no number, for no source gives one"


def test_a_plan_with_many_goals_asks_as_little_as_one_with_few():
    goals = [make_goal("Mål 1", number=1)]
    goals += [make_goal(f"Mål {n}", number=n, edition=goals[0].edition) for n in range(2, 8)]
    steps = [{"step": "hearing"}, {"step": "adopted", "date": "2013-12-18"}]
    plan = address(make_plan(*steps, goals=goals), "da")
    assert len(queries_of(Client(), plan)) <= 18


def test_figures_one_after_another_share_one_grid_and_say_where_a_year_is_missing():
    figure = {"label": "Halm", "values": [{"value": "30", "unit": "ton", "source": "Planen"}]}
    story = make_story(body=[("figure", figure), ("figure", figure), ("heading", "Mere")], lessons="<p>Lært</p>")
    page = page_of(address(story, "da"))
    assert page.count('<ul class="s-figures">') == 1
    assert page.count('<li class="s-figure">') == 2
    assert "Årstal ikke oplyst." in page
    assert page.index("s-figures") < page.index("Lært")


def test_a_timeline_has_a_glyph_beside_every_step():
    page = page_of(address(make_story(statuses=["running", "closed"]), "da"))
    assert "#st-running" in page.split('class="s-timeline"')[1]
    assert "#st-ended" in page.split('class="s-timeline"')[1]


def test_a_page_without_a_translation_says_so_in_the_other_language():
    story = make_story("Kun på dansk")
    says = '<p class="wrap" lang="en">This page exists only in Danish.'
    assert says in page_of(address(story, "da"))
    translate(story, title="Also in English")
    assert says not in page_of(address(story, "da"))
    assert says not in page_of(cases())


def test_the_front_page_shows_a_partnership_once_with_all_it_seeks():
    partnership = make_partnership("Vandnetværket", seeks="Havne", applications_open=True, answer_days=14)
    Seek.objects.create(partnership=partnership, whom_da="Lodsejere")
    page = page_of("/")
    assert page.count(f'href="{partnership.get_absolute_url()}"') == 1
    assert "<li>Havne</li><li>Lodsejere</li>" in page
    assert "Svar inden for 14 arbejdsdage" in page


def test_the_front_page_leads_to_all_cases_and_a_list_counts_what_it_lists():
    make_story(year_start=2016, statuses=["running"])
    assert f'href="{cases()}">Se alle cases' in page_of("/")
    assert "1 case</h2>" in page_of(cases())
    assert "siden 2016" in page_of(cases())


def test_a_page_of_text_shows_whom_to_write_to():
    Municipality.objects.update(mailbox="redaktion@example.org")
    about = StandardPage(title="Om alt", slug="om-alt", role="other", locale=section(CaseIndexPage).locale)
    path = address(publish(about, parent=section(HomePage)), "da")
    assert 'aria-labelledby="h-contact"' in page_of(path)


def test_a_danish_page_among_english_ones_is_marked_as_danish():
    make_story("Kun på dansk", topics=[topic := make_topic()])
    english = Client().get(address(section(CaseIndexPage, "en"), "en")).content.decode()
    assert '<h3 class="s-card__title" lang="da">' in english
    with translation.override("en"):
        assert '<h3 lang="da">' in page_of(topic.get_absolute_url())
    assert 'lang="da">' not in page_of(cases()).split("<main")[1]
