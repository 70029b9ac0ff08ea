"""Random worlds: each address as each user, held against the rules as they were written down apart from the product.

`RANDOM_WORLD_REQUESTS=50000` asks more, `RANDOM_WORLD_SEED=1` begins elsewhere, and `RANDOM_WORLD_SHRINK=1` takes some
minutes to look for the smallest world that fails.
"""

import os
import random
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from search import indexing
from search.engines import current_engine
from tests.cms_pages import make_site

from .random_worlds import making, rules
from .random_worlds.world import ORGANISATIONS, PARTNERSHIPS, PEOPLE, USERS, worlds
from .visiting import Visitor

REQUESTS = int(os.environ.get("RANDOM_WORLD_REQUESTS", "5000"))
SEED = int(os.environ.get("RANDOM_WORLD_SEED", "0"))
SHRINK = [Phase.shrink] if os.environ.get("RANDOM_WORLD_SHRINK") else []
EACH = 125
"""Requests in one world."""

pytestmark = pytest.mark.django_db
TITLE, NAME = re.compile(r"Zqstykke(\d+)z"), re.compile(r"Zqfirma(\d+)z")
OF_A_PARTNERSHIP = "partnership room room_members room_members_csv post_write member_list meeting_call".split()
IN_PUBLIC = ("partnership", "person", "organisation")
"""Pages on which a draft is named to nobody but its own; inside a partnership whoever acts is named."""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """With an index that nobody brings up to date: what search shows has tests of its own."""
    empty = override_settings(INDEX_DIR=tmp_path_factory.mktemp("index"), SEARCH_URL="")
    with empty, django_db_blocker.unblock(), transaction.atomic():
        current_engine.cache_clear()
        indexing.rebuild()
        make_site()
        yield
        transaction.set_rollback(True)
    current_engine.cache_clear()


def questions(world):
    """Every user at every address."""
    pieces = [(piece.kind, number) for number, piece in enumerate(world.pieces)]
    things = [
        *((kind, number) for kind in OF_A_PARTNERSHIP for number in range(PARTNERSHIPS)),
        *pieces,
        *(("post_edit", number) for kind, number in pieces if kind == "post"),
        *(("application", number) for number in range(len(world.applications))),
        *(
            ("participation", number)
            for number, row in enumerate(world.participations)
            if rules.lives(world, row.partnership)
        ),
        *(("person", number) for number in range(PEOPLE)),
        *((kind, number) for kind in ("organisation", "organisation_edit") for number in range(ORGANISATIONS)),
    ]
    return [(user, kind, number) for kind, number in things for user in USERS]


class Asking:
    """The users of one world, each with a browser of their own."""

    def __init__(self, made):
        self.made, self.clients = made, {}

    def client(self, user):
        if user not in self.clients:
            self.clients[user] = Visitor()
            if user is not None:
                self.clients[user].force_login(self.made.users[user])
        return self.clients[user]

    def ask(self, user, kind, number, language):
        """Where the address leads on, say from a partnership to its proposal, what stands there is the answer."""
        path = making.address(self.made, kind, number, language)
        response = self.client(user).get(path)
        if response.status_code == 302:
            to = urlsplit(response["Location"])
            if parse_qs(to.query).get("next") == [path]:
                return "sign in", response
            response = self.client(user).get(to.path)
        return {200: "page", 404: "nothing"}.get(response.status_code, str(response.status_code)), response


@seed(SEED)
@settings(
    max_examples=-(-REQUESTS // EACH),
    deadline=None,
    database=None,
    phases=[Phase.generate, *SHRINK],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds, chance=st.integers(0, 2**32))
def test_every_address_answers_as_the_rules_say(site, world, chance):
    with transaction.atomic():
        asking, drawn = Asking(making.make(world)), random.Random(chance)
        asked = questions(world)
        for user, kind, number in drawn.sample(asked, min(EACH, len(asked))):
            got, response = asking.ask(user, kind, number, drawn.choice(["da", "en"]))
            assert got == rules.answer(world, user, kind, number), (user, kind, number)
            told, named = (set(map(int, canary.findall(response.content.decode()))) for canary in (TITLE, NAME))
            assert all(rules.reads(world, user, world.pieces[piece]) for piece in told), (user, kind, number, told)
            if kind in IN_PUBLIC:
                assert all(rules.sees_organisation(world, user, one) for one in named), (user, kind, number, named)
        transaction.set_rollback(True)
