"""Somebody leaves everything: what is theirs goes, what others can take on waits for them, what they decided stays decided
by "former representative of X". Afterwards neither their name nor their address is kept."""

import secrets

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.leaving import in_the_way, own_rows, stood_for
from partnerships.models import (
    Application,
    HistoryEntry,
    Invitation,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Profile,
    Proposal,
    Seat,
)
from partnerships.models.names import Former
from partnerships.told import leaving as told

from .consents import is_oneself
from .forgetting import end_sessions, forget_address, forget_in_editors_log, forget_name
from .history import record
from .people import end
from .refusals import NotAllowed, WrongState
from .seats import end_all

Verb = HistoryEntry.Verb


@transaction.atomic
def leave_everything(*, profile: Profile, actor: models.Model) -> Profile:
    """Only oneself can. Held under the person's row and those of what they administer, so that of the last two
    administrators who leave at once one stays."""
    if not is_oneself(profile, actor):
        raise NotAllowed(_("Only the person can do that."))
    profile = Profile.objects.select_for_update(of=("self",)).select_related("user").get(pk=profile.pk)
    _hold_what_is_administered(profile)
    if in_the_way(profile):
        raise WrongState(_("Name a successor first where you are the last administrator."))
    former = Former.of(stood_for(profile)[:100])
    _end_what_is_held(profile, actor)
    for rows in own_rows(profile):
        for row in rows:
            row.delete()
    name, address, slug, language = profile.name, actor.email, profile.slug, profile.mail_language
    _make_nameless(profile, former)
    HistoryEntry.objects.filter(actor_id=actor.pk).update(actor_name=former)
    forget_in_editors_log(profile, profile.memberships.all(), former)
    end_sessions(actor.pk)
    addresses = {address.lower(), *actor.emailaddress_set.values_list("email", flat=True)}
    actor.delete()
    for one in addresses:
        forget_address(one, former)
    forget_name(name, slug, former)
    record(Verb.LEFT_EVERYTHING, None, profile=profile)
    told.left_everything(address, language)
    return profile


def _hold_what_is_administered(profile: Profile) -> None:
    own = Membership.objects.filter(profile=profile, role=Membership.Role.ADMINISTRATOR)
    list(Organisation.objects.select_for_update(of=("self",)).filter(memberships__in=own).order_by("pk"))
    seats = Seat.objects.filter(profile=profile, role=Seat.Role.ADMINISTRATOR)
    list(Partnership.objects.select_for_update(of=("self",)).filter(seats__in=seats).order_by("pk"))


def _end_what_is_held(profile: Profile, actor: models.Model) -> None:
    memberships = Membership.objects.filter(profile=profile).select_related("organisation", "profile")
    for membership in memberships.filter(status=Membership.Status.ACTIVE):
        end(membership, actor)
    memberships.filter(status=Membership.Status.REQUESTED).update(status=Membership.Status.WITHDRAWN)
    end_all(Seat.objects.filter(profile=profile), actor)
    Application.objects.waiting().filter(person=profile).update(state=Application.State.WITHDRAWN)
    for row in Participation.objects.lasting().filter(profile=profile).select_related("partnership"):
        row.until = max(clock.today(), row.since)
        row.save(update_fields=["until"])
        row.proposals.open().update(state=Proposal.State.WITHDRAWN, decided=clock.now())
        record(Verb.PARTICIPATION_LEFT, actor, partnership=row.partnership, participation=row, profile=profile)


def _make_nameless(profile: Profile, former: Former) -> None:
    """Whatever of it could lead to the person."""
    Invitation.objects.filter(accepted_by=profile).update(email="", name="", message="")
    profile.user, profile.name, profile.slug = None, former, f"x-{secrets.token_hex(6)}"
    profile.away_from = profile.away_until = None
    for field in ("headline", "headline_en", "expertise", "expertise_en", "ask_about", "ask_about_en"):
        setattr(profile, field, "")
    profile.save()
