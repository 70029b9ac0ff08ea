"""What members write: publishing, changing, taking down."""

import pytest

from partnerships.models import HistoryEntry, Post
from partnerships.services import dialogue
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.text.markup import SANITISER_VERSION
from tests.factories import (
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db

TEXT = {"title": "Vi har målt", "body": "35 °C *hver* dag", "audience": "members"}


@pytest.fixture
def mie():
    return make_person("Mie Medlem")


@pytest.fixture
def company(mie):
    company = make_organisation()
    make_membership(mie, company)
    return company


@pytest.fixture
def partnership(company):
    return make_partnership(members=[company], administrator=make_person("Bo Formand"))


def publish(partnership, person, **changes):
    return dialogue.publish_post(partnership=partnership, actor=person.user, **{**TEXT, **changes})


def verbs(post):
    return list(HistoryEntry.objects.filter(post=post).order_by("pk").values_list("verb", flat=True))


def test_post_keeps_source_html_version_and_for_whom(partnership, mie, company):
    post = publish(partnership, mie, organisation=company)
    assert post.body_html == "<p>35 °C <em>hver</em> dag</p>\n"
    assert (post.author, post.organisation, post.markup_version) == (mie, company, SANITISER_VERSION)
    assert verbs(post) == ["post_published"]


def test_one_writes_only_for_organisations_one_belongs_to(partnership, mie):
    left = make_organisation("Gammel Arbejdsplads")
    make_membership(mie, left, until=yesterday())
    for organisation in (make_organisation("Fremmed"), left):
        with pytest.raises(NotAllowed) as refused:
            publish(partnership, mie, organisation=organisation)
        assert refused.value.field == "organisation"
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 161),
        ("body", ""),
        ("body", "&#8203;"),
        ("body", "[](https://example.org)"),
        ("body", "x" * 20_001),
        ("body", ">" * 40),
        ("audience", "world"),
    ],
)
def test_value_that_cannot_be_kept_is_named(partnership, mie, field, value):
    with pytest.raises(Invalid) as refused:
        publish(partnership, mie, **{field: value})
    assert refused.value.field == field


def test_administrators_post_needs_the_seat_that_reads_it(partnership, mie):
    facilitator = make_facilitator()
    make_seat(facilitator, partnership, role="board")
    for person in (mie, facilitator):
        with pytest.raises(NotAllowed):
            publish(partnership, person, audience="administrators")
    head = partnership.seats.get(role="administrator").profile
    post = publish(partnership, head, audience="administrators")
    assert Post.objects.visible_to(head.user).get() == post


def test_change_is_marked_and_recorded(partnership, mie):
    post = publish(partnership, mie)
    changed = dialogue.change_post(post=post, actor=mie.user, title="Nyt", body="Ny", audience="public")
    assert (changed.title, changed.audience, changed.edited is not None) == ("Nyt", "public", True)
    assert verbs(post) == ["post_published", "post_changed"]


def test_changing_is_for_the_author_alone(partnership, mie):
    post = publish(partnership, mie)
    head = partnership.seats.get().profile
    for person in (head, make_person()):
        with pytest.raises(NotAllowed):
            dialogue.change_post(post=post, actor=person.user, **TEXT)


def test_author_who_left_cannot_change_what_they_wrote(partnership, mie, company):
    post = publish(partnership, mie)
    company.memberships.update(until=yesterday())
    with pytest.raises(NotAllowed):
        dialogue.change_post(post=post, actor=mie.user, **TEXT)
    with pytest.raises(NotAllowed):
        dialogue.remove_post(post=post, actor=mie.user)


def test_removed_post_is_gone_for_all_and_stays_in_the_history(partnership, mie):
    post = publish(partnership, mie, audience="public")
    head = partnership.seats.get().profile
    dialogue.remove_post(post=post, actor=head.user)
    for user in (mie.user, head.user):
        assert not Post.objects.visible_to(user).exists()
    assert not Post.objects.public().exists()
    assert verbs(post) == ["post_published", "post_removed"]


def test_taking_down_twice_is_recorded_once(partnership, mie):
    post = publish(partnership, mie)
    as_the_second_click_saw_it = Post.objects.get(pk=post.pk)
    dialogue.remove_post(post=post, actor=mie.user)
    with pytest.raises(WrongState):
        dialogue.remove_post(post=as_the_second_click_saw_it, actor=mie.user)
    assert verbs(post) == ["post_published", "post_removed"]


def test_change_does_not_bring_back_what_was_taken_down_meanwhile(partnership, mie):
    post = publish(partnership, mie)
    as_the_author_saw_it = Post.objects.get(pk=post.pk)
    dialogue.remove_post(post=post, actor=partnership.seats.get().profile.user)
    with pytest.raises(WrongState):
        dialogue.change_post(post=as_the_author_saw_it, actor=mie.user, **TEXT)
    post.refresh_from_db()
    assert post.removed is not None


def test_nothing_is_written_in_a_partnership_that_is_over(mie, company):
    over = make_partnership("Forbi", members=[company], until=yesterday())
    with pytest.raises(NotAllowed):
        publish(over, mie)


def test_member_of_a_member_that_left_yesterday_writes_no_more(mie):
    company = make_organisation()
    make_membership(mie, company)
    partnership = make_partnership("Uden os")
    make_participation(company, partnership, until=yesterday())
    with pytest.raises(NotAllowed):
        publish(partnership, mie)
    assert make_post(partnership, mie).pk
