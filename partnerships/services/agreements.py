"""Partnerships: founding, changing, and who stands in them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Organisation, Participation, Partnership, Profile, Seat, Tier
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
) -> Participation:
    """Enters an organisation as a member without an application, for members from before the portal."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may enter members."))
    return enter_as_member(partnership, organisation, tier, actor, since or clock.today(), until)


@transaction.atomic
def end_participation(*, participation: Participation, actor: models.Model) -> Participation:
    """Today is the last day; the seats held for it end with it."""
    if not permissions.may_run_partnership(actor, participation.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a membership."))
    if participation.until and participation.until <= clock.today():
        raise WrongState(_("The membership has ended already."))
    participation.until = clock.today()
    participation.save()
    for seat in participation.seats.filter(until=None):
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
    if (role in Seat.FOR_AN_ORGANISATION) != (participation is not None):
        raise Invalid(_("Representatives and deputies act for a member organisation; others do not."), field="role")
    seat = Seat(
        partnership=partnership,
        profile=profile,
        role=role,
        participation=participation,
        since=since or clock.today(),
        until=until,
    )
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError as error:
        raise WrongState(_("The person holds that seat already.")) from error
    record(Verb.SEAT_TAKEN, actor, partnership=partnership, profile=profile, note=role)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, actor: models.Model) -> Seat:
    """Today is the last day. A partnership that takes applications is never left without an administrator."""
    if not permissions.may_run_partnership(actor, seat.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a seat."))
    administrators = Seat.objects.current().filter(partnership=seat.partnership, role=Seat.Role.ADMINISTRATOR)
    if seat.role == Seat.Role.ADMINISTRATOR and not administrators.exclude(pk=seat.pk).exists():
        raise WrongState(_("The partnership needs an administrator. Appoint another first."))
    seat.until = clock.today()
    seat.save()
    record(Verb.SEAT_ENDED, actor, partnership=seat.partnership, profile=seat.profile, note=seat.role)
    return seat


def enter_as_member(
    partnership: Partnership,
    organisation: Organisation,
    tier: Tier,
    actor: models.Model,
    since: date,
    until: date | None,
) -> Participation:
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    participation = Participation(
        partnership=partnership, organisation=organisation, tier=tier, since=since, until=until
    )
    try:
        with transaction.atomic():
            participation.save()
    except IntegrityError as error:
        raise WrongState(_("The organisation is a member already.")) from error
    record(Verb.PARTICIPATION_BEGUN, actor, partnership=partnership, organisation=organisation, note=tier.kind)
    return participation


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
    partnership.slug = partnership.slug or free_slug(Partnership, partnership.name)
    partnership.save()
    for name, things in related.items():
        getattr(partnership, name).set(things)
    return partnership


def _replace_tiers(partnership: Partnership, tiers: Iterable[Mapping[str, Any]]) -> None:
    kept = []
    for order, row in enumerate(tiers):
        tier = Tier(**{**row, "partnership": partnership, "order": order})
        tier.save()
        kept.append(tier.pk)
    try:
        partnership.tiers.exclude(pk__in=kept).delete()
    except models.ProtectedError as error:
        raise WrongState(_("A kind of membership that is in use cannot be removed."), field="tiers") from error


def _replace_seeks(partnership: Partnership, seeks: Iterable[Mapping[str, Any]]) -> None:
    partnership.seeks.all().delete()
    for row in seeks:
        partnership.seeks.create(**{name: value for name, value in row.items() if name not in ("pk", "id")})
