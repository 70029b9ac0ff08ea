"""Answers to the partnership's own questions, kept with the wording they were given to."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from partnerships.models import AdmissionQuestion, Answer, Application, ApplicationFile

from .refusals import Invalid
from .typed import lines

Kind = AdmissionQuestion.Kind
LONGEST = 2000


def field_of(question: AdmissionQuestion) -> str:
    """What a form calls it, so that a refusal names the field."""
    return f"question_{question.pk}"


def keep_answers(application: Application, given: Mapping[int, Any]) -> None:
    """One answer to each of the partnership's questions of today; an empty one only where it may be."""
    for question in application.partnership.admission_questions.all():
        value = given.get(question.pk)
        if not value and question.required:
            raise Invalid(
                _("Answer the question: %(question)s") % {"question": question.text}, field=field_of(question)
            )
        if value:
            _keep(application, question, value)


def _keep(application: Application, question: AdmissionQuestion, value: Any) -> None:
    answer = Answer(application=application, question=question, order=question.order, wording=question.text)
    if question.kind == Kind.FILE:
        answer.file = _handed_in(application, question, value)
    elif question.kind == Kind.CHOICE:
        answer.text = _chosen(question, value)
    else:
        answer.text = lines(value, field=field_of(question), longest=LONGEST)
    answer.save()


def _chosen(question: AdmissionQuestion, value: str) -> str:
    """By its place in the list, which is the same in both languages."""
    choices = dict(enumerate(question.choices))
    if not str(value).isdecimal() or len(str(value)) > 3 or int(value) not in choices:
        raise Invalid(_("Choose an answer from the list."), field=field_of(question))
    return choices[int(value)]


def _handed_in(application: Application, question: AdmissionQuestion, file: ApplicationFile) -> ApplicationFile:
    """A file of the applicant's own draft becomes one of the application."""
    if file.draft is None or file.added_by_id != application.applicant_id or file.question_id != question.pk:
        raise Invalid(_("Choose the file again."), field=field_of(question))
    file.draft, file.application = None, application
    file.save()
    return file
