"""Editors say how search is to take a word. Queries follow at once; what has the word is indexed anew in the background."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships.services.refusals import Invalid, NotAllowed
from partnerships.text.folding import normal
from search import indexing, outbox
from search.analysis.rules import as_written
from search.models import WordRule
from search.models.word_rules import new_mark
from search.word_rules import key_of_word


@transaction.atomic
def keep_rule(
    *, actor: models.Model, word: str, kind: str, parts: str = "", opens: str = "", rule: WordRule | None = None
) -> WordRule:
    """A new rule, or this one changed."""
    if not actor.has_perm(f"search.{'change' if rule else 'add'}_wordrule"):
        raise NotAllowed(_("Only editors may keep rules for words."))
    before = rule.word if rule else None
    kept = rule or WordRule()
    kept.word, kept.kind, kept.mark = normal(word.strip()), kind, new_mark()
    kept.parts = " ".join(normal(parts).split()) if kind == WordRule.Kind.PARTS else ""
    kept.opens = normal(opens.strip()) if kind == WordRule.Kind.ELEMENT else ""
    _check(kept)
    kept.save()
    _index_anew(before, kept.word)
    return kept


@transaction.atomic
def remove_rule(*, term: WordRule, actor: models.Model) -> None:
    """The dictionary speaks again."""
    if not actor.has_perm("search.delete_wordrule"):
        raise NotAllowed(_("Only editors may keep rules for words."))
    word = term.word
    term.delete()
    _index_anew(word)


def _check(rule: WordRule) -> None:
    try:
        rule.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if rule.kind == WordRule.Kind.PARTS and not (rule.parts and as_written(rule.word, rule.parts.split())):
        raise Invalid(_("These parts do not make up the word."), field="parts")


def _index_anew(*words: str | None) -> None:
    """Looked for and written by the worker, or by this process a moment later: nobody's request waits for it."""
    outbox.put(key_of_word(word) for word in words if word)
    transaction.on_commit(indexing.catch_up_soon, robust=True)
