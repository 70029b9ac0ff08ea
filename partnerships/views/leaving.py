"""Leaving everything: what goes and what stays in plain words, and one button."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.forms.leaving import LeaveForm
from partnerships.leaving import in_the_way, stood_for, what_goes, what_stays
from partnerships.models.names import Former
from partnerships.services import leaving as services

from .refusals import told_in
from .signed_in import named


@named
def leave_everything(request: HttpRequest) -> HttpResponse:
    """Guessing the password is as slow here as where one signs in."""
    form = LeaveForm(request.POST or None, user=request.user)
    if request.method == "POST" and _may_try(request, form) and form.is_valid():
        with told_in(form):
            services.leave_everything(profile=request.profile, actor=request.user)
            logout(request)
            messages.success(request, _("You have left everything. A last mail confirms it."))
            return redirect(reverse("wagtail_serve", args=[""]))
    context = {
        "form": form,
        "in_the_way": in_the_way(request.profile),
        "goes": what_goes(request.profile),
        "stays": what_stays(request.profile),
        "former": Former.of(stood_for(request.profile)),
    }
    return render(request, "partnerships/people/leave.html", context)


def _may_try(request: HttpRequest, form: LeaveForm) -> bool:
    if ratelimit.consume(request, action="reauthenticate", user=request.user):
        return True
    form.add_error(None, _("Too many attempts. Wait a few minutes and try again."))
    return False
