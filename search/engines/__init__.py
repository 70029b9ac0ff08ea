"""The engine this process uses, chosen by environment variables; nobody else asks which it is."""

from functools import cache

from django.conf import settings

from .base import Engine


@cache
def current_engine() -> Engine:
    """Only the chosen one is imported: a portal without a search server does without its library."""
    if settings.SEARCH_URL:
        from .elastic import ElasticEngine, Server

        return ElasticEngine(
            Server(
                addresses=tuple(settings.SEARCH_URL.split(",")),
                api_key=settings.SEARCH_API_KEY,
                ca_file=settings.SEARCH_CA_FILE,
                prefix=settings.SEARCH_INDEX_PREFIX,
                seconds=settings.SEARCH_TIMEOUT,
            )
        )
    from .embedded import EmbeddedEngine

    return EmbeddedEngine(settings.INDEX_DIR)
