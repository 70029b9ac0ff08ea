"""Drafts: what somebody has typed and not sent, kept as it was typed, and the files handed in with it."""

import uuid
from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, uploads
from partnerships.models import AdmissionQuestion, ApplicationDraft, ApplicationFile, Partnership
from partnerships.text import markup

from .admission_answers import field_of
from .people import profile_of
from .refusals import Invalid, WrongState
from .typed import lines

LONGEST = 4000


@transaction.atomic
def keep_draft(
    *,
    partnership: Partnership,
    actor: models.Model,
    values: Mapping[str, str],
    files: Mapping[int, UploadedFile] | None = None,
) -> ApplicationDraft:
    """One draft a person in a partnership. Nothing need be right in it, but personal numbers are not kept."""
    if not partnership.takes_applications:
        raise WrongState(_("The partnership takes no applications."))
    draft = _draft(partnership, actor)
    draft.values = {name: _typed(name, value) for name, value in values.items() if value}
    draft.changed = clock.now()
    draft.save()
    for question in partnership.admission_questions.filter(pk__in=files or {}):
        _keep_file(draft, question, files[question.pk])
    return draft


@transaction.atomic
def drop_draft(*, partnership: Partnership, actor: models.Model) -> None:
    ApplicationDraft.objects.filter(partnership=partnership, profile=profile_of(actor)).delete()


def _draft(partnership: Partnership, actor: models.Model) -> ApplicationDraft:
    draft, _new = ApplicationDraft.objects.select_for_update().get_or_create(
        partnership=partnership, profile=profile_of(actor)
    )
    return draft


def _typed(name: str, value: str) -> str:
    lines(value, field=name, longest=LONGEST)
    try:
        return markup.clean_source(value)
    except markup.TextRefused as refused:
        raise Invalid(str(refused), field=name) from refused


def _keep_file(draft: ApplicationDraft, question: AdmissionQuestion, upload: UploadedFile) -> None:
    """The last one counts; its name and its text are looked through before it is stored."""
    if question.kind != AdmissionQuestion.Kind.FILE:
        return
    try:
        name, ending = uploads.checked(upload)
    except uploads.UploadRefused as refused:
        raise Invalid(str(refused), field=field_of(question)) from refused
    draft.files.filter(question=question).delete()
    kept = ApplicationFile(draft=draft, question=question, name=name, size=upload.size, added_by=draft.profile)
    upload.seek(0)
    kept.file.save(f"documents/applications/{uuid.uuid4().hex}.{ending}", upload, save=False)
    kept.save()
