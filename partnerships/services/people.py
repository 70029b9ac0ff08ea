"""Profiles, consents, and belonging to an organisation."""

from collections.abc import Iterable

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, consent_texts, permissions
from partnerships.models import Consent, HistoryEntry, Membership, Organisation, Profile, Topic
from partnerships.slugs import free_slug
from partnerships.told import memberships as told

from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, lines

Verb = HistoryEntry.Verb


@transaction.atomic
def create_profile(*, user: models.Model, name: str) -> Profile:
    """Every account has one profile; asked twice, the first answer stands."""
    existing = Profile.objects.filter(user=user).first()
    if existing:
        return existing
    name = line(name, field="name", longest=120) or user.email.split("@")[0]
    profile = Profile.objects.create(user=user, name=name, slug=free_slug(Profile, name))
    record(Verb.PROFILE_CREATED, user, profile=profile)
    return profile


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
    profile = Profile(name=name, slug=free_slug(Profile, name))
    return _save_profile(profile, actor, Verb.PROFILE_CREATED, topics, fields)


@transaction.atomic
def update_profile(
    *, profile: Profile, actor: models.Model, name: str, topics: Iterable[Topic] = (), **fields: str
) -> Profile:
    """One's own, or an editor's correction. `fields`: headline, headline_en, expertise, expertise_en."""
    if not _is(profile, actor) and not actor.has_perm("partnerships.change_profile"):
        raise NotAllowed(_("You may only change your own profile."))
    profile.name = line(name, field="name", longest=120, required=True)
    return _save_profile(profile, actor, Verb.PROFILE_CHANGED, topics, fields)


def _is(profile: Profile, actor: models.Model) -> bool:
    """Whether the profile is the actor's own. A profile without an account is nobody's, also for who has not signed in."""
    return actor.is_authenticated and profile.user_id == actor.pk


def _save_profile(
    profile: Profile, actor: models.Model, verb: Verb, topics: Iterable[Topic], fields: dict[str, str]
) -> Profile:
    for field in ("headline", "headline_en"):
        setattr(profile, field, line(fields.get(field, ""), field=field, longest=120))
    for field in ("expertise", "expertise_en"):
        setattr(profile, field, lines(fields.get(field, ""), field=field, longest=2000))
    profile.save()
    profile.topics.set(topics)
    record(verb, actor, profile=profile)
    return profile


@transaction.atomic
def give_consent(*, profile: Profile, actor: models.Model, purpose: str, text_version: str = "") -> Consent:
    """Only oneself can say yes. Saying it twice leaves one row."""
    if not _is(profile, actor):
        raise NotAllowed(_("Only the person can agree to be shown."))
    if purpose not in Consent.Purpose.values:
        raise Invalid(_("Choose a kind from the list."), field="purpose")
    current = Consent.objects.current().filter(profile=profile, purpose=purpose).first()
    if current:
        return current
    version = text_version or consent_texts.CONTACT_VERSION
    consent = Consent.objects.create(profile=profile, purpose=purpose, text_version=version, given=clock.now())
    record(Verb.CONSENT_GIVEN, actor, profile=profile, note=version)
    return consent


@transaction.atomic
def withdraw_consent(*, profile: Profile, actor: models.Model, purpose: str) -> None:
    """Takes effect at once; the row stays as proof of what held until now."""
    if not _is(profile, actor):
        raise NotAllowed(_("Only the person can withdraw the consent."))
    consent = Consent.objects.current().filter(profile=profile, purpose=purpose).first()
    if consent is None:
        return
    consent.withdrawn = clock.now()
    consent.save(update_fields=["withdrawn"])
    record(Verb.CONSENT_WITHDRAWN, actor, profile=profile)


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
def end_membership(*, membership: Membership, actor: models.Model) -> Membership:
    """One leaves, or an administrator ends it. The last administrator cannot go before there is another."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if not _is(membership.profile, actor) and not permissions.may_administer_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    membership = Membership.objects.select_related("profile").get(pk=membership.pk)
    if membership.status != Membership.Status.ACTIVE:
        raise WrongState(_("The membership has ended already."))
    if membership.role == Membership.Role.ADMINISTRATOR and not _others_administer(membership):
        raise WrongState(_("The organisation needs an administrator. Appoint another first."))
    membership.status, membership.until = Membership.Status.ENDED, clock.today()
    membership.save(update_fields=["status", "until"])
    record(Verb.MEMBERSHIP_ENDED, actor, organisation=organisation, membership=membership, profile=membership.profile)
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
