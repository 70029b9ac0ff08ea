"""Many people at once from a table: read, tried without doing anything, then done, with a report for each line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Invitation, Membership, Organisation
from partnerships.people_table import Row

from .history import record
from .invitations import invite_colleague
from .refusals import NotAllowed, Refusal, WrongState
from .roles import change_role
from .typed import line

Verb = HistoryEntry.Verb


class Undone(Exception):
    """Ends a trial, so that nothing of it stays."""


@dataclass(frozen=True)
class Reported:
    """What came, or would come, of one line."""

    row: Row
    said: str
    is_fault: bool = False


def read_in(*, organisation: Organisation, actor: models.Model, rows: Iterable[Row], trial: bool) -> list[Reported]:
    """A line that is refused holds back no other. A trial does the same and takes it back: what it says will happen."""
    if not permissions.may_administer_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    reports: list[Reported] = []
    try:
        with transaction.atomic():
            reports += [_line(organisation, actor, row) for row in _each_once(rows)]
            if trial:
                raise Undone
    except Undone:
        pass
    return reports


def _each_once(rows: Iterable[Row]) -> Iterable[Row]:
    seen: set[str] = set()
    for row in rows:
        yield row.with_fault(_("The address stands twice in the list.")) if row.email in seen and row.email else row
        seen.add(row.email)


def _line(organisation: Organisation, actor: models.Model, row: Row) -> Reported:
    if row.fault:
        return Reported(row, row.fault, is_fault=True)
    try:
        with transaction.atomic():
            return Reported(row, _done(organisation, actor, row))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return Reported(row, str(refusal.message), is_fault=True)


def _done(organisation: Organisation, actor: models.Model, row: Row) -> str:
    """Who belongs already gets the role and term of the list; anybody else is invited, whoever they are elsewhere."""
    own = _belonging(organisation, row.email)
    if own is not None:
        return _changed(own, actor, row)
    line(row.name, field="name", longest=120)
    if row.since and row.since > clock.today():
        raise WrongState(_("The first day is to come. Invite the person then."))
    invite_colleague(organisation=organisation, email=row.email, actor=actor, role=row.role, name=row.name)
    Invitation.objects.filter(organisation=organisation, email=row.email, state=Invitation.State.SENT).update(
        until=row.until
    )
    return _("Is invited.")


def _belonging(organisation: Organisation, email: str) -> Membership | None:
    """Found by an address that the person has confirmed."""
    confirmed = {"profile__user__emailaddress__email__iexact": email, "profile__user__emailaddress__verified": True}
    rows = Membership.objects.current().filter(organisation=organisation, **confirmed)
    return rows.select_related("profile", "organisation").first()


def _changed(own: Membership, actor: models.Model, row: Row) -> str:
    said = []
    if own.role != row.role:
        change_role(membership=own, actor=actor, role=row.role)
        said.append(_("gets the role %(role)s") % {"role": Membership.Role(row.role).label})
    if _takes_term(own, row.since, row.until):
        _ends_no_last_administrator(own, row)
        Membership.objects.filter(pk=own.pk).update(since=row.since or own.since, until=row.until or own.until)
        things = {"organisation": own.organisation, "membership": own, "profile": own.profile}
        record(Verb.MEMBERSHIP_TERM_CHANGED, actor, **things)
        said.append(_("gets the days of the list"))
    if not said:
        return _("Belongs here already.")
    return _("Belongs here already, and %(changes)s.") % {"changes": ", ".join(said)}


def _takes_term(own: Membership, since: date | None, until: date | None) -> bool:
    return bool(since and since != own.since) or bool(until and until != own.until)


def _ends_no_last_administrator(own: Membership, row: Row) -> None:
    from_today = row.since is None or row.since <= clock.today()
    if (row.until is None and from_today) or row.role != Membership.Role.ADMINISTRATOR:
        return
    others = permissions.administrators_of(own.organisation).exclude(pk=own.pk)
    if not others.filter(until=None).exists():
        raise WrongState(_("The organisation needs an administrator. Appoint another first."))
