"""How a piece of news is said: one line with a link, in the language that is active."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import Audience, HistoryEntry, NewsItem, Partnership
from partnerships.notifications import through_sign_in

from .kinds import NEWS
from .pages import published
from .sight import OF_AN_ACT

OF_MEMBERS = ("post", "room_document", "meeting")


@dataclass(frozen=True)
class Line:
    text: str
    url: str
    closed: bool = False

    @property
    def address(self) -> str:
        """As it stands in a mail: what only some may see is reached through sign-in."""
        return through_sign_in(self.url) if self.closed else f"{settings.SITE_URL}{self.url}"


def line_of(item: NewsItem) -> Line:
    if item.page_id:
        shown = published.shown(item.page, get_language() or settings.LANGUAGE_CODE)
        sentence = _("New: %(title)s") if item.is_new else _("Changed: %(title)s")
        return Line(sentence % {"title": shown.title}, shown.url)
    return _of_an_act(item.history)


def _of_an_act(entry: HistoryEntry) -> Line:
    kind = NEWS[entry.verb]
    inside = [thing for name in OF_MEMBERS if (thing := getattr(entry, name))]
    names = {name: str(getattr(entry, name)) for name in OF_AN_ACT}
    partly = entry.partnership is not None and entry.partnership.visibility != Partnership.Visibility.PUBLIC
    closed = partly or any(thing.audience != Audience.PUBLIC for thing in inside)
    return Line(str(kind.sentence) % names, getattr(entry, kind.leads_to).get_absolute_url(), closed)
