"""Applying: the form with its draft, and the files handed in."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import clock, ruling, working_days
from partnerships.answer_times import answer_time
from partnerships.forms import ApplyForm
from partnerships.models import Application, ApplicationDraft, ApplicationFile, Organisation, Partnership
from partnerships.permissions import may_apply_for
from partnerships.responsibility import has_record_duty
from partnerships.services import admission as services
from partnerships.services import admission_drafts as drafts
from partnerships.standing import speakers_of
from partnerships.visibility import organisations_of

from .refusals import told_in
from .signed_in import named


@named
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not partnership.takes_applications:
        messages.info(request, _("%(name)s takes no applications at present.") % {"name": partnership})
        return redirect(partnership)
    rule, organisations = ruling.rule_of(partnership), _may_apply_for(request)
    draft = ApplicationDraft.objects.filter(partnership=partnership, profile=request.profile).first()
    form = _form(request, partnership, rule.persons, organisations, draft)
    if request.method == "POST" and (done := _acted(request, partnership, form)):
        return done
    context = {
        "form": form,
        "organisations": organisations or rule.persons,
        "draft": draft,
        **ruling.as_said(rule),
        **_promise(partnership),
    }
    return render(request, "partnerships/apply.html", context)


def _form(
    request: HttpRequest,
    partnership: Partnership,
    persons: bool,
    organisations: list[Organisation],
    draft: ApplicationDraft | None,
) -> ApplyForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    kept = {file.question_id: file for file in draft.files.all()} if draft else {}
    about = {"partnership": partnership, "organisations": organisations, "persons": persons, "kept": kept}
    return ApplyForm(*sent, initial=draft.values if draft else None, **about)


def _acted(request: HttpRequest, partnership: Partnership, form: ApplyForm) -> HttpResponse | None:
    """Where it leads, or nothing where the form is shown again; a file that came along is kept with a draft either way."""
    own = {"partnership": partnership, "actor": request.user}
    if "drop" in request.POST:
        drafts.drop_draft(**own)
        messages.success(request, _("The draft is deleted."))
        return redirect("partnerships:apply", partnership.slug)
    if "keep" in request.POST:
        with told_in(form):
            drafts.keep_draft(**own, values=form.as_typed, files=form.handed_in)
            messages.success(request, _("The draft is kept. Nobody else sees it."))
            return redirect("partnerships:apply", partnership.slug)
        return None
    if form.handed_in:
        _keep_files(own, form)
    if form.is_valid():
        with told_in(form):
            sent = services.apply(**own, **_given(form))
            told = _("You are a member now.") if sent.state == Application.State.ACCEPTED else None
            messages.success(request, told or _("The application is sent. You get an answer by e-mail."))
            return redirect(sent)
    return None


def _keep_files(own: dict[str, Any], form: ApplyForm) -> None:
    with told_in(form):
        draft = drafts.keep_draft(**own, values=form.as_typed, files=form.handed_in)
        form.kept.update({file.question_id: file for file in draft.files.all()})


def _given(form: ApplyForm) -> dict[str, Any]:
    names = ("organisation", "tier", "message", "representative", "representative_until")
    return {**{name: form.cleaned_data[name] for name in names}, "answers": form.answers}


def _may_apply_for(request: HttpRequest) -> list[Organisation]:
    mine = Organisation.objects.public().filter(pk__in=organisations_of(request.user))
    return [organisation for organisation in mine if may_apply_for(request.user, organisation)]


def _promise(partnership: Partnership) -> dict[str, object]:
    answer_by = working_days.after(clock.today(), partnership.answer_days)
    return {
        "partnership": partnership,
        "usual": answer_time(partnership),
        "answer_by": answer_by,
        "promised_days": (answer_by - clock.today()).days,
        "speakers": speakers_of(partnership),
        "has_record_duty": has_record_duty(partnership),
    }


@require_safe
@named
def application_file(request: HttpRequest, slug: str, pk: int, file: int) -> HttpResponse:
    """Always saved and never shown, under the name it was given."""
    mine = Application.objects.visible_to(request.user).filter(partnership__slug=slug)
    found = get_object_or_404(ApplicationFile, pk=file, application=get_object_or_404(mine, pk=pk))
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
