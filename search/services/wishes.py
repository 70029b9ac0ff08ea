"""Editors note which stories are missing, and what became of it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from partnerships.services.refusals import Invalid, NotAllowed
from search.models import Wish
from search.private_words import as_logged, may_be_kept


@transaction.atomic
def keep(
    *,
    actor: models.Model,
    words: str,
    note: str = "",
    state: str = Wish.State.OPEN,
    page: Page | None = None,
    wish: Wish | None = None,
) -> Wish:
    """A new wish, or this one changed. A page is named exactly where it was written."""
    _may(actor, "change" if wish else "add")
    kept = wish or Wish()
    kept.words, kept.note, kept.state, kept.page = as_logged(words), note.strip(), state, page
    _check(kept)
    kept.save()
    return kept


@transaction.atomic
def remove(*, actor: models.Model, wish: Wish) -> None:
    _may(actor, "delete")
    wish.delete()


def _check(wish: Wish) -> None:
    try:
        wish.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if not may_be_kept(wish.words):
        raise Invalid(_("Leave out what may be a person's number or address."), field="words")
    if wish.state == Wish.State.WRITTEN and wish.page is None:
        raise Invalid(_("Choose the page that was written."), field="page")
    if wish.state != Wish.State.WRITTEN and wish.page is not None:
        raise Invalid(
            _("Only what is written has a page. Choose the state “written”, or take the page away."), field="state"
        )


def _may(actor: models.Model, act: str) -> None:
    if not actor.has_perm(f"search.{act}_wish"):
        raise NotAllowed(_("Only editors may note missing stories."))
