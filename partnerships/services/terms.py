"""Terms of members and seats: in order, without a day in common, and one change after the other."""

from django.db import models
from django.utils.translation import gettext as _

from partnerships.models import Participation, Partnership, Seat

from .refusals import Invalid


def hold(partnership: Partnership) -> Partnership:
    """Whoever changes it, its members or seats comes one after the other: the row as it now is, until the act is done."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def in_order(term: Participation | Seat | Partnership) -> None:
    if term.since and term.until and term.until < term.since:
        raise Invalid(_("The last day is before the first."), field="until")


def overlapping(terms: models.QuerySet, new: Participation | Seat) -> models.QuerySet:
    """Those with a day in common with the new one."""
    still = models.Q(until=None) | models.Q(until__gte=new.since)
    return terms.filter(still, since__lte=new.until) if new.until else terms.filter(still)
