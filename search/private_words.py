"""Which searches may be remembered: none in which somebody may have typed a number or an address of a person."""

import re
import unicodedata

from partnerships.text.folding import normal
from search.models import LoggedSearch

LONGEST_NUMBER_KEPT = 7
_DIGITS = re.compile(rf"(?:\d[\W_]{{0,4}}){{{LONGEST_NUMBER_KEPT + 1}}}")
_AT = re.compile(r"@|%40|[(\[{]\s*(?:at|a)\s*[)\]}]|snabel-?\s?a", re.IGNORECASE)


def as_logged(text: str) -> str:
    """The query as it is counted: small letters, single spaces, not too long."""
    return " ".join(normal(text).split())[: LoggedSearch.LONGEST]


def may_be_kept(text: str) -> bool:
    """Without an e-mail address, and without eight digits in a row, whatever stands between them.

    So no civil registration number (six and four digits) is kept and no telephone number (eight), in any spelling. Two
    years beside each other are lost as well: what is not kept hurts nobody.
    """
    plain = _plain(text)
    return not (_DIGITS.search(plain) or _AT.search(plain))


def _plain(text: str) -> str:
    """Digits of every script in one form, and without characters that have no width."""
    composed = unicodedata.normalize("NFKC", text)
    visible = (char for char in composed if unicodedata.category(char) not in ("Cf", "Cs", "Cc"))
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in visible)
