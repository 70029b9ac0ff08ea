"""Who may do what at the search desk: on the screens and, where a service stands behind, in the service itself."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS, MODERATORS
from partnerships.services.refusals import NotAllowed
from search.models import OutboxRow, Promotion, Synonym, Wish
from search.services import promotions, synonyms, upkeep, wishes
from search.sources import key_of
from tests.cms_pages import make_story
from tests.factories import make_person, make_user
from tests.search.desk import INDEX, LOG, PROMOTE, TRY, client_of, user_in

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


WHO = ("anonymous", "member", "facilitator", "editor", "moderator", "site administrator", "superuser")
MAY = {"editor", "moderator", "site administrator", "superuser"}


def somebody(who):
    groups = {
        "facilitator": FACILITATORS,
        "editor": EDITORS,
        "moderator": MODERATORS,
        "site administrator": ADMINISTRATORS,
    }
    if who == "anonymous":
        return AnonymousUser()
    if who == "superuser":
        return make_user(is_superuser=True)
    return user_in(groups[who]) if who in groups else make_person("Mads").user


def parked_row():
    return OutboxRow.objects.create(key="story:1", attempts=OutboxRow.MOST_ATTEMPTS, last_error="x")


SERVICES = {
    "recommend": lambda who, at: promotions.promote(actor=who, words="frost", key=at["key"]),
    "change a recommendation": lambda who, at: promotions.change(
        actor=who, promotion=at["promotion"], words="is", lang="", until=None
    ),
    "withdraw a recommendation": lambda who, at: promotions.withdraw(actor=who, promotion=at["promotion"]),
    "note a missing story": lambda who, at: wishes.keep(actor=who, words="brint"),
    "change a missing story": lambda who, at: wishes.keep(actor=who, words="brint", state="dropped", wish=at["wish"]),
    "remove a missing story": lambda who, at: wishes.remove(actor=who, wish=at["wish"]),
    "keep a synonym": lambda who, at: synonyms.keep(actor=who, word="elbil", others="bus"),
    "ask for a rebuild": lambda who, at: upkeep.ask(actor=who, act="rebuild"),
    "ask for an audit": lambda who, at: upkeep.ask(actor=who, act="audit"),
    "try parked rows again": lambda who, at: upkeep.try_again(actor=who),
}


@pytest.mark.parametrize("act", SERVICES)
@pytest.mark.parametrize("who", WHO)
def test_each_act_is_for_those_who_may(who, act, editor):
    at = {
        "key": key_of(make_story("Kulde")),
        "wish": wishes.keep(actor=editor, words="tang"),
        "promotion": promotions.promote(actor=editor, words="varme", key=key_of(make_story("Is"))),
    }
    parked_row()
    user = somebody(who)
    if who in MAY:
        SERVICES[act](user, at)
        return
    before = state_of_everything()
    with pytest.raises(NotAllowed):
        SERVICES[act](user, at)
    assert state_of_everything() == before


def state_of_everything():
    models = (Promotion, Wish, Synonym, upkeep.IndexRequest, OutboxRow)
    return [list(model.objects.order_by("pk").values()) for model in models]


SCREENS = [LOG, TRY, PROMOTE, INDEX, f"{INDEX}work/", "/admin/promotion/", "/admin/wish/", "/admin/wish/new/"]
POSTS = [(TRY, {}), (PROMOTE, {}), (f"{INDEX}ask/", {"act": "rebuild"}), (f"{INDEX}again/", {})]


@EMBEDDED
@pytest.mark.parametrize("who", WHO)
def test_the_screens_are_shown_to_those_who_may(who, index, editor):
    client = client_of(somebody(who))
    assert {path: client.get(path).status_code == 200 for path in SCREENS} == dict.fromkeys(SCREENS, who in MAY)
    parked_row()
    for path, typed in POSTS:
        answer = client.post(path, typed)
        assert answer.status_code in (200, 302)
    assert upkeep.IndexRequest.objects.exists() == (who in MAY)
    assert OutboxRow.objects.filter(key="story:1", attempts=0).exists() == (who in MAY)


@EMBEDDED
@pytest.mark.parametrize("path", [f"{INDEX}ask/", f"{INDEX}again/"])
def test_nothing_is_asked_of_the_index_by_reading(path, screens):
    parked_row()
    assert screens.get(path).status_code == 405
    assert not upkeep.IndexRequest.objects.exists()
    assert OutboxRow.objects.get().attempts == OutboxRow.MOST_ATTEMPTS


def test_the_log_cannot_be_written_or_deleted_by_anybodys_screen():
    names = set(Group.objects.get(name=ADMINISTRATORS).permissions.values_list("codename", flat=True))
    assert "view_loggedsearch" in names
    assert not names & {"add_loggedsearch", "change_loggedsearch", "delete_loggedsearch"}
