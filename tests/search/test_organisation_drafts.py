"""A draft of an organisation is there for those who belong to it and for the editors: no list, count, facet, feed, suggestion
or search tells anybody else, whatever it is tied to."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import OrganisationLink
from partnerships.models import FormerName, Organisation
from tests.cms_pages import make_site, make_story
from tests.factories import (
    make_editor,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_seat,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("engine_name", ["embedded"])]
CANARY = "Kanariefugl"


@pytest.fixture
def draft(index):
    """Tied to everything that is shown, and with nothing else in the portal that is called so."""
    make_site()
    topic, place = make_topic("Energi"), make_place("Havnen")
    company = make_organisation(
        f"{CANARY} A/S",
        topics=[topic],
        places=[place],
        mailbox=f"{CANARY}@example.org".lower(),
        company_number="61056416",
    )
    FormerName.objects.create(organisation=company, name=f"{CANARY}reden")
    person = make_person("Kim Kontakt", consents=True, topics=[topic])
    make_membership(person, company)
    network = make_partnership("Vandnetværket", members=[company], topics=[topic])
    make_seat(person, network, role="representative", participation=network.participations.get())
    make_seat(person, network, role="secretary")
    post = make_post(network, person, organisation=company, title="Et opslag om vand")
    story = make_story("Varme fra vand", topics=[topic], partnerships=[network])
    OrganisationLink.objects.create(page=story, organisation=company, role="owner", named=f"{CANARY} som det hed")
    part_of = make_organisation("Det Åbne Selskab", parent=company)
    paths = [
        *("/", "/en/", "/sitemap.xml", "/soeg/?q=vand", "/soeg/?q=energi&format=json", "/soeg/hvem-ved/?q=vand"),
        *(f"/soeg/?q={CANARY}&format={form}" for form in ("json", "csv", "atom")),
        f"/soeg/forslag/?q={CANARY[:5]}&format=json",
        *(f"/soeg/?organisation={company.slug}", f"/soeg/hvem-ved/?q=vand&organisation={company.slug}"),
        *(reverse(f"partnerships:{name}_list") for name in ("organisation", "person", "partnership", "topic")),
        *(
            f"{reverse('partnerships:organisation_list')}?q={CANARY}&format={form}"
            for form in ("", "csv", "json", "atom")
        ),
        *(one.get_absolute_url() for one in (person, network, post, topic, part_of)),
        story.full_url.partition("localhost")[2] or story.url,
    ]
    index()
    become(company, Organisation.State.DRAFT)
    return company, paths


def become(company, state):
    company.state = state
    company.save()


def said(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    body = answer.content.decode().replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
    return body.replace(f"“{CANARY}”", "").replace(f": {CANARY}<", "<").lower()


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_nobody_else_hears_of_it(draft, index, who):
    """Neither while the index still knows it, nor afterwards."""
    company, paths = draft
    client = Client()
    if who == "stranger":
        client.force_login(make_person("Frida Fremmed").user)
    assert [path for path in paths if CANARY.lower() in said(client, path)] == []
    index()
    assert [path for path in paths if CANARY.lower() in said(client, path)] == []
    assert client.get(company.get_absolute_url()).status_code == 404
    counted = client.get("/soeg/?q=&kind=organisation&format=json").json()
    assert counted["total"] == Organisation.objects.public().count()


@pytest.mark.parametrize("who", ["member", "editor"])
def test_its_own_and_the_editors_see_it(draft, who):
    company, _paths = draft
    person = make_editor() if who == "editor" else make_person("Ida Intern")
    if who == "member":
        make_membership(person, company)
    client = Client()
    client.force_login(person.user)
    assert CANARY.lower() in said(client, company.get_absolute_url())
    assert f"{CANARY.lower()} a/s" in said(client, reverse("partnerships:organisation_list"))


def test_once_published_nearly_all_of_that_tells_of_it(draft, index):
    """Or the test above would pass for want of anything to tell."""
    company, paths = draft
    become(company, Organisation.State.PUBLISHED)
    index()
    silent = [path for path in paths if CANARY.lower() not in said(Client(), path)]
    assert len(silent) <= 9, silent
