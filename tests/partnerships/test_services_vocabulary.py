"""Editors keep the words that everything is sorted by."""

import pytest
from django.contrib.auth.models import Group

from cms.editors import ADMINISTRATORS, EDITORS
from partnerships.models import Goal, HistoryEntry, Place, PlanEdition, Sector, Topic
from partnerships.services import vocabulary
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_facilitator,
    make_goal,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_topic,
)

pytestmark = pytest.mark.django_db


def in_group(group):
    person = make_person(group)
    person.user.groups.add(Group.objects.get(name=group))
    return person.user


def test_editor_adds_and_changes_a_word_and_it_is_recorded():
    editor = in_group(EDITORS)
    topic = vocabulary.save(term=Topic(name_da="Grøn omstilling"), actor=editor)
    assert topic.slug == "groen-omstilling"
    topic.name_en = "Green transition"
    vocabulary.save(term=topic, actor=editor)
    notes = list(HistoryEntry.objects.values_list("verb", "note"))
    assert notes == [("vocabulary_changed", "topic groen-omstilling")] * 2


def test_nobody_else_changes_words():
    topic = make_topic()
    for user in (make_person().user, make_facilitator().user):
        with pytest.raises(NotAllowed):
            vocabulary.save(term=Topic(name_da="Mit emne"), actor=user)
        with pytest.raises(NotAllowed):
            vocabulary.save(term=topic, actor=user)
        with pytest.raises(NotAllowed):
            vocabulary.delete(term=topic, actor=user)


def test_only_site_administrators_delete():
    topic = make_topic()
    with pytest.raises(NotAllowed):
        vocabulary.delete(term=topic, actor=in_group(EDITORS))
    vocabulary.delete(term=topic, actor=in_group(ADMINISTRATORS))
    assert not Topic.objects.exists()
    assert HistoryEntry.objects.get().verb == "vocabulary_changed"


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (lambda: Topic(name_da=""), "name_da"),
        (lambda: Topic(name_da="x" * 121), "name_da"),
        (lambda: Topic(name_da="Vand", slug="æ ø"), "slug"),
        (lambda: Topic(name_da="Vand", mailbox="ikke en adresse"), "mailbox"),
        (lambda: PlanEdition(name_da="Plan"), "period_start"),
        (lambda: Goal(title_da=""), "title_da"),
    ],
)
def test_word_that_cannot_be_kept_is_named(term, field):
    with pytest.raises(Invalid) as refused:
        vocabulary.save(term=term(), actor=in_group(EDITORS))
    assert refused.value.field in (field, "edition")


def test_long_names_of_one_beginning_get_addresses_that_fit():
    editor = in_group(EDITORS)
    slugs = [vocabulary.save(term=Place(name_da="lang" * 28), actor=editor).slug for _ in range(3)]
    assert len(set(slugs)) == 3
    assert max(map(len, slugs)) <= 80


def uses():
    """Word → something that uses it."""
    topic, place, goal = make_topic(), make_place(), make_goal(number=1)
    sector = Sector.objects.create(slug="industri", name_da="Industri")
    later = make_goal("Videreført", edition=goal.edition, number=2, predecessor=goal)
    make_organisation(topics=[topic], places=[place]).sectors.add(sector)
    served = make_goal("Tjent", edition=goal.edition, number=3)
    make_partnership().goals.add(served)
    known = make_topic("Kendt")
    make_person(topics=[known])
    return {
        "topic of an organisation": topic,
        "topic of a person": known,
        "place of an organisation": place,
        "sector of an organisation": sector,
        "goal that another continues": goal,
        "goal that a partnership serves": served,
        "edition with goals": later.edition,
    }


def test_word_in_use_is_not_deleted_from_under_what_uses_it():
    administrator = in_group(ADMINISTRATORS)
    for what, term in uses().items():
        with pytest.raises(WrongState):
            vocabulary.delete(term=term, actor=administrator)
        assert type(term).objects.filter(pk=term.pk).exists(), what
