"""What leaving everything means for one person: what stands in the way, what goes and what stays, counted. Reading only."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships import clock, references
from partnerships.models import (
    Application,
    Follow,
    HistoryEntry,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Post,
    Profile,
    RoomDocument,
    Seat,
    Vote,
)
from partnerships.references import Leaving


@dataclass(frozen=True)
class Line:
    """How many of one thing."""

    label: str | Promise
    count: int


@dataclass(frozen=True)
class InTheWay:
    """What has to be seen to first; where each is done."""

    organisations: list[Organisation]
    partnerships: list[Partnership]
    is_last_superuser: bool = False

    def __bool__(self) -> bool:
        return bool(self.organisations or self.partnerships or self.is_last_superuser)


def in_the_way(profile: Profile) -> InTheWay:
    """Others would be left without anybody who decides. Where nobody else belongs, there is nobody to leave it to."""
    users = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return InTheWay(
        list(_organisations_left_alone(profile)),
        list(_partnerships_left_alone(profile)),
        profile.user.is_superuser and not users.exclude(pk=profile.user_id).exists(),
    )


def _organisations_left_alone(profile: Profile) -> QuerySet[Organisation]:
    here = Membership.objects.current().filter(organisation=OuterRef("pk"))
    goes_on = here.exclude(profile=profile).filter(Q(until=None) | Q(until__gt=clock.today()))
    own = Exists(here.filter(profile=profile, role=Membership.Role.ADMINISTRATOR))
    can_act = goes_on.filter(role=Membership.Role.ADMINISTRATOR, profile__user__is_active=True)
    return Organisation.objects.filter(own, Exists(goes_on), ~Exists(can_act))


def _partnerships_left_alone(profile: Profile) -> QuerySet[Partnership]:
    held = Seat.objects.current().filter(partnership=OuterRef("pk"), role=Seat.Role.ADMINISTRATOR)
    goes_on = held.exclude(profile=profile).filter(Q(until=None) | Q(until__gt=clock.today()))
    own = Exists(held.filter(profile=profile))
    lives = Partnership.objects.exclude(state__in=Partnership.OVER)
    return lives.filter(own, ~Exists(goes_on.filter(profile__user__is_active=True)))


def stood_for(profile: Profile) -> str:
    """The organisation one stands for now, else the last one; a draft is named to nobody."""
    begun = profile.memberships.filter(
        status__in=(Membership.Status.ACTIVE, Membership.Status.ENDED),
        since__lte=clock.today(),
        organisation__state=Organisation.State.PUBLISHED,
    )
    now = begun.filter(pk__in=Membership.objects.current().values("pk"))
    last = now.order_by("since", "pk").last() or begun.order_by("until", "pk").last()
    return last.organisation.name if last else ""


def what_goes(profile: Profile) -> list[Line]:
    return _counted(
        (_("Memberships of organisations"), Membership.objects.filter(profile=profile, status__in=Membership.OPEN)),
        (_("Memberships of partnerships"), Participation.objects.lasting().filter(profile=profile)),
        (_("Seats in partnerships"), Seat.objects.current().filter(profile=profile)),
        (_("Applications of your own that wait"), Application.objects.waiting().filter(person=profile)),
        (_("Consents"), profile.consents.current()),
        (_("Things you follow"), Follow.objects.of(profile.user)),
    )


def what_stays(profile: Profile) -> list[Line]:
    done = HistoryEntry.objects.filter(actor_id=profile.user_id)
    return _counted(
        (_("Posts"), Post.objects.standing().filter(author=profile)),
        (_("Documents"), RoomDocument.objects.standing().filter(author=profile)),
        (_("Votes"), Vote.objects.filter(voter=profile)),
        (_("Acts in the history"), done),
    )


def _counted(*lines: tuple[str | Promise, QuerySet]) -> list[Line]:
    found = (Line(label, rows.count()) for label, rows in lines)
    return [line for line in found if line.count]


def own_rows(profile: Profile) -> list[QuerySet]:
    return [reference.rows(profile) for reference in references.pointing_at(Profile, Leaving.OWN)]
