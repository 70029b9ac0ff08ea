"""Snowball stems, with the two things Snowball does not know about Danish.

It takes the -s of plads for a genitive but keeps it in pladser, so the -s goes in both; and a few everyday nouns change
their vowel in the plural (bog, bøger), so they are named.
"""

import re
import threading
from functools import lru_cache

import Stemmer

SNOWBALL = {"da": "danish", "en": "english"}
VOWEL_PLURALS = {
    "børn": "barn",
    "bøger": "bog",
    "bønder": "bonde",
    "brødre": "broder",
    "døtre": "datter",
    "fædre": "fader",
    "fødder": "fod",
    "gæs": "gås",
    "hænder": "hånd",
    "kræfter": "kraft",
    "køer": "ko",
    "mænd": "mand",
    "mødre": "moder",
    "nætter": "nat",
    "rødder": "rod",
    "stænger": "stang",
    "stæder": "stad",
    "tænder": "tand",
    "øjne": "øje",
    "ænder": "and",
}
_FORMS = {
    plural + end: single for plural, single in VOWEL_PLURALS.items() for end in ("", "s", "ne", "nes", "ene", "enes")
}
_GENITIVE_LIKE = re.compile(r"(?<=..[bdfgklmnprtv])s$")
_local = threading.local()


def _stemmer(lang: str) -> Stemmer.Stemmer:
    """One stemmer a thread: PyStemmer's objects are not to be shared."""
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if lang not in stemmers:
        stemmers[lang] = Stemmer.Stemmer(SNOWBALL[lang])
    return stemmers[lang]


@lru_cache(maxsize=60_000)
def stem(word: str, lang: str = "da") -> str:
    """Words of an unknown language stay whole rather than being cut by the wrong rules."""
    if lang not in SNOWBALL:
        return word
    if lang == "da":
        return _GENITIVE_LIKE.sub("", _stemmer(lang).stemWord(_FORMS.get(word, word)))
    return _stemmer(lang).stemWord(word)
