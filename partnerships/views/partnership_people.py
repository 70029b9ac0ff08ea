"""Who runs a partnership, and what becomes of it."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships.forms.founding import ReasonForm
from partnerships.forms.partnership_settings import AppointForm, MergeForm, ReplaceForm
from partnerships.models import Membership, Partnership, Profile, Seat
from partnerships.permissions import is_facilitator
from partnerships.services import lifecycle, seats, succession
from partnerships.visibility import administered_by

from .partnership_settings import for_those_who_run_it
from .refusals import told_in, told_on_the_next_page

State = Partnership.State
POSSIBLE = {
    State.OPEN: ("pause", "close", "merge"),
    State.PAUSED: ("reopen", "close", "merge"),
    State.CLOSED: ("reopen",),
    State.MERGED: ("reopen",),
}


def _people_of(partnership: Partnership) -> QuerySet[Profile]:
    """Those who are named in it, and those of its members who agree to be shown; all others are invited by mail."""
    taking_part = partnership.participations.current().values("organisation_id")
    members = Membership.objects.current().filter(organisation__in=taking_part).values("profile_id")
    seated = partnership.seats.current().values("profile_id")
    agree = Profile.objects.consenting().filter(pk__in=members).order_by().values("pk")
    return Profile.objects.filter(Q(pk__in=agree) | Q(pk__in=seated), user__is_active=True)


@for_those_who_run_it
def settings_people(request: HttpRequest, found: Partnership) -> HttpResponse:
    appoint = AppointForm(request.POST or None, people=_people_of(found), initial={"role": Seat.Role.BOARD})
    if request.method == "POST" and appoint.is_valid():
        with told_in(appoint):
            seats.appoint(partnership=found, actor=request.user, **appoint.cleaned_data)
            messages.success(
                request, _("%(name)s has the seat from today.") % {"name": appoint.cleaned_data["profile"]}
            )
            return redirect("partnerships:settings_people", found.slug)
    held = found.seats.current().filter(participation=None).select_related("profile")
    context = {"partnership": found, "form": appoint, "seats": list(held)}
    return render(request, "partnerships/settings/people.html", context)


@for_those_who_run_it
def settings_seat(request: HttpRequest, found: Partnership, pk: int) -> HttpResponse:
    """One seat: somebody takes it over, or it ends."""
    seat = get_object_or_404(found.seats.current().filter(participation=None).select_related("profile"), pk=pk)
    people = _people_of(found).exclude(pk=seat.profile_id)
    form = ReplaceForm(request.POST if request.POST.get("act") == "replace" else None, people=people)
    if request.method == "POST" and _changed(request, seat, form):
        return redirect("partnerships:settings_people", found.slug)
    return render(request, "partnerships/settings/seat.html", {"partnership": found, "seat": seat, "form": form})


def _changed(request: HttpRequest, seat: Seat, form: ReplaceForm) -> bool:
    if request.POST.get("act") == "end":
        with told_on_the_next_page(request):
            seats.end_seat(seat=seat, actor=request.user)
            messages.success(request, _("Today is the seat's last day."))
        return True
    if not form.is_valid():
        return False
    with told_in(form):
        succession.replace(seat=seat, actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s has the seat from today.") % {"name": form.cleaned_data["profile"]})
    return form.is_valid()


@for_those_who_run_it
def settings_state(request: HttpRequest, found: Partnership) -> HttpResponse:
    forms = _forms_for(request, found)
    act = request.POST.get("act")
    if request.method == "POST" and act not in forms:
        messages.error(request, _("That cannot be done as things stand now."))
        return redirect("partnerships:settings_state", found.slug)
    if request.method == "POST" and forms[act].is_valid():
        with told_in(forms[act]):
            verb = getattr(lifecycle, act)
            verb(partnership=found, actor=request.user, **forms[act].cleaned_data)
            messages.success(request, _("It is done, and those with a seat hear of it."))
            return redirect("partnerships:partnership", found.slug)
    context = {"partnership": found, "forms": forms, "failed": forms.get(act), "steps": list(found.steps.all())}
    return render(request, "partnerships/settings/state.html", context)


def _forms_for(request: HttpRequest, partnership: Partnership) -> dict[str, ReasonForm | MergeForm]:
    """One for each act that is possible now, the one that was sent filled in."""
    forms = {}
    for act in POSSIBLE[partnership.state]:
        typed = request.POST if request.POST.get("act") == act else None
        if act == "merge":
            forms[act] = MergeForm(typed, partnerships=_may_go_into(request, partnership), auto_id=f"{act}-%s")
        else:
            forms[act] = ReasonForm(typed, auto_id=f"{act}-%s")
    return forms


def _may_go_into(request: HttpRequest, partnership: Partnership) -> QuerySet[Partnership]:
    """Those that go on and that this person runs as well."""
    others = Partnership.objects.filter(state__in=lifecycle.LASTS).exclude(pk=partnership.pk)
    if is_facilitator(request.user):
        return others
    return others.filter(pk__in=administered_by(request.user))
