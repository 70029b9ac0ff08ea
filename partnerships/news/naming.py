"""What a followed thing is called and where it stands, in the language that is active; and how many are read at once."""

from django.conf import settings
from django.db.models import Model, Prefetch
from django.utils.translation import get_language
from wagtail.models import Page

from partnerships.models import Goal, Organisation, Partnership, Place, Topic

from .pages import Shown, published

TEXTS = ("about", "about_html", "about_en", "about_en_html")
PURPOSE = ("purpose", "purpose_html", "purpose_en", "purpose_en_html", "admission", "admission_html")
FOLLOWED = (
    Prefetch("topic", Topic.objects.all()),
    Prefetch("place", Place.objects.all()),
    Prefetch("goal", Goal.objects.all()),
    Prefetch("organisation", Organisation.objects.defer(*TEXTS)),
    Prefetch("partnership", Partnership.objects.defer(*PURPOSE)),
    Prefetch("page", Page.objects.select_related("locale")),
)
"""One query for each kind of thing, however many are followed."""


def shown(thing: Model) -> Shown:
    if isinstance(thing, Page):
        return published.shown(thing, get_language() or settings.LANGUAGE_CODE)
    return Shown(getattr(thing, "name_shown", None) or thing.name, thing.get_absolute_url())
