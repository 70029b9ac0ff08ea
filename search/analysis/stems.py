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
_local = threading.local()


def _stemmer(lang: str) -> Stemmer.Stemmer:
    """One stemmer a thread: PyStemmer's objects are not to be shared. Without its own cache, which costs more than a stem."""
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if lang not in stemmers:
        stemmers[lang] = Stemmer.Stemmer(SNOWBALL[lang], 0)
    return stemmers[lang]


def plain_stem(word: str, lang: str) -> str:
    """What Snowball alone makes of it."""
    return _stemmer(lang).stemWord(word) if lang in SNOWBALL else word


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str = "da") -> str:
    """Words of an unknown language stay whole rather than being cut by the wrong rules."""
    if lang not in SNOWBALL:
        return word
    if lang == "da":
        found = _stemmer(lang).stemWord(BY_HAND.get(word, word))
        return _GENITIVE_LIKE.sub("", found) if found.endswith("s") else found
    return _stemmer(lang).stemWord(word)
