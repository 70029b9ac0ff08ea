"""Snowball stems, with what neither Snowball nor the dictionary of forms gets right about Danish.

Snowball takes the -s of plads for a genitive but keeps it in pladser, so the -s goes in both. Everyday nouns that change
their vowel in the plural (bog, bøger) are named here, and so are forms that the dictionary takes for a rarer word: it
says that cyklen is a form of the verb cykle.
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
RARER_IN_THE_DICTIONARY = {
    "center": "center centers centre centrene centrenes centret centrets centeret centerets",
    "cykel": "cykel cykels cykler cyklers cyklerne cyklernes cyklen cyklens",
    "filter": "filter filters filtre filtrene filtrenes filtret filtrets filteret filterets",
    "lager": "lager lagers lagre lagrene lagrenes lagret lagrets lageret lagerets",
    "bad": "bad bads badet badets bade bades badene badenes",
    "gås": "gås gåsen gåsens",
    "gas": "gas gassen gassens gasser gasserne gassernes",
    "dyr": "dyr dyret dyrets dyrene dyrenes",
}
BY_HAND = {
    **{
        plural + end: one
        for plural, one in VOWEL_PLURALS.items()
        for end in ("", "s", "ne", "nes", "ene", "enes", "sene")
    },
    **{form: lemma for lemma, forms in RARER_IN_THE_DICTIONARY.items() for form in forms.split()},
}
_GENITIVE_LIKE = re.compile(r"(?<=..[bdfgklmnprtv])s$")


class _OfThread(threading.local):
    """PyStemmer's objects are not to be shared by threads. Without their own cache, which costs more than a stem."""

    def __init__(self) -> None:
        self.stem = {lang: Stemmer.Stemmer(name, 0).stemWord for lang, name in SNOWBALL.items()}


_snowball = _OfThread()


def plain_stem(word: str, lang: str) -> str:
    """What Snowball alone makes of it."""
    return _snowball.stem[lang](word) if lang in SNOWBALL else word


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str = "da") -> str:
    """Words of an unknown language stay whole rather than being cut by the wrong rules."""
    if lang != "da":
        return plain_stem(word, lang)
    found = plain_stem(BY_HAND.get(word, word), lang)
    return _GENITIVE_LIKE.sub("", found) if found.endswith("s") else found
