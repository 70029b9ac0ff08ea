"""First words of addresses that belong to views; a page of that name below a front page could never be reached."""

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

NEVER = {"static", "media", "en", "da", "api", "-"}


@cache
def reserved_slugs() -> frozenset[str]:
    """Asked of the address map itself, in every language, so that a new view needs no second list."""
    found = set(NEVER)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= set(_first_words(get_resolver().url_patterns, code))
    return frozenset(found)


def _first_words(patterns: list[URLPattern | URLResolver], code: str) -> Iterator[str]:
    for pattern in patterns:
        start = str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver) and start in ("", f"{code}/"):
            yield from _first_words(pattern.url_patterns, code)
        else:
            word = start.partition("/")[0]
            if word and word.replace("-", "").replace("_", "").replace(".", "").isalnum():
                yield word
