"""The words asked for, marked in a hit. Text is escaped before it is marked, so that no text can bring its own marks."""

import unicodedata
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis.current import current_analyser
from search.analysis.terms import Analyser, Kept
from search.analysis.words import Span, normal_word, spans
from search.building import matches

WINDOW = 240
LEAD = 40
KEPT_QUESTIONS = 50


def marked(text: str, lang: str, terms: frozenset[str]) -> SafeString:
    """The whole text with the words asked for in <mark>."""
    text = unicodedata.normalize("NFC", text)
    return _with_marks(text, _found(text, lang, terms))


def snippet(summary: str, body: str, lang: str, terms: frozenset[str]) -> SafeString:
    """The summary where it says something about what was asked for, or nothing else does; else the best place in the body."""
    summary, body = (unicodedata.normalize("NFC", text) for text in (summary, body))
    in_summary = _found(summary, lang, terms)
    in_body = _found(body, lang, terms) if not in_summary else []
    if not in_body:
        return _with_marks(summary, in_summary)
    start, end = _best_window(body, in_body)
    inside = [Span(span.word, span.start - start, span.end - start) for span in in_body if start <= span.start < end]
    before, after = ("… " if start else ""), (" …" if end < len(body) else "")
    return mark_safe(f"{before}{_with_marks(body[start:end], inside)}{after}")


def _found(text: str, lang: str, terms: frozenset[str]) -> list[Span]:
    if not terms:
        return []
    return spans(text, _meant(current_analyser(), lang, terms).__getitem__)


@lru_cache(maxsize=KEPT_QUESTIONS)
def _meant(analyser: Analyser, lang: str, terms: frozenset[str]) -> Kept:
    """Word as it is written → whether it is one of those asked for: the texts of a page have most words in common."""
    might = analyser.might_have(terms)
    return Kept(lambda raw: might(raw) and matches(analyser, normal_word(raw), lang, terms))


def _best_window(text: str, found: list[Span]) -> tuple[int, int]:
    """Where most different words asked for stand together; begins and ends between words."""

    def worth(first: Span) -> int:
        return len({span.word for span in found if first.start <= span.start < first.start + WINDOW - LEAD})

    first = max(found, key=lambda span: (worth(span), -span.start))
    start = max(0, first.start - LEAD)
    start = text.find(" ", start, first.start) + 1 if start else 0
    end = min(len(text), start + WINDOW)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first.end)
    return start, end


def _with_marks(text: str, found: list[Span]) -> SafeString:
    pieces, at = [], 0
    for span in found:
        pieces += [escape(text[at : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        at = span.end
    return mark_safe("".join([*pieces, escape(text[at:])]))
