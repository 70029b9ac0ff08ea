"""Editors keep the vocabulary; a word in use is not deleted from under what uses it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships.models import HistoryEntry
from partnerships.slugs import free_slug

from .history import record
from .refusals import Invalid, NotAllowed, WrongState


@transaction.atomic
def save(*, term: models.Model, actor: models.Model) -> models.Model:
    """Keeps a new or changed word: Topic, Sector, Place, PlanEdition or Goal."""
    act = "change" if term.pk else "add"
    if not actor.has_perm(f"partnerships.{act}_{term._meta.model_name}"):
        raise NotAllowed(_("Only editors may change the vocabulary."))
    if not term.slug:
        term.slug = free_slug(type(term), getattr(term, "name_da", None) or getattr(term, "title_da", ""))
    try:
        term.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    term.save()
    record(HistoryEntry.Verb.VOCABULARY_CHANGED, actor, note=f"{term._meta.model_name} {term.slug}")
    return term


@transaction.atomic
def delete(*, term: models.Model, actor: models.Model) -> None:
    if not actor.has_perm(f"partnerships.delete_{term._meta.model_name}"):
        raise NotAllowed(_("Only site administrators may delete words."))
    note = f"{term._meta.model_name} {term.slug}"
    if _is_used(term):
        raise WrongState(_("The word is in use and cannot be deleted."))
    term.delete()
    record(HistoryEntry.Verb.VOCABULARY_CHANGED, actor, note=note)


def _is_used(term: models.Model) -> bool:
    """Whether any row of any app points at the word; asked of the models, so that this app need not know the others."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: term}).exists()
        for relation in term._meta.related_objects
    )
