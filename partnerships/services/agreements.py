"""Partnerships: founding, changing, and who stands in them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Organisation, Participation, Partnership, Profile, Seat, Seek, Tier
from partnerships.slugs import free_slug

from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, markdown

Verb = HistoryEntry.Verb
TYPED = ("purpose", "purpose_en", "admission", "admission_en")
LINES = {"name": 200, "name_en": 200, "summary": 300, "summary_en": 300}
SETS = ("topics", "places", "goals")


@transaction.atomic
def create(
    *,
    actor: models.Model,
    tiers: Iterable[Mapping[str, Any]] = (),
    seeks: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> Partnership:
    """Editors and the facilitator open a partnership. Without tiers of its own it has one: full members."""
    if not (actor.has_perm("partnerships.add_partnership") or permissions.is_facilitator(actor)):
        raise NotAllowed(_("Only the municipality may open a partnership."))
    partnership = _save(Partnership(), fields)
    _replace_tiers(partnership, tiers or [{"kind": Tier.Kind.FULL, "name_da": "Medlem", "name_en": "Member"}])
    _replace_seeks(partnership, seeks)
    record(Verb.PARTNERSHIP_CREATED, actor, partnership=partnership)
    return partnership


@transaction.atomic
def update(
    *,
    partnership: Partnership,
    actor: models.Model,
    tiers: Iterable[Mapping[str, Any]] | None = None,
    seeks: Iterable[Mapping[str, Any]] | None = None,
    **fields: Any,
) -> Partnership:
    """Changes the named fields. `tiers` keep those with a `pk` and drop unused ones; `seeks` replace the list."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change it."))
    partnership = _save(partnership, fields)
    if tiers is not None:
        _replace_tiers(partnership, tiers)
    if seeks is not None:
        _replace_seeks(partnership, seeks)
    record(Verb.PARTNERSHIP_CHANGED, actor, partnership=partnership, note=", ".join(sorted(fields)))
    return partnership


@transaction.atomic
def begin_participation(
    *,
    partnership: Partnership,
    organisation: Organisation,
    tier: Tier,
    actor: models.Model,
    since: date | None = None,
    until: date | None = None,
    since_is_known: bool = True,
) -> Participation:
    """Enters an organisation as a member without an application, for members from before the portal."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may enter members."))
    term = {"since": since or clock.today(), "until": until, "since_is_known": since_is_known}
    return enter_as_member(partnership, organisation, tier, actor, **term)


@transaction.atomic
def end_participation(*, participation: Participation, actor: models.Model) -> Participation:
    """Today is the last day; the seats held for it end with it."""
    if not permissions.may_run_partnership(actor, participation.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a membership."))
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    if participation.until and participation.until <= clock.today():
        raise WrongState(_("The membership has ended already."))
    if participation.since > clock.today():
        raise WrongState(_("The membership has not begun."))
    participation.until = clock.today()
    participation.save()
    for seat in participation.seats.filter(models.Q(until=None) | models.Q(until__gt=participation.until)):
        seat.until = participation.until
        seat.save()
    things = {"partnership": participation.partnership, "organisation": participation.organisation}
    record(Verb.PARTICIPATION_ENDED, actor, **things)
    return participation


@transaction.atomic
def appoint(
    *,
    partnership: Partnership,
    profile: Profile,
    role: str,
    actor: models.Model,
    since: date | None = None,
    until: date | None = None,
    participation: Participation | None = None,
) -> Seat:
    """Gives a person a part in the partnership. Representatives and deputies act for a participation."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may appoint people."))
    _check_role(partnership, role, participation)
    seat = Seat(
        partnership=partnership,
        profile=profile,
        role=role,
        participation=participation,
        since=since or clock.today(),
        until=until,
    )
    _in_order(seat)
    _hold(partnership)
    same = Seat.objects.filter(partnership=partnership, profile=profile, role=role, participation=participation)
    if _overlapping(same, seat).exists():
        raise WrongState(_("The person holds that seat already."))
    seat.save()
    record(Verb.SEAT_TAKEN, actor, partnership=partnership, profile=profile, note=role)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, actor: models.Model) -> Seat:
    """Today is the last day. A partnership that takes applications is never left without an administrator."""
    if not permissions.may_run_partnership(actor, seat.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a seat."))
    _hold(seat.partnership)
    seat = Seat.objects.select_related("partnership", "profile").get(pk=seat.pk)
    if seat.until and seat.until <= clock.today():
        raise WrongState(_("The seat has ended already."))
    if seat.role == Seat.Role.ADMINISTRATOR and not _others_administer(seat):
        raise WrongState(_("The partnership needs an administrator. Appoint another first."))
    seat.until = max(clock.today(), seat.since)
    seat.save()
    record(Verb.SEAT_ENDED, actor, partnership=seat.partnership, profile=seat.profile, note=seat.role)
    return seat


def enter_as_member(
    partnership: Partnership,
    organisation: Organisation,
    tier: Tier,
    actor: models.Model,
    since: date,
    until: date | None = None,
    since_is_known: bool = True,
) -> Participation:
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    participation = Participation(
        partnership=partnership,
        organisation=organisation,
        tier=tier,
        since=since,
        until=until,
        since_is_known=since_is_known,
    )
    _in_order(participation)
    _hold(partnership)
    same = Participation.objects.filter(partnership=partnership, organisation=organisation)
    if _overlapping(same, participation).exists():
        raise WrongState(_("The organisation is a member already."))
    participation.save()
    record(Verb.PARTICIPATION_BEGUN, actor, partnership=partnership, organisation=organisation, note=tier.kind)
    return participation


def _hold(partnership: Partnership) -> None:
    """Whoever changes its members or seats comes one after the other, so that what was looked at still holds."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _check_role(partnership: Partnership, role: str, participation: Participation | None) -> None:
    if role not in Seat.Role.values:
        raise Invalid(_("Choose a role from the list."), field="role")
    if (role in Seat.FOR_AN_ORGANISATION) != (participation is not None):
        raise Invalid(_("Representatives and deputies act for a member organisation; others do not."), field="role")
    if participation and participation.partnership_id != partnership.pk:
        raise Invalid(_("Representatives and deputies act for a member organisation; others do not."), field="role")


def _others_administer(seat: Seat) -> bool:
    """Somebody who can sign in goes on after today: two who leave on one day would leave nobody."""
    stays = models.Q(until=None) | models.Q(until__gt=clock.today())
    administer = Seat.objects.current().filter(stays, role=Seat.Role.ADMINISTRATOR, profile__user__is_active=True)
    return administer.filter(partnership=seat.partnership).exclude(pk=seat.pk).exists()


def _in_order(term: Participation | Seat | Partnership) -> None:
    if term.since and term.until and term.until < term.since:
        raise Invalid(_("The last day is before the first."), field="until")


def _overlapping(terms: models.QuerySet, new: Participation | Seat) -> models.QuerySet:
    """Those with a day in common with the new one."""
    still = models.Q(until=None) | models.Q(until__gte=new.since)
    return terms.filter(still, since__lte=new.until) if new.until else terms.filter(still)


def _save(partnership: Partnership, fields: Mapping[str, Any]) -> Partnership:
    fields = dict(fields)
    related = {name: fields.pop(name) for name in SETS if name in fields}
    for name in [name for name in TYPED if name in fields]:
        markdown(partnership, name, fields.pop(name), required=name == "purpose")
    for name, longest in LINES.items():
        if name in fields:
            fields[name] = line(fields[name], field=name, longest=longest, required=name == "name")
    for name, value in fields.items():
        setattr(partnership, name, value)
    if partnership.kind not in Partnership.Kind.values:
        raise Invalid(_("Choose a kind from the list."), field="kind")
    if partnership.responsible.kind not in Organisation.MAY_BE_RESPONSIBLE:
        raise Invalid(_("The municipality or an association runs a partnership."), field="responsible")
    _in_order(partnership)
    partnership.slug = partnership.slug or free_slug(Partnership, partnership.name)
    partnership.save()
    for name, things in related.items():
        getattr(partnership, name).set(things)
    return partnership


def _replace_tiers(partnership: Partnership, tiers: Iterable[Mapping[str, Any]]) -> None:
    kept, own = [], set(partnership.tiers.values_list("pk", flat=True))
    for order, row in enumerate(tiers):
        if row.get("pk", row.get("id")) not in {None, *own}:
            raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tiers")
        tier = Tier(**{**_typed(Tier, row, "tiers"), "partnership": partnership, "order": order})
        tier.save()
        kept.append(tier.pk)
    try:
        partnership.tiers.exclude(pk__in=kept).delete()
    except models.ProtectedError as error:
        raise WrongState(_("A kind of membership that is in use cannot be removed."), field="tiers") from error


def _replace_seeks(partnership: Partnership, seeks: Iterable[Mapping[str, Any]]) -> None:
    partnership.seeks.all().delete()
    for row in seeks:
        kept = {name: value for name, value in row.items() if name not in ("pk", "id")}
        partnership.seeks.create(**_typed(Seek, kept, "seeks"))


def _typed(model: type[models.Model], row: Mapping[str, Any], of: str) -> dict[str, Any]:
    """A row with its lines of text cleaned and measured, as every other line that somebody typed."""
    texts = {field.name: field for field in model._meta.fields if type(field) is models.CharField and not field.choices}
    return {
        name: line(value, field=of, longest=texts[name].max_length, required=not texts[name].blank)
        if name in texts
        else value
        for name, value in row.items()
    }
