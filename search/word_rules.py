"""The editors' rules for words as this process has them, and which records have such a word.

Every search and every writing first asks the database, with one small query, whether the rules have changed: so all
processes follow at once. A changed rule leaves an outbox row for its word. Whoever takes it looks through all records
for the word, which is cheap beside analysing them, and asks for those that have it to be written again. Raising the
analysis version instead would write everything anew for a single word. A record's digest names the rules that touch it,
so that the nightly audit also finds what an old generation still has by other rules.
"""

from collections.abc import Iterable

from search import outbox
from search.analysis.current import current_analyser, put_in_force
from search.analysis.rules import Rule, Rules, has_any, spellings
from search.documents import said_by
from search.models import WordRule
from search.sources import SOURCES
from search.stamps import UNTOUCHED, Stamp, stamps

WORD = "word:"
_stamp = UNTOUCHED


def follow_rules(seen: Stamp | None = None) -> None:
    """Puts the rules of the database in force where they are not yet. `seen` is their stamp, where one was read already."""
    global _stamp
    stamp = seen or stamps()[WordRule]
    if stamp != _stamp:
        put_in_force(Rules(tuple(_rule(row) for row in WordRule.objects.all())))
        _stamp = stamp


def _rule(row: WordRule) -> Rule:
    opens = (row.opens,) if row.opens else ()
    return Rule(row.word, tuple(row.parts.split()), opens, row.kind == WordRule.Kind.ELEMENT)


def key_of_word(word: str) -> str:
    """In the outbox: everything that has this word."""
    return f"{WORD}{word}"


def without_words(keys: Iterable[str]) -> list[str]:
    """The keys of things. For those of words, what has the word is put into the outbox first, so that nothing is lost."""
    keys = list(keys)
    words = {key.removeprefix(WORD) for key in keys if key.startswith(WORD)}
    if words:
        outbox.put(what_has(words))
    return [key for key in keys if not key.startswith(WORD)]


def what_has(words: Iterable[str]) -> list[str]:
    """Ids of all records in which one of the words stands, alone or in a longer one, in whatever form."""
    known = spellings(words, current_analyser().splitter.table)
    wanted = [spelling for forms in known.values() for spelling in forms]
    return [record.id for source in SOURCES.values() for record in source.records() if has_any(said_by(record), wanted)]
