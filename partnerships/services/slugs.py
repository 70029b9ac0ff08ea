"""A new thing's address name. Two who found the same name at once both get one."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships.slugs import free_slug

from .refusals import WrongState

TRIES = 5


def save_new(thing: models.Model, name: str) -> None:
    """Whoever comes second waits for the first (PostgreSQL), sees the name taken and gets the next one."""
    for _attempt in range(TRIES):
        thing.slug = free_slug(type(thing), name)
        try:
            with transaction.atomic():
                thing.save()
            return
        except IntegrityError:
            if not type(thing)._base_manager.filter(slug=thing.slug).exists():
                raise
    raise WrongState(_("Many are doing this just now. Try again."))
