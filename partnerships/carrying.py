"""This app's own rows in the registry, and how those that could be had twice are carried from one organisation to another."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from partnerships import clock, references
from partnerships.models import (
    AdmissionRule,
    Application,
    ApplicationDraft,
    ApplicationFile,
    Block,
    CalendarAddress,
    Consent,
    Decision,
    DirectMessage,
    DocumentVersion,
    DomainProof,
    Follow,
    FormerName,
    HistoryEntry,
    Inquiry,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingDecision,
    Membership,
    NewsAbout,
    OldAddress,
    Organisation,
    PageDraft,
    Participation,
    Partnership,
    Post,
    Profile,
    Proposal,
    Report,
    RoomDocument,
    Seat,
    SpokenLanguage,
    Statutes,
    Vote,
)
from partnerships.references import Leaving, Reference

STRONGER = [Membership.Role.MEMBER, Membership.Role.EDITOR, Membership.Role.ADMINISTRATOR]


def register() -> None:
    to = references.register
    to(Organisation.places.through, "organisation")
    to(Organisation.topics.through, "organisation")
    to(Organisation.sectors.through, "organisation")
    to(Organisation, "parent", carry=not_to_itself)
    to(Organisation, "successor", carry=not_to_itself)
    to(PageDraft, "organisation", carry=left_behind)
    to(OldAddress, "organisation", carry=references.all_at_once)
    to(DomainProof, "organisation", carry=left_behind)
    to(DomainProof, "profile", leaving=Leaving.OWN)
    to(PageDraft, "saved_by")
    to(Organisation, "verified_by", leaving=Leaving.RECORD)
    to(FormerName, "organisation")
    to(Membership, "organisation", carry=as_one_belonging)
    to(Participation, "organisation", carry=as_one_member)
    to(Participation, "profile", leaving=Leaving.ENDS)
    to(Proposal, "proposed_by")
    to(Proposal, "answered_by")
    to(Proposal, "decided_by")
    to(Application, "organisation", carry=as_one_applicant)
    to(Partnership, "responsible", carry=references.all_at_once)
    to(Partnership, "organisation", carry=references.all_at_once)
    to(Partnership, "funder", carry=references.all_at_once)
    to(Partnership, "proposed_by")
    to(Statutes, "entered_by")
    to(Post, "organisation", carry=references.all_at_once)
    to(HistoryEntry, "organisation", carry=references.all_at_once)
    to(Invitation, "organisation")
    to(Invitation, "invited_by")
    to(Invitation, "accepted_by")
    to(Follow, "organisation", leaving=Leaving.OWN)
    to(NewsAbout, "organisation", carry=references.all_at_once)
    to(Profile.topics.through, "profile", leaving=Leaving.OWN)
    to(Consent, "profile", leaving=Leaving.OWN)
    to(SpokenLanguage, "profile", leaving=Leaving.OWN)
    to(DirectMessage, "sender")
    to(DirectMessage, "person")
    to(DirectMessage, "organisation", carry=references.all_at_once)
    to(Block, "sender")
    to(Block, "person", leaving=Leaving.OWN)
    to(Block, "organisation")
    to(Report, "reporter")
    to(Report, "profile")
    to(Report, "decided_by")
    to(Membership, "profile", leaving=Leaving.ENDS)
    to(Membership, "decided_by")
    to(Seat, "profile", leaving=Leaving.TASK)
    to(Application, "applicant")
    to(Application, "person", leaving=Leaving.ENDS)
    to(Application, "representative", leaving=Leaving.TASK)
    to(AdmissionRule, "made_by")
    to(ApplicationDraft, "profile", leaving=Leaving.OWN)
    to(ApplicationFile, "added_by")
    to(Inquiry, "asked_by")
    to(Inquiry, "answered_by")
    to(Vote, "voter")
    to(Decision, "decided_by")
    to(Post, "author", leaving=Leaving.TASK)
    to(Post, "keeper", leaving=Leaving.TASK)
    to(HistoryEntry, "profile")
    to(RoomDocument, "author", leaving=Leaving.TASK)
    to(RoomDocument, "keeper", leaving=Leaving.TASK)
    to(DocumentVersion, "author")
    to(Meeting, "author")
    to(MeetingAnswer, "profile", leaving=Leaving.OWN)
    to(MeetingDecision, "responsible", leaving=Leaving.TASK)
    to(CalendarAddress, "profile", leaving=Leaving.OWN)


def not_to_itself(reference: Reference, old: Organisation, new: Organisation) -> None:
    """What was part of the old one is part of the new one; the new one is no part of itself."""
    reference.rows(old).exclude(pk__in=[old.pk, new.pk]).update(**{reference.field: new})
    reference.rows(old).update(**{reference.field: None})


def left_behind(reference: Reference, old: Organisation, new: Organisation) -> None:
    """An unfinished change and an unused proof were about the old page alone."""
    reference.rows(old).delete()


def as_one_belonging(reference: Reference, old: Organisation, new: Organisation) -> None:
    """Who belongs to both keeps the stronger role and the longer time; the other belonging is kept as ended."""
    for row in reference.rows(old):
        same = Membership.objects.filter(organisation=new, profile=row.profile_id, status__in=Membership.OPEN).first()
        if same is not None and row.status in Membership.OPEN:
            _joined(row, same)
        row.organisation = new
        row.save()


def _joined(row: Membership, same: Membership) -> None:
    active = Membership.Status.ACTIVE
    if row.status == active:
        roles = [row.role, same.role] if same.status == active else [row.role]
        same.role = max(roles, key=STRONGER.index)
        same.since = min(filter(None, [same.since, row.since]))
        same.until = None if None in (row.until, same.until) else max(row.until, same.until)
        same.status = active
        same.save()
    row.status, row.until = Membership.Status.ENDED, clock.today()


def as_one_member(reference: Reference, old: Organisation, new: Organisation) -> None:
    """Where both are members, the new one's membership goes on from the earlier day, with those who act for the old one."""
    for row in reference.rows(old):
        same = _still(Participation.objects.filter(organisation=new, partnership=row.partnership_id)).first()
        if same is not None and _still(Participation.objects.filter(pk=row.pk)).exists():
            _one_who_acts(row, same)
            Seat.objects.filter(participation=row).update(participation=same)
            _one_term(row, same)
        row.organisation = new
        row.save()


def _still(rows: QuerySet) -> QuerySet:
    return rows.filter(Q(until=None) | Q(until__gte=clock.today()))


def _one_who_acts(row: Participation, same: Participation) -> None:
    """Where both have a representative or a deputy, the new one's goes on."""
    taken = same.seats.filter(until=None).values("role")
    for seat in row.seats.filter(until=None, role__in=taken):
        seat.until = max(seat.since, clock.today())
        seat.save()


def _one_term(row: Participation, same: Participation) -> None:
    if row.since < same.since:
        same.since, same.since_is_known = row.since, row.since_is_known
    same.until = None if None in (row.until, same.until) else max(row.until, same.until)
    row.until = max(row.since, clock.today() - timedelta(days=1))
    row.save(update_fields=["until"])
    same.save()


def as_one_applicant(reference: Reference, old: Organisation, new: Organisation) -> None:
    """Of two open applications to one partnership the old one's counts as withdrawn."""
    for row in reference.rows(old):
        row.organisation = new
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            row.state = Application.State.WITHDRAWN
            row.save()
