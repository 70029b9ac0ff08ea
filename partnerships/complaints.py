"""How to complain of a decision, where an authority stands behind it. The text is the editors'; the app that keeps it says
where it is when it is ready, since this one knows no editors' settings:

    complaints.text_comes_from(function)        the function gives the text in the reader's language, as HTML that is safe
"""

from collections.abc import Callable

from partnerships.models import Organisation, Partnership

_source: list[Callable[[], str]] = []


def text_comes_from(source: Callable[[], str]) -> None:
    _source[:] = [source]


def how_to_complain(partnership: Partnership) -> str:
    """Empty where an association is responsible, or nobody has written it."""
    if partnership.responsible.kind != Organisation.Kind.AUTHORITY or not _source:
        return ""
    return _source[0]()
