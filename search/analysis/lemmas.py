"""Which word an inflected form belongs to, where its stem alone does not say so: pladser is plads, landmænd is landmand.

Read from simplemma when the table is built, and from the table ever after: its dictionary takes a hundred megabytes of
memory, the forms that matter take ten. Its guesses count only where they lead to a word of the spelling dictionary; a
noun that opens compounds is a word itself and no form of a verb: angreb is not from angribe.
"""

from collections.abc import Iterator

import simplemma
from simplemma.strategies import DefaultDictionaryFactory

from .dictionary import Lexicon
from .stems import BY_HAND, stem


def irregular_forms(lexicon: Lexicon) -> dict[str, str]:
    """Form to lemma, only where the two have different stems and no hand has said otherwise."""
    return {
        form: lemma
        for form, lemma in _forms()
        if lemma in lexicon.lemmas
        and (form not in lexicon.opening or lemma in lexicon.last)
        and form not in BY_HAND
        and stem(form) != stem(lemma)
    }


def _forms() -> Iterator[tuple[str, str]]:
    for form in DefaultDictionaryFactory().get_dictionary("da"):
        if form.isalpha() and form.islower():
            yield form, simplemma.lemmatize(form, lang="da")
