"""Lists narrowed in the address: "or" within a facet, "and" between facets, counts that invite a second value."""

import pytest
from django.db.models import Q
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.listing import PER_PAGE, Rule, named_like, narrowed, text_in
from partnerships.models import Membership, Organisation, Place, Profile, Topic
from tests.factories import make_membership, make_organisation, make_person, make_place, make_topic, yesterday

pytestmark = pytest.mark.django_db


def options_of(model):
    return lambda: [(str(one.slug), one.name_da) for one in model.objects.all()]


RULES = (
    Rule("kind", "Slags", "kind", lambda: Organisation.Kind.choices),
    Rule("topic", "Emne", "topics__slug", options_of(Topic)),
    Rule("place", "Sted", "places__slug", options_of(Place)),
)


def listing(query="", rows=None):
    return narrowed(Organisation.objects.all() if rows is None else rows, RULES, QueryDict(query))


def names(found):
    return [one.name for one in found.page]


def counts(found, facet):
    values = next(one for one in found.facets if one.name == facet).values
    return {value.value: value.count for value in values if value.count}


@pytest.fixture
def town():
    water, heat, asnaes = make_topic("Vand"), make_topic("Varme"), make_place("Asnæs")
    Topic.objects.filter(pk=water.pk).update(slug="vand")
    Topic.objects.filter(pk=heat.pk).update(slug="varme")
    Place.objects.filter(pk=asnaes.pk).update(slug="asnaes")
    make_organisation("Anlæg", kind="company", topics=[water, heat], places=[asnaes])
    make_organisation("Brønd", kind="company", topics=[water])
    make_organisation("Center", kind="knowledge", topics=[heat])
    make_organisation("Damp", kind="utility", topics=[heat], places=[asnaes])


def test_values_of_one_facet_widen_and_facets_narrow(town):
    assert names(listing("topic=vand")) == ["Anlæg", "Brønd"]
    assert names(listing("topic=vand&topic=varme")) == ["Anlæg", "Brønd", "Center", "Damp"]
    assert names(listing("topic=varme&kind=company")) == ["Anlæg"]
    assert names(listing("topic=varme&kind=company&kind=utility&place=asnaes")) == ["Anlæg", "Damp"]


def test_row_with_two_of_the_values_is_listed_once(town):
    found = listing("topic=vand&topic=varme")
    assert found.total == 4
    assert len(names(found)) == 4


def test_own_choice_does_not_change_a_facets_counts_and_others_do(town):
    found = listing("topic=vand")
    assert counts(found, "topic") == {"vand": 2, "varme": 3}
    assert counts(found, "kind") == {"company": 2}
    assert counts(listing("topic=vand&kind=company"), "topic") == {"vand": 2, "varme": 1}


def test_count_is_what_a_click_gives(town):
    for value, count in counts(listing("kind=company"), "topic").items():
        assert listing(f"kind=company&topic={value}").total == count


def test_values_without_rows_are_shown_with_nothing(town):
    kinds = next(facet for facet in listing().facets if facet.name == "kind").values
    assert {value.value: value.count for value in kinds} == {
        "company": 2,
        "association": 0,
        "authority": 0,
        "utility": 1,
        "knowledge": 1,
    }


def test_chosen_counts_values_and_the_text(town):
    found = listing("topic=vand&topic=vand&kind=company&q=br")
    assert found.chosen == 3
    assert [value.value for facet in found.facets for value in facet.chosen] == ["company", "vand"]


@pytest.mark.parametrize(
    "query", ["topic=findes-ikke", "topic=", "kind=%00", "kind=company'--", "ukendt=1", "topic=1&kind=%ff"]
)
def test_unknown_values_narrow_nothing(town, query):
    found = listing(query)
    assert found.total == 4
    assert found.chosen == 0


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("1", 1),
        ("2", 2),
        ("3", 2),
        ("999999999999999999999", 2),
        ("0", 2),
        ("-1", 2),
        ("x", 1),
        ("", 1),
        ("%00", 1),
        ("1.5", 1),
    ],
)
def test_page_that_is_not_there_gives_the_nearest(page, number):
    for count in range(PER_PAGE + 1):
        make_organisation(f"Firma {count:02}")
    found = listing(f"page={page}")
    assert found.page.number == number
    assert len(names(found)) == (PER_PAGE if number == 1 else 1)


def test_empty_list_has_a_page():
    found = listing("page=7")
    assert (found.total, found.page.number, names(found)) == (0, 1, [])


def test_queries_do_not_grow_with_rows(town, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as few:
        names(listing("topic=vand"))
    for _ in range(20):
        make_organisation(topics=list(Topic.objects.all()))
    with django_assert_num_queries(len(few)):
        names(listing("topic=vand"))


def test_rule_with_a_condition_counts_rows_that_meet_it_and_each_once():
    rule = Rule(
        "kind",
        "Slags",
        "memberships__organisation__kind",
        lambda: Organisation.Kind.choices,
        lambda: Q(memberships__in=Membership.objects.current()),
    )
    person = make_person()
    make_membership(person, make_organisation(kind="utility"), until=yesterday())
    for _ in range(2):
        make_membership(person, make_organisation(kind="company"))
    found = narrowed(Profile.objects.all(), [rule], QueryDict("kind=utility"))
    assert found.total == 0
    assert counts(found, "kind") == {"company": 1}


# The text filter


@pytest.mark.parametrize("typed", ["Åbenrå", "aabenraa", "ÅBENRÅ", "benr"])
def test_name_is_found_in_any_danish_spelling(typed):
    make_organisation("Aabenraa Vand")
    make_organisation("Noget andet")
    rows = Organisation.objects.filter(named_like(text_in(QueryDict(f"q={typed}")), "name_en"))
    assert [one.name for one in rows] == ["Aabenraa Vand"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "%25%25", "' OR 1=1 --", "*"])
def test_signs_of_the_database_are_letters_like_others(typed):
    make_organisation("Fjordbryg")
    parameters = QueryDict(mutable=True)
    parameters["q"] = typed
    assert not Organisation.objects.filter(named_like(text_in(parameters), "name_en")).exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "kind", "topic", "place", "page", "x"]), st.text(max_size=300)), max_size=6
    )
)
def test_nothing_that_can_be_typed_makes_it_fall(town, pairs):
    parameters = QueryDict(mutable=True)
    for name, value in pairs:
        parameters.appendlist(name, value)
    text = text_in(parameters)
    rows = Organisation.objects.filter(named_like(text, "name_en")) if text else Organisation.objects.all()
    assert narrowed(rows, RULES, parameters).total <= 4
