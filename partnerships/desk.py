"""A member's desk: what waits for one, what one waits for, what happened. Reading only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import clock, permissions, room_tasks, visibility
from partnerships.application_tasks import OF_APPLICATION, applications_for, drafts_of, questions_for
from partnerships.handover.queue import organisations_with_a_queue, somebody_is_gone
from partnerships.models import (
    Application,
    HistoryEntry,
    Invitation,
    Meeting,
    Membership,
    Partnership,
    Post,
    Proposal,
    RoomDocument,
)
from partnerships.models.verbs import OF_VOTES
from partnerships.municipal_tasks import reports_for, unverified_for


@dataclass(frozen=True)
class Task:
    """One thing that waits for somebody. `due` is the promised day, None where nothing was promised."""

    kind: str
    title: str
    text: str
    url: str
    due: date | None = None

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due < clock.today()


def requests_for(user: Model) -> QuerySet[Membership]:
    """Requests to join an organisation that this user may answer."""
    administered = Membership.objects.current().filter(role=Membership.Role.ADMINISTRATOR)
    mine = Q(organisation__in=administered.filter(profile__user_id=user.pk).values("organisation_id"))
    if permissions.helps_organisations(user):
        led = administered.filter(profile__user__is_active=True).values("organisation_id")
        mine |= ~Q(organisation__in=led)
    waiting = Membership.objects.waiting().filter(mine).exclude(profile__user_id=user.pk)
    return waiting.select_related("profile", "organisation").order_by("requested")


def invitations_for(user: Model) -> QuerySet[Invitation]:
    """Invitations that this user may answer and that still hold."""
    waiting = Invitation.objects.open().received_by(user)
    return waiting.select_related("organisation", "partnership", "tier", "invited_by").order_by("sent")


def proposals_for(user: Model) -> QuerySet[Proposal]:
    """Proposals about a membership that wait for this user's side: to answer, to agree to, or to decide once heard."""
    mine = visibility.organisations_of(user, Membership.Role.ADMINISTRATOR)
    own = Q(participation__organisation__in=mine) | Q(participation__profile__user_id=user.pk)
    administered = Q(participation__partnership__in=visibility.administered_by(user))
    administered &= ~Q(participation__organisation__in=visibility.organisations_of(user))
    heard = Q(answered__isnull=False) | Q(answer_by__lt=clock.today())
    to_decide = administered & (Q(kind=Proposal.Kind.TIER, by_the_member=True) | Q(heard, kind=Proposal.Kind.EXCLUSION))
    to_answer = own & (Q(kind=Proposal.Kind.TIER, by_the_member=False) | Q(kind=Proposal.Kind.EXCLUSION, answered=None))
    found = Proposal.objects.open().filter(to_decide | to_answer)
    return found.select_related(
        "tier", "participation__partnership", "participation__organisation", "participation__profile"
    ).order_by("answer_by", "proposed")


def foundings_for(user: Model) -> QuerySet[Partnership]:
    """Proposed partnerships that this user may open."""
    waiting = Partnership.objects.filter(state=Partnership.State.PROPOSED).select_related("proposed_by")
    return waiting.order_by("created") if permissions.is_facilitator(user) else waiting.none()


def proposed_by(user: Model) -> QuerySet[Partnership]:
    """This user's proposals that wait for an answer, or that got a no and may be mended."""
    own = Partnership.objects.filter(state__in=Partnership.BEFORE, proposed_by__user_id=user.pk)
    return own.order_by("-created")


def keys(rows: QuerySet) -> QuerySet:
    """Ready to stand in another query."""
    return rows.order_by().values("pk")


def tasks_for(user: Model) -> list[Task]:
    """What waits for this user, the overdue and the soonest due first."""
    given = (_applications, _requests, _invitations, _of_applicants, _proposals, _of_the_municipality)
    every = [task for tasks in (*given, _from_the_rooms, _handovers) for task in tasks(user)]
    return sorted(every, key=lambda task: task.due or date.max)


def _applications(user: Model) -> Iterator[Task]:
    asks, sent = _("%(organisation)s wants to join %(partnership)s"), _("Sent %(date)s.")
    for one in applications_for(user):
        title = asks % {"organisation": one.who, "partnership": one.partnership}
        said = sent % {"date": clock.local_day(one.sent)}
        yield Task("application", title, said, one.get_absolute_url(), one.promised)


def _requests(user: Model) -> Iterator[Task]:
    asks = _("%(person)s asks to join %(organisation)s")
    for one in requests_for(user):
        title = asks % {"person": one.profile, "organisation": one.organisation}
        yield Task("membership", title, one.message, one.get_absolute_url())


def _invitations(user: Model) -> Iterator[Task]:
    for one in invitations_for(user):
        yield Task(
            "invitation", _("You are invited to %(name)s") % {"name": one.to}, one.as_what, one.get_absolute_url()
        )


def _proposals(user: Model) -> Iterator[Task]:
    for one in proposals_for(user):
        yield Task("proposal", one.title, one.reason, one.participation.get_absolute_url(), one.answer_by)


def _of_the_municipality(user: Model) -> list[Task]:
    """What the facilitator and the municipality's editors answer: proposals, organisations nobody verified, reports."""
    proposed, verify = _("%(name)s is proposed as a partnership"), _("Verify %(name)s")
    by, reported_by = _("By %(person)s."), _("Reported by %(name)s.")
    registered = _("Registered %(date)s.")
    return [
        *(
            Task("founding", proposed % {"name": one}, by % {"person": one.proposed_by or "–"}, one.get_absolute_url())
            for one in foundings_for(user)
        ),
        *(
            Task("report", str(one), reported_by % {"name": one.reporter}, one.get_absolute_url())
            for one in reports_for(user)
        ),
        *(
            Task(
                "verification",
                verify % {"name": one},
                registered % {"date": clock.local_day(one.created)},
                reverse("partnerships:organisation_verify", args=[one.slug]),
            )
            for one in unverified_for(user)
        ),
    ]


def _handovers(user: Model) -> list[Task]:
    if not somebody_is_gone(user):
        return []
    return [
        Task(
            "handover",
            _("Name who takes over in %(organisation)s") % {"organisation": one},
            _("Somebody who has left, is away or gets no mail looked after pages, posts or seats."),
            reverse("partnerships:handover", args=[one.slug]),
        )
        for one in organisations_with_a_queue(user)
    ]


def _of_applicants(user: Model) -> list[Task]:
    """What those who decide have asked, and what one has begun and not sent."""
    asks, begun = _("%(partnership)s asks about your application"), _("Your draft to %(partnership)s is not sent")
    return [
        *(
            Task("question", asks % {"partnership": to.partnership}, one.question, to.get_absolute_url(), one.due)
            for one in questions_for(user)
            for to in [one.application]
        ),
        *(
            Task("draft", begun % {"partnership": one.partnership}, "", one.get_absolute_url())
            for one in drafts_of(user)
        ),
    ]


def _from_the_rooms(user: Model) -> list[Task]:
    """Invitations to meetings, what one took on there, and minutes that are still to be approved."""
    return [
        *(_about(one, "meeting", _("Will you come to the meeting?")) for one in room_tasks.invitations_for(user)),
        *(
            Task("decision", one.text, str(one.meeting), one.meeting.get_absolute_url(), one.due)
            for one in room_tasks.decisions_for(user)
        ),
        *(_about(one, "minutes", _("Write or approve the minutes")) for one in room_tasks.without_minutes(user)),
    ]


def _about(meeting: Meeting, kind: str, title: str) -> Task:
    when = _("%(meeting)s, %(date)s, %(partnership)s") % {
        "meeting": meeting,
        "date": clock.local_day(meeting.begins),
        "partnership": meeting.partnership,
    }
    return Task(kind, title, when, meeting.get_absolute_url())


def sent_by(user: Model) -> QuerySet[Application]:
    """Applications that this user sent or may withdraw, and that wait for an answer."""
    return Application.objects.waiting().on_the_side_of(user).select_related(*OF_APPLICATION).order_by("promised")


def asked_by(user: Model) -> QuerySet[Membership]:
    """Requests of this user to join an organisation that wait for an answer."""
    return Membership.objects.waiting().filter(profile__user_id=user.pk).select_related("organisation")


def happened(user: Model, limit: int = 12) -> list[HistoryEntry]:
    """The latest acts that concern this user: their own, their organisations', their partnerships'."""
    mine = Q(actor_id=user.pk) | Q(profile__user_id=user.pk)
    organisations = Q(organisation__in=_applied_for(user), application__isnull=False)
    run = Q(partnership__in=visibility.administered_by(user))
    votes = Q(verb__in=OF_VOTES) & ~Q(actor_id=user.pk)  # Who may see them reads them on the application.
    entries = HistoryEntry.objects.filter(mine | organisations | run).filter(_may_be_opened(user)).exclude(votes)
    return list(
        entries.select_related(
            "organisation",
            "partnership",
            "application",
            "membership__organisation",
            "post",
            "room_document",
            "meeting",
            "profile",
        )[:limit]
    )


def _applied_for(user: Model) -> QuerySet:
    """Organisations that this user may apply for (permissions.may_apply_for, for many at once)."""
    return visibility.organisations_of(user, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)


def _may_be_opened(user: Model) -> Q:
    """An act whose thing one may no longer see is not told: its link would lead nowhere."""
    application = Q(application__in=Application.objects.visible_to(user).order_by().values("pk"))
    membership = (
        Q(membership__profile__user_id=user.pk)
        | Q(membership__decided_by__user_id=user.pk)
        | Q(membership__organisation__in=visibility.organisations_of(user, Membership.Role.ADMINISTRATOR))
    )
    post = Q(post__removed__isnull=False) | Q(post__in=Post.objects.visible_to(user).order_by().values("pk"))
    known = Q(partnership=None) | Q(partnership__in=Partnership.objects.visible_to(user)) | application
    return (
        known
        & (Q(application=None) | application)
        & (Q(membership=None) | membership)
        & (Q(post=None) | post)
        & (Q(room_document=None) | Q(room_document__in=keys(RoomDocument.objects.visible_to(user))))
        & (Q(meeting=None) | Q(meeting__in=keys(Meeting.objects.visible_to(user))))
    )
