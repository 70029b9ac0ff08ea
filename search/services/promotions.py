"""Editors put a thing first for a search. It is in force with the next search, in every process."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.models import HistoryEntry
from partnerships.services.history import record
from partnerships.services.refusals import Invalid, NotAllowed
from search.audience import PUBLIC
from search.building import understand
from search.models import Promotion
from search.private_words import as_logged
from search.sources import SOURCES


@transaction.atomic
def promote(*, actor: models.Model, words: str, key: str, lang: str = "", until: date | None = None) -> Promotion:
    """Only what everybody may see: a recommendation that some do not see helps nobody."""
    _may(actor, "add")
    return _keep(Promotion(key=key, name=_name_of(key)[:255]), actor, words=words, lang=lang, until=until)


@transaction.atomic
def change(*, actor: models.Model, promotion: Promotion, words: str, lang: str, until: date | None) -> Promotion:
    _may(actor, "change")
    return _keep(promotion, actor, words=words, lang=lang, until=until)


@transaction.atomic
def withdraw(*, actor: models.Model, promotion: Promotion) -> None:
    _may(actor, "delete")
    _recorded(actor, promotion)
    promotion.delete()


def _keep(promotion: Promotion, actor: models.Model, *, words: str, lang: str, until: date | None) -> Promotion:
    promotion.words, promotion.lang, promotion.until = as_logged(words), lang, until
    _check(promotion)
    promotion.save()
    _recorded(actor, promotion)
    return promotion


def _check(promotion: Promotion) -> None:
    try:
        promotion.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    asked = understand(promotion.words, promotion.lang or "da")
    if not asked.words or asked.phrases or asked.without:
        raise Invalid(_("Write plain words, without quotation marks and minus signs."), field="words")
    if promotion.until and promotion.until < clock.today():
        raise Invalid(_("This day is over."), field="until")


def _name_of(key: str) -> str:
    """Of a thing that everybody finds; anything else does not exist."""
    kind, _colon, pk = key.partition(":")
    if kind in SOURCES and pk.isascii() and pk.isdigit() and len(pk) < 19:
        for found in SOURCES[kind].records([int(pk)]):
            if PUBLIC in found.acl:
                return found.texts[0].title
    raise Invalid(_("Choose one of the results."), field="key")


def _may(actor: models.Model, act: str) -> None:
    if not actor.has_perm(f"search.{act}_promotion"):
        raise NotAllowed(_("Only editors may recommend results."))


def _recorded(actor: models.Model, promotion: Promotion) -> None:
    record(HistoryEntry.Verb.VOCABULARY_CHANGED, actor, note=f"promotion {promotion.words}: {promotion.key}")
