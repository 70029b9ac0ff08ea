"""When the dust has settled: does the index say what the ledger and the database say?"""

import io
from dataclasses import asdict, dataclass, field

from .ledger import Ledger
from .watching import ask


@dataclass
class Verdict:
    """All but `confirmed`, `generations` and `audit` must be empty."""

    confirmed: int = 0
    lost: list = field(default_factory=list)
    not_gone: list = field(default_factory=list)
    strays: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    audit: str = ""
    generations: dict = field(default_factory=dict)
    in_the_engine: list = field(default_factory=list)


def judge(folder):
    from search.engines import current_engine
    from search.models import Generation, OutboxRow

    ledger = Ledger(f"{folder}/ledger")
    return asdict(
        Verdict(
            confirmed=ledger.confirmed,
            lost=[key for key, word in _certain(ledger) if word and key not in _found(word)],
            not_gone=[key for word, key in ledger.words.items() if _is_gone(ledger, key, word) and _found(word)],
            strays=_strays(),
            waiting=list(OutboxRow.objects.values_list("key", flat=True)),
            audit=audit(),
            generations={row.name: row.state for row in Generation.objects.all()},
            in_the_engine=current_engine().generations(),
        )
    )


def audit():
    from django.core.management import call_command

    said = io.StringIO()
    call_command("audit_index", "--only-look", stdout=said)
    return said.getvalue().strip()


def _certain(ledger):
    return [(key, word) for key, word in ledger.stands.items() if key not in ledger.doubtful]


def _is_gone(ledger, key, word):
    """A word of before, or one of a thing that was taken away."""
    return key not in ledger.doubtful and ledger.stands[key] != word


def _found(word):
    return [hit.id for hit in ask(word).hits]


def _strays():
    """What the index holds and the database does not know; a search would not show it, but count it."""
    from search.engines import current_engine
    from search.indexing import as_the_database_says

    engine = current_engine()
    return as_the_database_says(key for key, _ in engine.digests(engine.live()))[1]
