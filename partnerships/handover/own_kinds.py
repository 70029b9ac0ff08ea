"""What people do for their organisation in partnerships: a seat, a post, a document, an application, what a meeting decided."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partnerships import clock
from partnerships.models import (
    Application,
    Meeting,
    MeetingDecision,
    Membership,
    Participation,
    Partnership,
    Post,
    Profile,
    RoomDocument,
    Seat,
)
from partnerships.services.refusals import WrongState
from partnerships.services.representing import name_representative

from .gone import is_gone
from .kinds import Item


def marked(rows: QuerySet, organisation: models.Expression, person: models.Expression) -> QuerySet:
    """Those that are to be handed over, with whose queue they stand in and whose they were."""
    named = rows.annotate(from_organisation=organisation, from_person=person)
    return named.filter(is_gone("from_person", "from_organisation"))


def taken_over(row: Model, field: str, successor: Profile) -> None:
    """Under the row's lock: who had it when the queue was read has it still."""
    now = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(now, f"{field}_id") != getattr(row, f"{field}_id"):
        raise WrongState(_("Somebody else has taken it on meanwhile. Look again."))
    setattr(now, field, successor)
    now.save(update_fields=[field])


class Seats:
    """Representative and deputy: held by somebody who is gone, or ended because they left, and nobody named since."""

    name, history, label = "seat", "", gettext_lazy("Seat")

    def rows(self, user: Model) -> QuerySet[Seat]:
        open_ones = Participation.objects.current().filter(partnership__in=_lasting(user), organisation__isnull=False)
        seats = Seat.objects.filter(role__in=Seat.FOR_AN_ORGANISATION, participation__in=open_ones.order_by())
        seats = marked(seats, F("participation__organisation"), F("profile"))
        return seats.filter(_runs() | Q(Exists(_left_with_it())), ~Exists(_later())).select_related(
            "partnership", "participation__organisation", "participation__partnership"
        )

    def item(self, row: Seat) -> Item:
        return Item(self, row, row.partnership.name_shown, row.get_role_display(), row.participation.get_absolute_url)

    def give(self, row: Seat, successor: Profile, actor: Model) -> None:
        runs = row.until is None or row.until >= clock.today()
        name_representative(
            participation=row.participation,
            profile=successor,
            actor=actor,
            role=row.role,
            until=row.until if runs else None,
            replaces=row if runs else None,
        )


def _runs() -> Q:
    return Q(until=None) | Q(until__gte=clock.today())


def _left_with_it() -> QuerySet[Membership]:
    """Who leaves an organisation acted for it until the day before; who ended the seat earlier did so for another reason."""
    day_after = models.ExpressionWrapper(OuterRef("until") + timedelta(days=1), output_field=models.DateField())
    both = {"profile": OuterRef("profile"), "organisation": OuterRef("from_organisation")}
    return Membership.objects.filter(**both, until__lte=day_after)


def _later() -> QuerySet[Seat]:
    same = Seat.objects.filter(participation=OuterRef("participation"), role=OuterRef("role"))
    after = Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    return same.exclude(pk=OuterRef("pk")).filter(_runs() | after)


def _lasting(user: Model) -> QuerySet[Partnership]:
    return Partnership.objects.visible_to(user).exclude(state__in=Partnership.OVER).order_by()


def _takes_part(organisation: str) -> Exists:
    now = Participation.objects.current().filter(partnership=OuterRef("partnership"))
    return Exists(now.filter(organisation=OuterRef(organisation)))


def _is_there_otherwise(partnership: str) -> Q:
    """Takes part in it still, through another organisation or a seat: what they did there is theirs to look after."""
    takes_part = Participation.objects.current().filter(partnership=OuterRef(OuterRef(partnership)))
    belongs = Membership.objects.current().filter(profile=OuterRef("from_person"))
    elsewhere = belongs.filter(organisation__in=takes_part.order_by().values("organisation"))
    sits = Seat.objects.current().filter(profile=OuterRef("from_person"), partnership=OuterRef(partnership))
    here = belongs.filter(organisation=OuterRef("from_organisation"))
    return ~Q(Exists(here)) & (Q(Exists(elsewhere)) | Q(Exists(sits)))


class Posts:
    """Written for the organisation, where it still takes part."""

    name, history, label = "post", "post", gettext_lazy("Post")

    def rows(self, user: Model) -> QuerySet[Post]:
        posts = Post.objects.visible_to(user).filter(_takes_part("organisation"), organisation__isnull=False)
        found = marked(posts, F("organisation"), Coalesce("keeper", "author"))
        return found.filter(partnership__in=_lasting(user)).select_related("partnership")

    def item(self, row: Post) -> Item:
        return Item(self, row, row.title, row.partnership.name_shown, row.get_absolute_url)

    def give(self, row: Post, successor: Profile, actor: Model) -> None:
        taken_over(row, "keeper", successor)


class Documents:
    """Shared by somebody of the organisation in the room of a partnership in which it still takes part."""

    name, history, label = "document", "room_document", gettext_lazy("Document")

    def rows(self, user: Model) -> QuerySet[RoomDocument]:
        here = Participation.objects.current().filter(organisation__isnull=False, partnership__in=_lasting(user))
        readable = RoomDocument.objects.visible_to(user).order_by().values("pk")
        documents = RoomDocument.objects.filter(pk__in=readable, partnership__participations__in=here.order_by())
        found = marked(documents, F("partnership__participations__organisation"), Coalesce("keeper", "author"))
        return found.exclude(_is_there_otherwise("partnership")).select_related("partnership")

    def item(self, row: RoomDocument) -> Item:
        return Item(self, row, row.title, row.partnership.name_shown, row.get_absolute_url)

    def give(self, row: RoomDocument, successor: Profile, actor: Model) -> None:
        taken_over(row, "keeper", successor)


class Applications:
    """That wait, and name somebody who is gone as the representative to be."""

    name, history, label = "application", "application", pgettext_lazy("handover", "Application")

    def rows(self, user: Model) -> QuerySet[Application]:
        waiting = Application.objects.waiting().filter(organisation__isnull=False, representative__isnull=False)
        found = marked(waiting, F("organisation"), F("representative"))
        return found.select_related("partnership")

    def item(self, row: Application) -> Item:
        return Item(self, row, row.partnership.name_shown, _("The representative to be"), row.get_absolute_url)

    def give(self, row: Application, successor: Profile, actor: Model) -> None:
        taken_over(row, "representative", successor)


class Decisions:
    """What a meeting decided and somebody who is gone was to carry out."""

    name, history, label = "decision", "", gettext_lazy("Decision")

    def rows(self, user: Model) -> QuerySet[MeetingDecision]:
        here = Participation.objects.current().filter(organisation__isnull=False, partnership__in=_lasting(user))
        readable = Meeting.objects.visible_to(user).exclude(minutes_approved=None).order_by().values("pk")
        open_ones = MeetingDecision.objects.filter(done=None, meeting__in=readable, responsible__isnull=False)
        open_ones = open_ones.filter(meeting__partnership__participations__in=here.order_by())
        found = marked(open_ones, F("meeting__partnership__participations__organisation"), F("responsible"))
        return found.exclude(_is_there_otherwise("meeting__partnership")).select_related("meeting__partnership")

    def item(self, row: MeetingDecision) -> Item:
        return Item(self, row, row.text, str(row.meeting), row.meeting.get_absolute_url)

    def give(self, row: MeetingDecision, successor: Profile, actor: Model) -> None:
        taken_over(row, "responsible", successor)


ALL = (Seats(), Posts(), Documents(), Applications(), Decisions())
