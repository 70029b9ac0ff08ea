"""The button by which one follows what a page shows."""

from django import template
from django.db.models import Model
from django.template.context import Context
from wagtail.models import Page

from partnerships.models import Follow
from partnerships.services.news import name_of_key

register = template.Library()


@register.inclusion_tag("partnerships/following/_button.html", takes_context=True)
def follow_button(context: Context, thing: Model) -> dict[str, object]:
    """Once a page. Who is not signed in is led through sign-in, and presses then."""
    request = context.get("request")
    user = getattr(request, "user", None)
    what, signed_in = name_of_key(thing), user is not None and user.is_authenticated
    shown = thing.pk is not None and not getattr(request, "is_preview", False)
    followed = Follow.objects.of(user).filter(**{what: thing.pk}).first() if signed_in and shown else None
    return {
        "shown": shown,
        "what": what,
        "pk": thing.pk,
        "name": thing.title if isinstance(thing, Page) else getattr(thing, "name_shown", None) or thing.name,
        "follow": followed,
        "signed_in": signed_in,
        "here": request.get_full_path() if request else "",
        "csrf_token": context.get("csrf_token"),
    }
