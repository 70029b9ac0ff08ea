"""The measure itself: what it hides, whom it asks for, and that it can be repeated."""

import pytest

from cms.models import PersonLink
from partnerships.models import Consent
from search.evaluation.experts import leave_one_out
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_person

pytestmark = pytest.mark.django_db
WORDS = {"Anna": "halm", "Bent": "vand", "Carl": "gips", "Dina": "damp"}


@pytest.fixture
def engine_name():
    return "embedded"


@pytest.fixture
def corpus(index):
    """Four people, each behind two cases of one subject; one who stands behind one thing only, one who does not agree."""
    make_site()
    for name, word in WORDS.items():
        person = make_person(name, consents=True)
        for number in range(2):
            PersonLink.objects.create(page=make_story(f"Om {word} {number}"), person=person, role="contact")
    for name, consents in (("Enkelt", True), ("Nej", False)):
        person = make_person(name, consents=consents)
        for number in range(1 if consents else 2):
            PersonLink.objects.create(page=make_story(f"Om aske {number}"), person=person, role="contact")
    index()


def test_people_tied_to_a_subject_are_found_by_another_thing_about_it(corpus):
    measured = leave_one_out(sample=100, seed=1)
    assert set(measured) == {"queries", "vote", "most_documents", "random"}
    assert measured["queries"] == 8, (
        "two cases of each of four; not what one knows by nothing else, nor who did not agree"
    )
    assert measured["vote"] == 1.0
    assert measured["most_documents"] < 0.6
    assert measured["random"] < 1.0


def test_the_same_seed_gives_the_same_figures_and_a_sample_is_no_larger_than_asked(corpus):
    assert leave_one_out(sample=3, seed=7) == leave_one_out(sample=3, seed=7)
    assert leave_one_out(sample=3, seed=7)["queries"] == 3


def test_what_is_hidden_does_not_help(corpus):
    """With one subject left to each thing, the only way to its people would be the thing itself."""
    PersonLink.objects.all().delete()
    person = make_person("Frida", consents=True)
    for story in (make_story("Rør under havnen"), make_story("Slam på marken")):
        PersonLink.objects.create(page=story, person=person, role="contact")
    assert leave_one_out(sample=10, seed=1)["vote"] == 0.0


def test_a_page_in_two_languages_is_one_thing(corpus):
    """Otherwise somebody known by one thing alone would be asked for, twice, and could not be found."""
    PersonLink.objects.all().delete()
    story = make_story("Rør under havnen")
    PersonLink.objects.create(page=story, person=make_person("Frida", consents=True), role="contact")
    translate(story, title="Pipes under the harbour")
    assert PersonLink.objects.count() == 2
    assert leave_one_out(sample=10, seed=1)["queries"] == 0


def test_nothing_to_ask_gives_zeros(corpus):
    Consent.objects.all().delete()
    assert leave_one_out(sample=10, seed=1) == {"queries": 0.0, "vote": 0.0, "most_documents": 0.0, "random": 0.0}
