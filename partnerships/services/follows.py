"""A person follows a thing, and says how often to be told by mail. Nothing is followed for anybody by others."""

from collections.abc import Callable

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.languages import KNOWN
from partnerships.models import Follow, Profile, Rhythm
from partnerships.news.sight import seen_by

from .news import latest_sweep, name_of_key
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState

MOST_OF_ONE_PERSON = 500
BEGIN_ANEW: list[Callable[[models.Model], None]] = []
"""What is done for who was told nothing for a while and is from now on; filled by each app that tells in their rhythm."""


@transaction.atomic
def follow(*, actor: models.Model, thing: models.Model, rhythm: str = "") -> Follow:
    """What one sees one may follow; what is older than the press is not news. Pressed twice it is followed once."""
    profile_of(actor)
    name = name_of_key(thing)
    if (name, thing.pk) not in seen_by({actor: [(name, thing.pk)]})[actor.pk]:
        raise NotAllowed(_("You cannot follow this."))
    if Follow.objects.of(actor).count() >= MOST_OF_ONE_PERSON:
        raise WrongState(_("You follow very much. Stop following something first."))
    known, latest = {f"{name}_id": thing.pk}, latest_sweep()
    new = Follow(user=actor, rhythm=_own(rhythm), since=clock.now(), noted=latest, told=latest, **known)
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        return Follow.objects.of(actor).get(**known)
    return new


@transaction.atomic
def stop_following(*, follow: Follow, actor: models.Model) -> None:
    _only_oneself(follow, actor)
    follow.delete()


@transaction.atomic
def choose_rhythm(*, follow: Follow, actor: models.Model, rhythm: str) -> Follow:
    """For this thing alone; empty goes with the person's default."""
    _only_oneself(follow, actor)
    follow = Follow.objects.select_for_update().get(pk=follow.pk)
    was = follow.rhythm or rhythm_of(actor)
    follow.rhythm = _own(rhythm)
    if was == Rhythm.NEVER:
        follow.told = latest_sweep()
    follow.save(update_fields=["rhythm", "told"])
    return follow


@transaction.atomic
def choose_mails(*, actor: models.Model, rhythm: str, language: str) -> Profile:
    """The person's default, and the language of everything that is sent to them. Who was told nothing for a while begins
    with what comes from now on."""
    profile = Profile.objects.select_for_update().get(pk=profile_of(actor).pk)
    if language not in KNOWN:
        raise Invalid(_("Choose a language from the list."), field="language")
    if rhythm not in Rhythm.values:
        raise Invalid(_("Choose how often you want to be told."), field="rhythm")
    if profile.rhythm == Rhythm.NEVER:
        for begin_anew in BEGIN_ANEW:
            begin_anew(actor)
    profile.rhythm, profile.mail_language = rhythm, language
    profile.save(update_fields=["rhythm", "mail_language"])
    return profile


@transaction.atomic
def stop_mail(*, user: int, follow: int | None = None) -> None:
    """By the address in a mail, which only its receiver knows: no sign-in. About one thing, or all of them; what was
    followed stays followed, and is told in the site."""
    if follow is not None:
        Follow.objects.filter(user_id=user, pk=follow).update(rhythm=Rhythm.NEVER)
        return
    Follow.objects.filter(user_id=user).exclude(rhythm="").update(rhythm=Rhythm.NEVER)
    Profile.objects.filter(user_id=user).update(rhythm=Rhythm.NEVER)


def _only_oneself(follow: Follow, actor: models.Model) -> None:
    if follow.user_id != actor.pk:
        raise NotAllowed(_("This is followed by somebody else."))


def _own(rhythm: str) -> str:
    if rhythm and rhythm not in Rhythm.values:
        raise Invalid(_("Choose how often you want to be told."), field="rhythm")
    return rhythm


def rhythm_of(user: models.Model) -> str:
    """The person's default."""
    return Profile.objects.filter(user_id=user.pk).values_list("rhythm", flat=True).first() or Rhythm.DAILY


def _what_comes_from_now_on(user: models.Model) -> None:
    Follow.objects.of(user).filter(rhythm="").update(told=latest_sweep())


BEGIN_ANEW.append(_what_comes_from_now_on)
