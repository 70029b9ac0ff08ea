"""Profiles that say it themselves: people's expertise and organisations' descriptions, asked apart from their names.

Among two hundred things found they may be far down or missing; who says of themselves that they know is asked once more.
"""

from dataclasses import replace

from partnerships import clock
from search.building import Asked, tree_of
from search.engines import current_engine
from search.engines.base import Request, Row
from search.ranking import ranked
from search.tree import Best, Combined, Node, Phrase, Term

PROFILES = ("person", "organisation")
FIELDS = ("summary", "topics", "body", "body_x")
MOST = 50


def own_words(request: Request, asked: Asked) -> list[Row]:
    """The first of them; `request` is the search itself, with its filters and the viewer's tokens."""
    kinds = tuple(kind for kind in PROFILES if kind in request.filters.get("kind", PROFILES))
    tree = without_names(tree_of(asked, request.language))
    if not kinds or asked.is_empty or tree is None:
        return []
    filters = {**request.filters, "kind": kinds}
    wanted = replace(request, tree=tree, filters=filters, facets=(), sort="relevance", offset=0, limit=MOST)
    return ranked(current_engine().search(wanted).rows, clock.today())


def without_names(node: Node) -> Node | None:
    """The same question put to what one says of oneself, not to what one is called."""
    match node:
        case Term() | Phrase():
            return node if node.field in FIELDS else None
        case Best(nodes, boost):
            kept = tuple(filter(None, map(without_names, nodes)))
            return Best(kept, boost) if kept else None
        case Combined():
            must = tuple(filter(None, map(without_names, node.must)))
            should = tuple(filter(None, map(without_names, node.should)))
            if not (must or should):
                return None
            return replace(node, must=must, should=should, minimum=min(node.minimum, len(should)))
    return None
