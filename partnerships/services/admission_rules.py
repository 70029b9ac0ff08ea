"""How a partnership lets in: rules in versions, and its questions to applicants."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions, ruling
from partnerships.models import AdmissionQuestion, AdmissionRule, HistoryEntry, Organisation, Partnership

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold
from .typed import line, lines

Verb = HistoryEntry.Verb
Kind = AdmissionRule.Kind
MOST_QUESTIONS = 20


@transaction.atomic
def set_rule(*, partnership: Partnership, actor: models.Model, seen: int | None = None, **fields: Any) -> AdmissionRule:
    """A new version, in force from now on; what has been sent goes on under its own. `seen` is the version that was being
    changed: of two who change it at once the second is told."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change how one is admitted."))
    hold(partnership)
    before = ruling.rule_of(partnership)
    if seen is not None and seen != before.version:
        raise WrongState(_("Somebody has changed the rule meanwhile. Look at it, and change it again."))
    own = {"version": before.version + 1, "made": clock.now(), "made_by": profile_of(actor)}
    rule = AdmissionRule(partnership=partnership, **own, **fields)
    _check(rule)
    rule.save()
    record(Verb.ADMISSION_RULE_CHANGED, actor, partnership=partnership, note=f"{rule.version}: {rule.kind}")
    return rule


@transaction.atomic
def set_questions(
    *, partnership: Partnership, actor: models.Model, questions: Iterable[Mapping[str, Any]]
) -> list[AdmissionQuestion]:
    """The whole list in its order. Those with a `pk` are kept and changed, others are new, and what is left out is gone;
    answers that were given keep the wording of their day."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change the questions."))
    hold(partnership)
    own = {question.pk: question for question in partnership.admission_questions.all()}
    kept = [_in_row(order, _question, partnership, own, order, row) for order, row in enumerate(questions)]
    if len(kept) > MOST_QUESTIONS:
        raise Invalid(_("Ask at most %(count)s questions.") % {"count": MOST_QUESTIONS})
    partnership.admission_questions.exclude(pk__in=[question.pk for question in kept]).delete()
    record(Verb.ADMISSION_QUESTIONS_CHANGED, actor, partnership=partnership, note=str(len(kept)))
    return kept


def _in_row(number: int, act: Callable[..., AdmissionQuestion], *given: Any) -> AdmissionQuestion:
    """A refusal says which of the questions it is about."""
    try:
        return act(*given)
    except Invalid as refusal:
        refusal.row = number
        raise


def _check(rule: AdmissionRule) -> None:
    """What the kind of rule needs; what it does not use is left as it is by default."""
    try:
        rule.clean_fields(exclude=["partnership", "made_by"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if rule.kind == Kind.N_OF_M and not rule.needed:
        raise Invalid(_("Write how many must say yes."), field="needed")
    if rule.kind == Kind.BOARD_VOTE:
        _check_days(rule)
    if rule.kind == Kind.OPEN_TO_KIND:
        _check_open(rule)


def _check_days(rule: AdmissionRule) -> None:
    if not rule.vote_days:
        raise Invalid(_("Write how long the vote lasts."), field="vote_days")
    if rule.vote_days > rule.partnership.answer_days:
        message = _("The answer is promised within %(days)s working days, so the vote cannot last longer.")
        raise Invalid(message % {"days": rule.partnership.answer_days}, field="vote_days")


def _check_open(rule: AdmissionRule) -> None:
    if not rule.kinds or not set(rule.kinds) <= set(Organisation.Kind.values):
        raise Invalid(_("Choose which kinds of organisations are let in."), field="kinds")
    if rule.tier is None or rule.tier.partnership_id != rule.partnership_id:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")


def _question(
    partnership: Partnership, own: Mapping[int, AdmissionQuestion], order: int, row: Mapping[str, Any]
) -> AdmissionQuestion:
    question = own.get(row.get("pk")) or AdmissionQuestion(partnership=partnership)
    question.order, question.required = order, bool(row.get("required"))
    question.kind = row.get("kind") or AdmissionQuestion.Kind.TEXT
    if question.kind not in AdmissionQuestion.Kind.values:
        raise Invalid(_("Choose a kind of answer from the list."), field="kind")
    question.text_da = line(row.get("text_da", ""), field="text_da", longest=300, required=True)
    question.text_en = line(row.get("text_en", ""), field="text_en", longest=300)
    for name in ("choices_da", "choices_en"):
        setattr(question, name, _choices(row.get(name, ""), name))
    if question.kind == AdmissionQuestion.Kind.CHOICE and len(question.choices_da.splitlines()) < 2:
        raise Invalid(_("Write at least two choices, one on each line."), field="choices_da")
    if question.choices_en and len(question.choices_en.splitlines()) != len(question.choices_da.splitlines()):
        raise Invalid(_("Write as many choices in English as in Danish, in the same order."), field="choices_en")
    question.save()
    return question


def _choices(text: str, field: str) -> str:
    """One on each line, without empty ones, so that a choice's place is the same in both languages."""
    clean = lines(text, field=field, longest=2000)
    return "\n".join(row for row in clean.splitlines() if row)
