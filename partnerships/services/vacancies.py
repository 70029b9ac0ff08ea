"""Terms that end: both sides are told two months before, and when nobody acts any more; each once."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from partnerships import clock
from partnerships.models import Partnership, Seat
from partnerships.told import participation as told

DAYS_BEFORE = 60
LOOKS_BACK = 60
"""An older ending is no news: it was before the portal told of them."""


def tell_of_terms() -> int:
    """How many were told of. Killed and repeated, it tells nothing twice: what is told is marked in one transaction with it."""
    return _each(ending(), "told_ending", told.term_ends) + _each(ended(), "told_ended", told.term_has_ended)


def ending(*, told_too: bool = False) -> QuerySet[Seat]:
    """Ends within sixty days, and nobody is named to follow."""
    soon = clock.today() + timedelta(days=DAYS_BEFORE)
    found = _terms().filter(until__range=(clock.today(), soon))
    return found if told_too else found.filter(told_ending=None)


def ended() -> QuerySet[Seat]:
    """Has ended, nobody followed, and the member it was held for is still one."""
    back = clock.today() - timedelta(days=LOOKS_BACK)
    return _terms().filter(until__lt=clock.today(), until__gte=back, told_ended=None)


def _terms() -> QuerySet[Seat]:
    today = clock.today()
    same = Seat.objects.filter(partnership=OuterRef("partnership"), role=OuterRef("role")).exclude(pk=OuterRef("pk"))
    same = same.filter(Q(participation=OuterRef("participation")) | Q(participation=None, profile=OuterRef("profile")))
    follows = same.filter(Q(until=None) | Q(until__gt=OuterRef("until")))
    member = Q(participation=None) | Q(participation__until=None) | Q(participation__until__gt=F("until"))
    still = Q(participation=None) | Q(participation__until=None) | Q(participation__until__gte=today)
    running = Q(partnership__state__in=Partnership.LIVED) & ~Q(partnership__state__in=Partnership.OVER)
    lasts = Q(partnership__until=None) | Q(partnership__until__gt=F("until"))
    return Seat.objects.filter(member & still & running & lasts).exclude(Exists(follows))


def _each(seats: QuerySet[Seat], mark: str, tell: Callable[[Seat], None]) -> int:
    return sum(_told(key, mark, tell) for key in list(seats.values_list("pk", flat=True)))


@transaction.atomic
def _told(key: int, mark: str, tell: Callable[[Seat], None]) -> bool:
    """Of two runs at once one marks it, and tells."""
    if not Seat.objects.filter(pk=key, **{mark: None}).update(**{mark: clock.today()}):
        return False
    rows: Iterable[Seat] = Seat.objects.select_related("partnership", "participation__organisation", "profile")
    tell(rows.get(pk=key))
    return True
