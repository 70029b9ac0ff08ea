from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.forms.room import CancelForm, DecisionForms, MeetingForm, MinutesForm
from partnerships.meeting_times import by_month, event_of
from partnerships.models import Audience, Meeting, MeetingAnswer, MeetingDecision, Partnership, Profile
from partnerships.permissions import (
    may_answer,
    may_call_meeting,
    may_enter_room,
    may_run_meeting,
    may_write_to_administrators,
)
from partnerships.room_people import municipality_takes_part, readers, seated_in
from partnerships.services import meetings as services
from partnerships.services import minutes as afterwards
from partnerships.text.icalendar import calendar

from .refusals import told_in, told_on_the_next_page
from .room import entered
from .signed_in import named

PER_PAGE = 30


def _seen_by(request: HttpRequest, slug: str, pk: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("partnership__responsible", "author")
    return get_object_or_404(rows, partnership__slug=slug, pk=pk)


def _run_by(request: HttpRequest, slug: str, pk: int) -> Meeting:
    found = _seen_by(request, slug, pk)
    if not may_run_meeting(request.user, found):
        raise Http404
    return found


@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """By month: those to come from the next one on, those held from the last one back."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    rows = Meeting.objects.visible_to(request.user).filter(partnership=partnership).select_related("partnership")
    held = request.GET.get("show") == "held"
    page = Paginator(rows.past() if held else rows.coming(), PER_PAGE).get_page(request.GET.get("page"))
    inside = may_enter_room(request.user, partnership)
    context = {
        "partnership": partnership,
        "inside": inside,
        "held": held,
        "page": page,
        "months": by_month(page),
        "administers": inside and may_write_to_administrators(request.user, partnership),
        "may_call": inside and may_call_meeting(request.user, partnership),
    }
    return render(request, "partnerships/room/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _seen_by(request, slug, pk)
    inside = may_enter_room(request.user, found.partnership)
    if request.method == "POST":
        return _act(request, found, inside)
    runs = may_run_meeting(request.user, found)
    context = {
        "meeting": found,
        "partnership": found.partnership,
        "inside": inside,
        "runs": runs,
        "may_answer": may_answer(request.user, found) and not found.has_begun and not found.cancelled,
        "may_be_asked_for": inside and municipality_takes_part(found.partnership),
        **(_answers(request, found) if inside else {}),
        **_outcome(found, inside=inside, runs=runs),
        "history": list(found.history.all()[:30]) if inside else [],
    }
    return render(request, "partnerships/room/meeting.html", context)


def _answers(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """Who comes, by what they said; how many have said nothing."""
    rows = list(meeting.answers.exclude(answer="").select_related("profile"))
    said = {value: [row.profile for row in rows if row.answer == value] for value in MeetingAnswer.Answer.values}
    silent = meeting.answers.filter(answer="").count()
    mine = next((row for row in rows if row.profile.user_id == request.user.pk), None)
    labels = dict(MeetingAnswer.Answer.choices)
    return {
        "said": [(value, labels[value], said[value]) for value in ("yes", "maybe", "no")],
        "silent": silent,
        "mine": mine,
    }


def _outcome(meeting: Meeting, *, inside: bool, runs: bool) -> dict[str, Any]:
    """A draft is for those who call meetings; outside, only what was made public of what is approved."""
    approved = meeting.minutes_approved is not None
    if not approved and not runs:
        return {"minutes": "", "decisions": [], "is_draft": False}
    decisions = meeting.decisions.select_related("responsible")
    return {
        "minutes": meeting.minutes_html if inside or meeting.minutes_public else "",
        "decisions": list(decisions if inside else decisions.filter(is_public=True)),
        "is_draft": not approved and bool(meeting.minutes_html or meeting.decisions.exists()),
    }


def _act(request: HttpRequest, meeting: Meeting, inside: bool) -> HttpResponse:
    """An answer, the approval of the minutes, or that a decision is carried out."""
    if not inside:
        raise Http404
    with told_on_the_next_page(request):
        match request.POST.get("act"):
            case "answer":
                services.answer(meeting=meeting, actor=request.user, answer=request.POST.get("answer", ""))
                messages.success(request, _("Your answer is kept. You may change it until the meeting begins."))
            case "approve":
                afterwards.approve_minutes(meeting=meeting, actor=request.user)
                messages.success(request, _("The minutes are approved. Those who were invited are told."))
            case "done":
                decision = get_object_or_404(meeting.decisions, pk=_number(request.POST.get("decision", "")))
                afterwards.finish_decision(decision=decision, actor=request.user)
                messages.success(request, _("The decision is marked as done."))
    return redirect(meeting)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _seen_by(request, slug, pk)
    inside = may_enter_room(request.user, found.partnership)
    return calendar_file(calendar(found.title, [event_of(found, inside=inside)]), f"{slug}-{pk}")


def calendar_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@named
def meeting_call(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = entered(request, slug)
    if not may_call_meeting(request.user, partnership):
        raise Http404
    form = _form(request, partnership, {})
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.said.items() if name != "seen"}
        with told_in(form):
            called = services.call_meeting(partnership=partnership, actor=request.user, **said)
            messages.success(request, _("The meeting is called. Those you invited are told."))
            return redirect(called)
    return render(request, "partnerships/room/meeting_form.html", {"form": form, "partnership": partnership})


@named
def meeting_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _run_by(request, slug, pk)
    form = _form(request, found.partnership, _as_typed(found))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.change_meeting(meeting=found, actor=request.user, **form.said)
            messages.success(request, _("The meeting is changed."))
            return redirect(found)
    context = {"form": form, "meeting": found, "partnership": found.partnership}
    return render(request, "partnerships/room/meeting_form.html", context)


def _form(request: HttpRequest, partnership: Partnership, initial: dict[str, Any]) -> MeetingForm:
    return MeetingForm(
        request.POST or None,
        initial=initial,
        people=seated_in(partnership),
        for_administrators=may_write_to_administrators(request.user, partnership),
    )


def _as_typed(meeting: Meeting) -> dict[str, Any]:
    begins, ends = timezone.localtime(meeting.begins), timezone.localtime(meeting.ends)
    kept = {name: getattr(meeting, name) for name in ("title", "place", "link", "agenda", "asked", "audience")}
    asked = meeting.answers.values_list("profile_id", flat=True) if meeting.asked == Meeting.Asked.CHOSEN else []
    return {
        **kept,
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != begins.date() else None,
        "chosen": list(asked),
        "seen": meeting.updated.isoformat(),
    }


@named
def meeting_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _run_by(request, slug, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.cancel_meeting(meeting=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The meeting is called off. Those who were invited are told."))
            return redirect(found)
    context = {"form": form, "meeting": found, "partnership": found.partnership}
    return render(request, "partnerships/room/meeting_cancel.html", context)


@named
def meeting_minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _run_by(request, slug, pk)
    first = {"text": found.minutes, "is_public": found.minutes_public, "seen": found.updated.isoformat()}
    form = MinutesForm(request.POST or None, initial=first)
    rows = DecisionForms(
        request.POST or None,
        initial=[_row(decision) for decision in found.decisions.all()],
        form_kwargs={"people": _may_be_responsible(found)},
        prefix="decisions",
    )
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with told_in(form):
            said = {**form.cleaned_data, "decisions": _decisions(rows)}
            afterwards.write_minutes(meeting=found, actor=request.user, **said)
            messages.success(request, _("The minutes are kept as a draft. Approve them when they are right."))
            return redirect(found)
    context = {
        "form": form,
        "rows": rows,
        "meeting": found,
        "partnership": found.partnership,
        "may_be_public": found.audience == Audience.PUBLIC,
    }
    return render(request, "partnerships/room/meeting_minutes.html", context)


def _row(decision: MeetingDecision) -> dict[str, Any]:
    names = ("pk", "text", "due", "is_public")
    return {**{name: getattr(decision, name) for name in names}, "responsible": decision.responsible_id}


def _decisions(rows: BaseFormSet) -> list[dict[str, Any]]:
    said = (row.cleaned_data for row in rows)
    return [row for row in said if row.get("text", "").strip()]


def _may_be_responsible(meeting: Meeting) -> list[Profile]:
    """Those with a seat, and those asked by name or who answered, but for a no: a list one can look through."""
    comes = Q(meeting_answers__meeting=meeting, meeting_answers__answer__in=["yes", "maybe", ""])
    seated = Q(pk__in=seated_in(meeting.partnership).order_by().values("pk"))
    has = Q(meeting_decisions__meeting=meeting)
    people = readers(meeting.partnership, meeting.audience).filter(comes | seated | has)
    return list(people.distinct().order_by("sort_key"))
