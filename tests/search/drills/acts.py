"""What a writing process does: real services in committed transactions, each announced and confirmed in the ledger."""

import random
import time

from .ledger import Ledger
from .portal import ABOUT, MAIL, token

PAUSE = 0.01
ITSELF = 4
"""In one act of four the writing process also brings the index up to date; the others it leaves to the worker, like a
web process that died right after the commit. With None it never does."""


def write(folder, seed, most, itself=ITSELF):
    """So many acts, going on where the ledger ends; or until the process is killed."""
    from django.contrib.auth import get_user_model

    from search import indexing

    ledger, actor = Ledger(f"{folder}/ledger"), get_user_model().objects.get(email=MAIL)
    first, catch_up = ledger.last + 1, indexing.catch_up
    for number in range(first, first + most):
        indexing.catch_up = catch_up if itself and number % itself == 0 else lambda: 0
        chance = random.Random(f"{seed}.{number}")
        act(ledger, number, chance, actor)
        time.sleep(PAUSE)


def act(ledger, number, chance, actor):
    """One act on a thing that is certain, or a new thing."""
    kinds = [kind for kind, may in ACTS.items() if kind.startswith("new") or ledger.certain(may, found=True)]
    kind = chance.choice(kinds)
    key = "" if kind.startswith("new") else chance.choice(ledger.certain(ACTS[kind], found=True))
    word = None if kind in ("unpublish", "delete") else token(1_000 + number)
    ledger.announce(number, key, word)
    pk = DO[kind](actor, key.partition(":")[2], word)
    ledger.confirm(number, f"{ACTS[kind]}:{pk}", word)


def _new_organisation(actor, pk, word):
    from partnerships.services import organisations

    return organisations.enter(actor=actor, name=f"Værksted {word}", kind="company", about=ABOUT).pk


def _rename(actor, pk, word):
    from partnerships.models import Organisation
    from partnerships.services import organisations

    organisations.update(organisation=Organisation.objects.get(pk=pk), actor=actor, name=f"Værksted {word}")
    return pk


def _new_story(actor, pk, word):
    from cms.models import CaseIndexPage, CaseStoryPage
    from cms.services import publish

    parent = CaseIndexPage.objects.get(locale__language_code="da")
    story = CaseStoryPage(title=f"Sagen {word}", slug=word, summary="Kort fortalt.", locale=parent.locale)
    return publish(story, parent=parent, actor=actor).pk


def _change_story(actor, pk, word):
    from cms.services import publish

    story = _story(pk)
    story.title = f"Sagen {word}"
    publish(story, actor=actor)
    return pk


def _unpublish(actor, pk, word):
    from cms.services import unpublish

    unpublish(_story(pk), actor=actor)
    return pk


def _delete(actor, pk, word):
    from django.db import transaction

    with transaction.atomic():
        _story(pk).delete()
    return pk


def _story(pk):
    from cms.models import CaseStoryPage

    return CaseStoryPage.objects.get(pk=pk)


ACTS = {
    "new organisation": "organisation",
    "new story": "story",
    "rename": "organisation",
    "change": "story",
    "unpublish": "story",
    "delete": "story",
}
DO = {
    "new organisation": _new_organisation,
    "new story": _new_story,
    "rename": _rename,
    "change": _change_story,
    "unpublish": _unpublish,
    "delete": _delete,
}
