"""Wagtail's screens name a hidden partnership to nobody outside it."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.editors import EDITORS
from partnerships.models import Participation, Seat
from tests.cms_pages import make_site, make_story
from tests.factories import make_organisation, make_partnership, make_person, make_seat
from tests.search.desk import client_of, user_in

pytestmark = pytest.mark.django_db
SECRET = "Zirkonium"


@pytest.fixture
def hidden():
    make_site()
    partnership = make_partnership(SECRET, visibility="hidden", members=[make_organisation("Værket")])
    make_seat(make_person("Anna Formand"), partnership)
    return partnership


def screens(hidden):
    for model in ("partnership", "tier", "participation", "seat"):
        yield reverse(f"{model}:index")
        yield reverse(f"{model}:add")
    yield reverse("choose_partnership:choose")
    yield reverse("choose_partnership:choose_results")


def rows(hidden):
    things = {
        "partnership": hidden,
        "tier": hidden.tiers.get(),
        "participation": Participation.objects.get(partnership=hidden),
        "seat": Seat.objects.get(partnership=hidden),
    }
    for model, thing in things.items():
        yield reverse(f"{model}:edit", args=[thing.pk])
        yield reverse(f"{model}:history", args=[thing.pk])
        yield reverse(f"{model}:usage", args=[thing.pk])
    yield reverse("choose_partnership:chosen", args=[hidden.pk])


def test_an_editor_meets_it_nowhere(hidden):
    client = client_of(user_in(EDITORS))
    for path in screens(hidden):
        answer = client.get(path)
        assert (answer.status_code, SECRET in answer.content.decode()) == (200, False), path
    assert {client.get(path).status_code for path in rows(hidden)} <= {404, 302}
    assert client.get(reverse("partnership:edit", args=[hidden.pk])).status_code == 404


def test_an_editor_with_a_seat_does(hidden):
    user = user_in(EDITORS)
    make_seat(user.profile, hidden, role="secretary")
    client = client_of(user)
    assert SECRET in client.get(reverse("partnership:index")).content.decode()
    assert client.get(reverse("partnership:edit", args=[hidden.pk])).status_code == 200


def test_a_page_keeps_a_tie_that_its_editor_does_not_see(hidden):
    known = make_partnership("Vandnetværket")
    story = make_story("Om vand", partnerships=[hidden, known])
    client = client_of(user_in(EDITORS))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    form = page.context["form"]
    assert SECRET not in page.content.decode() and list(form.fields["partnerships"].queryset) == [known]
    form.cleaned_data = {"partnerships": []}
    assert form.clean_partnerships() == [hidden]


def test_who_is_not_signed_in_is_sent_to_sign_in(hidden):
    assert {Client().get(path).status_code for path in [*screens(hidden), *rows(hidden)]} == {302}


def test_two_versions_beside_each_other_name_only_what_their_reader_may_know_of(hidden):
    story, known = make_story(), make_partnership("Alles net")
    before = story.latest_revision
    story.partnerships = [hidden, known]
    after = story.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[story.pk, before.pk, after.pk])
    editor = user_in(EDITORS)
    page = client_of(editor).get(address).content.decode()
    assert "Alles net" in page and SECRET not in page
    make_seat(editor.profile, hidden, role="secretary")
    assert SECRET in client_of(editor).get(address).content.decode()
