"""What a followed thing is called and where it stands, in the language that is active; and how many are read at once."""

from django.conf import settings
from django.db.models import Model, Prefetch
from django.utils.translation import get_language
from wagtail.models import Page

from partnerships.models import Goal, Organisation, Partnership, Place, Topic

from .pages import Shown, published

NAMED = ("name", "name_en", "slug")
FOLLOWED = (
    Prefetch("topic", Topic.objects.only("slug", "name_da", "name_en")),
    Prefetch("place", Place.objects.only("slug", "name_da", "name_en")),
    Prefetch("goal", Goal.objects.only("slug", "title_da", "title_en")),
    Prefetch("organisation", Organisation.objects.only(*NAMED)),
    Prefetch("partnership", Partnership.objects.only(*NAMED)),
    Prefetch("page", Page.objects.select_related("locale")),
)
"""One query for each kind of thing, however many are followed."""


def shown(thing: Model) -> Shown:
    if isinstance(thing, Page):
        return published.shown(thing, get_language() or settings.LANGUAGE_CODE)
    return Shown(getattr(thing, "name_shown", None) or thing.name, thing.get_absolute_url())
