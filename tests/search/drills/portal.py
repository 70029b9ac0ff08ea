"""A portal of its own for a drill, in a folder of its own; its settings are those of `make run`."""

import os
from unittest.mock import patch

STABLE = 60
"""So many organisations stand there from the beginning and never change: every search must find them all."""
STABLE_WORD = "grundsten"
MAIL = "drill@example.org"
LETTERS = "bcfhjmpvwz"


def settings_for(folder, **more):
    """Before anything of Django is imported."""
    for name in [name for name in os.environ if name.startswith("SEARCH_")] + ["DATABASE_URL"]:
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATA_DIR": str(folder),
        "DEMO": "0",
        "SECRET_KEY": "only-for-drills",
        **more,
    }


def load():
    """What every process of the drill needs is loaded once, before the first is forked."""
    import django

    django.setup()
    from django.urls import get_resolver
    from django.utils import translation

    from search.analysis.current import current_analyser
    from search.engines import elastic, embedded  # noqa: F401

    translation.activate("da")
    get_resolver().url_patterns  # noqa: B018
    current_analyser()


def found():
    """A site, somebody who may do everything, and what stands there from the beginning. Nothing is indexed yet: an
    engine that is open does not go well with forks."""
    from django.contrib.auth import get_user_model

    from cms.services import found_site
    from partnerships.services import organisations, people

    with patch("search.indexing.catch_up", return_value=0):
        found_site(name="Øvekommune")
        user = get_user_model().objects.create_superuser(email=MAIL, password=None)
        people.create_profile(user=user, name="Øve Øvelse")
        for number in range(STABLE):
            organisations.enter(actor=user, name=f"Grundsten {token(number)}", kind="company", about=ABOUT)


ABOUT = "Vi deler fjernvarme, damp og renset vand med naboerne, og måler hvad der bliver sparet. " * 10


def token(number):
    """A word for each number that no stem, compound or slip of the pen confuses with another's."""
    return "k" + "".join(LETTERS[int(digit)] for digit in f"{number:05}") + "q"
