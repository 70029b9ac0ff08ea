"""Words too common to search for. A word that means something in the other language is kept in a query."""

DANISH = frozenset(
    """
    af alle alt at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en end er
    et for fra få får ham han hans har havde have hende hendes her hos hun hvad hvem hver hvilken hvis hvor hvordan
    hvorfor hvornår i ikke ind ja jeg jer jo kan kom kunne man med meget men mig min mod mange må nej nogen noget nogle
    nu når og også om op os over på sig sin sine skal skulle som så sådan til ud under var ved vi vil ville vor vores
    været
    """.split()
)

ENGLISH = frozenset(
    """
    a about after all also an and any are as at be because been but by can could did do does for from had has have he
    her his how i if in into is it its may more most no not of on or our out over she so some such than that the their
    them then there these they this those to up was we were what when where which who why will with would you your
    """.split()
)

STOP_WORDS = {"da": DANISH, "en": ENGLISH}
MEAN_SOMETHING = frozenset({"by", "is", "can", "all", "are", "over", "under", "may", "will"})


def is_stop_word(word: str, lang: str) -> bool:
    """In a text: by the language it is written in."""
    return word in STOP_WORDS.get(lang, frozenset())


def is_stop_word_in_query(word: str, lang: str) -> bool:
    """In a query the language is only a guess, so the other one's plain function words are left out as well."""
    return is_stop_word(word, lang) or (word in DANISH | ENGLISH and word not in MEAN_SOMETHING)
