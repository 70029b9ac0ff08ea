"""Text falls into words: letters and digits, small, with the sub-digits of CO₂ written plainly."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from partnerships.text.folding import normal

_PLAIN_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_WORD = re.compile(r"[^\W\d_][^\W_]*|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+(?:[.,]\d+)*")
_JOINED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:-[^\W\d_]++)+")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A word and where it stands in the text it was found in."""

    word: str
    start: int
    end: int


def normal_word(raw: str) -> str:
    """40.000 and 40000 are the same figure; a word nobody would type is cut, not refused."""
    word = normal(raw.translate(_PLAIN_DIGITS))
    if "." in word and word.replace(".", "").isdigit():
        word = word.replace(".", "")
    return word[:LONGEST]


def spans(text: str, is_meant: Callable[[str], object] = bool) -> list[Span]:
    """The words of a text (in NFC) that are meant, asked of each as it is written, for those who must mark them in it.

    Most texts have none, so its different words are looked at before their places are.
    """
    meant = {raw for raw in set(_WORD.findall(text)) if is_meant(raw)}
    found = (match for match in _WORD.finditer(text) if match.group() in meant) if meant else ()
    return [Span(normal_word(match.group()), match.start(), match.end()) for match in found]


def words(text: str) -> list[str]:
    """The words of a text in order. A number beside letters (40.000, CO₂, DK2020) stays one word."""
    return [normal_word(raw) for raw in raw_words(text)]


def raw_words(text: str) -> list[str]:
    """The same, each as it is written."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def joined(text: str) -> list[str]:
    """el-bil is also written elbil: the words that a hyphen holds together, without it."""
    if "-" not in text:
        return []
    return [
        normal_word(match.group().replace("-", "")) for match in _JOINED.finditer(unicodedata.normalize("NFC", text))
    ]
