"""Editors keep the table of synonyms. What they keep is in force with the next search, in every process."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships.models import HistoryEntry
from partnerships.services.history import record
from partnerships.services.refusals import Invalid, NotAllowed
from search.analysis.words import words
from search.models import Synonym


@transaction.atomic
def keep(
    *,
    actor: models.Model,
    word: str,
    others: str,
    both_ways: bool = True,
    lang: str = "",
    synonym: Synonym | None = None,
) -> Synonym:
    """Enters a row, or changes `synonym`."""
    _may(actor, "change" if synonym else "add")
    kept = synonym or Synonym()
    kept.word, kept.both_ways, kept.lang = " ".join(word.split()), both_ways, lang
    kept.others = ", ".join(_listed(others, beside=kept.word))
    try:
        kept.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    kept.save()
    _recorded(actor, kept)
    return kept


@transaction.atomic
def remove(*, actor: models.Model, synonym: Synonym) -> None:
    _may(actor, "delete")
    _recorded(actor, synonym)
    synonym.delete()


def _listed(others: str, beside: str) -> list[str]:
    """Each once, without what has no word in it and without the word itself."""
    found = {" ".join(words(part)): " ".join(part.split()) for part in others.split(",") if words(part)}
    found.pop(" ".join(words(beside)), None)
    if not found:
        raise Invalid(_("Write at least one other word."), field="others")
    return list(found.values())


def _may(actor: models.Model, act: str) -> None:
    if not actor.has_perm(f"search.{act}_synonym"):
        raise NotAllowed(_("Only editors may change the synonyms."))


def _recorded(actor: models.Model, synonym: Synonym) -> None:
    record(HistoryEntry.Verb.VOCABULARY_CHANGED, actor, note=f"synonym {synonym.word}")
