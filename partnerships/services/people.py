"""Profiles, and belonging to an organisation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.languages import known
from partnerships.models import HistoryEntry, Membership, Organisation, Profile, SpokenLanguage, Topic
from partnerships.slugs import free_slug
from partnerships.told import memberships as told

from .consents import is_oneself
from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .seats import end_what_is_held_for
from .typed import line, lines

Verb = HistoryEntry.Verb
ATTEMPTS = 5
ONE_LINE = {"headline", "headline_en"}
SEVERAL = {"expertise": 2000, "expertise_en": 2000, "ask_about": 600, "ask_about_en": 600}
AWAY = {"away_from", "away_until"}


@transaction.atomic
def create_profile(*, user: models.Model, name: str) -> Profile:
    """Every account has one profile; asked twice, the first answer stands."""
    existing = Profile.objects.filter(user=user).first()
    if existing:
        return existing
    name = line(name, field="name", longest=120) or user.email.split("@")[0]
    profile, made = _entered(name, user)
    if made:
        record(Verb.PROFILE_CREATED, user, profile=profile)
    return profile


def _entered(name: str, user: models.Model | None) -> tuple[Profile, bool]:
    """The new row, or the one that this user got in the same moment. Of two with one name, both get an address. They are
    written to in the language they read then, until they choose another."""
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                spoken = known(get_language())
                slug = free_slug(Profile, name)
                return Profile.objects.create(user=user, name=name, slug=slug, mail_language=spoken), True
        except IntegrityError:
            existing = user and Profile.objects.filter(user=user).first()
            if existing:
                return existing, False
    raise WrongState(_("Somebody with the same name was entered in the same moment. Try again."))


def profile_of(user: models.Model) -> Profile:
    """The user's profile, made where an account came without one (the first administrator's)."""
    if not user.is_authenticated:
        raise NotAllowed(_("Log in"))
    return getattr(user, "profile", None) or create_profile(user=user, name=user.get_full_name())


@transaction.atomic
def enter_person(*, actor: models.Model, name: str, topics: Iterable[Topic] = (), **fields: str) -> Profile:
    """An editor enters a person who has no account; nobody sees them before they agree themselves."""
    if not actor.has_perm("partnerships.add_profile"):
        raise NotAllowed(_("Only editors may enter people."))
    name = line(name, field="name", longest=120, required=True)
    profile, _made = _entered(name, None)
    return _save_profile(profile, actor, Verb.PROFILE_CREATED, topics, fields)


@transaction.atomic
def update_profile(
    *, profile: Profile, actor: models.Model, name: str, topics: Iterable[Topic] = (), **fields: Any
) -> Profile:
    """One's own, or an editor's correction. `fields` are those of ONE_LINE, SEVERAL and AWAY, and languages by code."""
    if not is_oneself(profile, actor) and not actor.has_perm("partnerships.change_profile"):
        raise NotAllowed(_("You may only change your own profile."))
    if profile.has_left:
        raise WrongState(_("The person has left the portal."))
    profile.name = line(name, field="name", longest=120, required=True)
    return _save_profile(profile, actor, Verb.PROFILE_CHANGED, topics, fields)


def _save_profile(
    profile: Profile, actor: models.Model, verb: Verb, topics: Iterable[Topic], fields: Mapping[str, Any]
) -> Profile:
    for field in ONE_LINE & fields.keys():
        setattr(profile, field, line(fields[field], field=field, longest=120))
    for field, longest in SEVERAL.items():
        if field in fields:
            setattr(profile, field, lines(fields[field], field=field, longest=longest))
    _set_away(profile, fields)
    profile.save()
    profile.topics.set(topics)
    if "languages" in fields:
        _set_languages(profile, fields["languages"])
    record(verb, actor, profile=profile)
    return profile


def _set_away(profile: Profile, fields: Mapping[str, Any]) -> None:
    if not AWAY & fields.keys():
        return
    begin, end = fields.get("away_from"), fields.get("away_until")
    if end and not begin:
        raise Invalid(_("Say from which day you are away."), field="away_from")
    if begin and end and end < begin:
        raise Invalid(_("The last day is before the first."), field="away_until")
    profile.away_from, profile.away_until = begin, end


def _set_languages(profile: Profile, codes: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(codes))
    if not set(wanted) <= set(SpokenLanguage.Code.values):
        raise Invalid(_("Choose languages from the list."), field="languages")
    profile.languages.exclude(code__in=wanted).delete()
    for code in wanted:
        SpokenLanguage.objects.get_or_create(profile=profile, code=code)


@transaction.atomic
def name_position(*, membership: Membership, actor: models.Model, title: str) -> Membership:
    """What one is there, in words; oneself or the organisation's administrators say it."""
    own = is_oneself(membership.profile, actor)
    if not own and not permissions.may_administer_organisation(actor, membership.organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    clean = line(title, field="title", longest=120)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.status != Membership.Status.ACTIVE:
        raise WrongState(_("The membership has ended already."))
    if membership.title != clean:
        membership.title = clean
        membership.save(update_fields=["title"])
        things = {"organisation": membership.organisation, "membership": membership, "profile": membership.profile}
        record(Verb.POSITION_NAMED, actor, **things)
    return membership


@transaction.atomic
def ask_to_join(*, organisation: Organisation, actor: models.Model, message: str = "") -> Membership:
    """Somebody who works there asks; its administrator answers, or the facilitator where it has none."""
    profile = profile_of(actor)
    if Membership.objects.filter(profile=profile, organisation=organisation, status__in=Membership.OPEN).exists():
        raise WrongState(_("You belong to the organisation already, or have asked to."))
    text = lines(message, field="message", longest=2000)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(profile=profile, organisation=organisation, message=text)
    except IntegrityError as error:
        raise WrongState(_("You have asked already.")) from error
    record(Verb.MEMBERSHIP_REQUESTED, actor, organisation=organisation, membership=membership, profile=profile)
    told.membership_requested(membership)
    return membership


@transaction.atomic
def accept_member(*, membership: Membership, actor: models.Model, role: str = Membership.Role.MEMBER) -> Membership:
    """Lets the person in from today."""
    membership = _open_for_decision(membership, actor)
    if role not in Membership.Role.values:
        raise Invalid(_("Choose a role from the list."), field="role")
    membership.role, membership.status, membership.since = role, Membership.Status.ACTIVE, clock.today()
    return _decide(membership, actor, Verb.MEMBERSHIP_ACCEPTED)


@transaction.atomic
def refuse_member(*, membership: Membership, actor: models.Model, reason: str) -> Membership:
    """A refusal says why; the person may ask again."""
    membership = _open_for_decision(membership, actor)
    membership.reason = lines(reason, field="reason", longest=2000, required=True)
    membership.status = Membership.Status.REFUSED
    return _decide(membership, actor, Verb.MEMBERSHIP_REFUSED)


@transaction.atomic
def withdraw_request(*, membership: Membership, actor: models.Model) -> Membership:
    """One takes one's own request back while nobody has answered; one may ask again."""
    if not is_oneself(membership.profile, actor):
        raise NotAllowed(_("Only the person who asked can take the request back."))
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.status != Membership.Status.REQUESTED:
        raise WrongState(_("Somebody has answered this request already."))
    membership.status = Membership.Status.WITHDRAWN
    membership.save(update_fields=["status"])
    things = {"organisation": membership.organisation, "membership": membership, "profile": membership.profile}
    record(Verb.MEMBERSHIP_WITHDRAWN, actor, **things)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, actor: models.Model) -> Membership:
    """One leaves, or an administrator ends it. The last administrator cannot go before there is another."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if not is_oneself(membership.profile, actor) and not permissions.may_administer_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    membership = Membership.objects.select_related("profile", "organisation").get(pk=membership.pk)
    if membership.status != Membership.Status.ACTIVE:
        raise WrongState(_("The membership has ended already."))
    if membership.role == Membership.Role.ADMINISTRATOR and not _others_administer(membership):
        raise WrongState(_("The organisation needs an administrator. Appoint another first."))
    return end(membership, actor)


def end(membership: Membership, actor: models.Model) -> Membership:
    """With what was held for the organisation. Whoever calls it has looked whether it may end."""
    membership.status, membership.until = Membership.Status.ENDED, max(clock.today(), membership.since)
    membership.save(update_fields=["status", "until"])
    organisation, profile = membership.organisation, membership.profile
    end_what_is_held_for(organisation, profile, actor)
    record(Verb.MEMBERSHIP_ENDED, actor, organisation=organisation, membership=membership, profile=profile)
    return membership


def _others_administer(membership: Membership) -> bool:
    others = permissions.administrators_of(membership.organisation)
    return others.exclude(pk=membership.pk).exists()


def _open_for_decision(membership: Membership, actor: models.Model) -> Membership:
    if not permissions.may_let_in(actor, membership):
        raise NotAllowed(_("Only the organisation's administrators may decide on this."))
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.status != Membership.Status.REQUESTED:
        raise WrongState(_("Somebody has answered this request already."))
    return membership


def _decide(membership: Membership, actor: models.Model, verb: Verb) -> Membership:
    membership.decided_by, membership.decided = profile_of(actor), clock.now()
    membership.save()
    record(
        verb,
        actor,
        organisation=membership.organisation,
        membership=membership,
        profile=membership.profile,
        note=membership.reason,
    )
    told.membership_decided(membership)
    return membership
