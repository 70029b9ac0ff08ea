"""Spellings of the same Danish word, and the order Danes expect in a list.

People write Aabenraa and Åbenrå, Soeren and Søren, and leave the letters out on a foreign keyboard. Everything here is
a pure function of text, so that lists, look-ups and search agree on what counts as the same.
"""

import re
import unicodedata

_FOLD = {"aa": "å", "ae": "æ", "oe": "ø", "ä": "æ", "ö": "ø"}
_BARE = str.maketrans({"å": "a", "æ": "a", "ø": "o"})
_AFTER_Z = {"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|"}
_COLLATION_PATTERN = re.compile("aa|[æøåäö]")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")
_IS_NORMAL = re.compile("[a-z0-9æøå ]*").fullmatch
"""Most words are: an index asks for the normal form of a million of them."""


def normal(text: str) -> str:
    """One form per letter, small letters, and nothing that a database or an engine would refuse to store."""
    if _IS_NORMAL(text):
        return text
    return unicodedata.normalize("NFC", _SURROGATES.sub("", text)).casefold()


def fold(text: str) -> str:
    """The one spelling behind aa/å, ae/æ/ä and oe/ø/ö: Aabenraa and Åbenrå become the same word."""
    folded = normal(text)
    for pair, letter in _FOLD.items():
        folded = folded.replace(pair, letter)
    return folded


def bare(text: str) -> str:
    """What is typed on a keyboard without æ, ø and å: rødgrød becomes rodgrod."""
    return bare_of_folded(fold(text))


def bare_of_folded(folded: str) -> str:
    """The same for a word that is folded already; an index asks for millions."""
    return folded if folded.isascii() else folded.translate(_BARE)


def collation_key(text: str) -> str:
    """A string whose plain order is the Danish one: æ, ø, å come after z, aa sorts as å, accents do not count."""
    text = _COLLATION_PATTERN.sub(lambda m: _AFTER_Z[_FOLD.get(m.group(), m.group())], normal(text))
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
