"""Admission under the partnership: its rule and its questions, for those who run it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships import ruling
from partnerships.forms import Questions, RuleForm
from partnerships.models import Partnership
from partnerships.permissions import may_run_partnership
from partnerships.services import admission_rules as services
from partnerships.services.refusals import Invalid, Refusal

from .refusals import told_in
from .signed_in import named

VERSIONS = 10


def _run_by(request: HttpRequest, slug: str) -> Partnership:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not may_run_partnership(request.user, partnership):
        raise Http404
    return partnership


@named
def admission_rule(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = _run_by(request, slug)
    rule = ruling.rule_of(partnership)
    form = RuleForm(request.POST if request.method == "POST" else None, partnership=partnership, rule=rule)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.set_rule(partnership=partnership, actor=request.user, **form.values)
            messages.success(request, _("The rule holds from now on. Applications already sent keep theirs."))
            return redirect("partnerships:admission_rule", slug)
    context = {
        "partnership": partnership,
        "form": form,
        **ruling.as_said(rule),
        "versions": list(partnership.admission_rules.select_related("made_by", "tier")[:VERSIONS]),
        "questions": list(partnership.admission_questions.all()),
    }
    return render(request, "partnerships/admission/rule.html", context)


@named
def admission_questions(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = _run_by(request, slug)
    questions = list(partnership.admission_questions.all())
    names = ("pk", "text_da", "text_en", "kind", "choices_da", "choices_en", "required")
    initial = [
        {**{name: getattr(question, name) for name in names}, "place": number}
        for number, question in enumerate(questions, start=1)
    ]
    sent = request.POST if request.method == "POST" else None
    forms = Questions(sent, initial=initial, prefix="q")
    if sent is not None and forms.is_valid() and _kept(request, partnership, forms):
        messages.success(request, _("The questions are asked of everybody who applies from now on."))
        return redirect("partnerships:admission_questions", slug)
    context = {"partnership": partnership, "questions": forms}
    return render(request, "partnerships/admission/questions.html", context)


def _kept(request: HttpRequest, partnership: Partnership, forms: Questions) -> bool:
    """A refusal is told at the question it is about."""
    rows = forms.rows
    try:
        services.set_questions(partnership=partnership, actor=request.user, questions=rows)
    except Invalid as refusal:
        number = rows[refusal.row]["form"] if refusal.row is not None else 0
        forms[number].add_error(refusal.field or None, str(refusal.message))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        return True
    return False
