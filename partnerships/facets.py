"""The facets that several lists share."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from partnerships.listing import Rule
from partnerships.models import Place, Sector, Topic


def _topics() -> Iterable[tuple[str, str]]:
    return [(topic.slug, topic.name) for topic in Topic.objects.all()]


def _places() -> Iterable[tuple[str, str]]:
    return [(place.slug, place.name) for place in Place.objects.all()]


def _sectors() -> Iterable[tuple[str, str]]:
    return [(sector.slug, sector.name) for sector in Sector.objects.all()]


SECTOR = Rule("sector", _("Sector"), "sectors__slug", _sectors)
TOPIC = Rule("topic", _("Topic"), "topics__slug", _topics)
PLACE = Rule("place", _("Place"), "places__slug", _places)
