"""What members write."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Membership, Organisation, Partnership, Post
from partnerships.text.markup import SANITISER_VERSION

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, markdown

Verb = HistoryEntry.Verb


@transaction.atomic
def publish_post(
    *,
    partnership: Partnership,
    actor: models.Model,
    title: str,
    body: str,
    audience: str,
    organisation: Organisation | None = None,
) -> Post:
    """A member shares something with the members or with all."""
    if not permissions.may_post(actor, partnership):
        raise NotAllowed(_("Only members may write here."))
    if (
        organisation
        and not Membership.objects.current().filter(organisation=organisation, profile__user=actor).exists()
    ):
        raise NotAllowed(_("You can only write on behalf of an organisation you belong to."), field="organisation")
    post = Post(partnership=partnership, author=profile_of(actor), organisation=organisation, published=clock.now())
    _write(post, actor, title, body, audience)
    record(Verb.POST_PUBLISHED, actor, partnership=partnership, post=post, organisation=organisation)
    return post


@transaction.atomic
def change_post(*, post: Post, actor: models.Model, title: str, body: str, audience: str) -> Post:
    if not permissions.may_change_post(actor, post):
        raise NotAllowed(_("Only the author may change it."))
    post = _standing(post)
    post.edited = clock.now()
    _write(post, actor, title, body, audience)
    record(Verb.POST_CHANGED, actor, partnership=post.partnership, post=post)
    return post


@transaction.atomic
def open_post(*, post: Post, actor: models.Model) -> Post:
    """Everyone may read it from now on; its author says so, for it is their word."""
    return _for(post, actor, Post.Audience.PUBLIC)


@transaction.atomic
def close_post(*, post: Post, actor: models.Model) -> Post:
    """Back to the members."""
    return _for(post, actor, Post.Audience.MEMBERS)


def _for(post: Post, actor: models.Model, audience: str) -> Post:
    if not permissions.may_change_post(actor, post):
        raise NotAllowed(_("Only the author may change it."))
    post = _standing(post)
    if (post.audience == Post.Audience.PUBLIC) == (audience == Post.Audience.PUBLIC):
        raise WrongState(_("Somebody has changed it already."))
    post.audience = audience
    post.save(update_fields=["audience"])
    record(Verb.POST_CHANGED, actor, partnership=post.partnership, post=post, note=post.get_audience_display())
    return post


@transaction.atomic
def remove_post(*, post: Post, actor: models.Model) -> Post:
    """It is gone for everyone; the row stays for the history."""
    if not permissions.may_remove_post(actor, post):
        raise NotAllowed(_("Only the author or an administrator may take it down."))
    post = _standing(post)
    post.removed = clock.now()
    post.save(update_fields=["removed"])
    record(Verb.POST_REMOVED, actor, partnership=post.partnership, post=post)
    return post


def _standing(post: Post) -> Post:
    """The row as it is now, held until the transaction ends: a change must not bring back what was taken down meanwhile."""
    now = Post.objects.select_for_update().get(pk=post.pk)
    if now.removed:
        raise WrongState(_("The post has been taken down."))
    return now


def _write(post: Post, actor: models.Model, title: str, body: str, audience: str) -> None:
    if audience not in Post.Audience.values:
        raise Invalid(_("Choose who may read it."), field="audience")
    to_administrators = audience == Post.Audience.ADMINISTRATORS
    if to_administrators and not permissions.may_write_to_administrators(actor, post.partnership):
        raise NotAllowed(_("Only administrators may write to administrators."), field="audience")
    post.title = line(title, field="title", longest=160, required=True)
    post.audience, post.markup_version = audience, SANITISER_VERSION
    markdown(post, "body", body, required=True)
    post.save()
