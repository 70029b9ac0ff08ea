from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from partnerships.consent_texts import CONSENTS, ConsentText
from partnerships.forms import ProfileForm
from partnerships.models import Consent, Membership, Profile
from partnerships.services import consents, people
from partnerships.standing import memberships_over_time

from .refusals import told_in
from .signed_in import profile_of


@dataclass(frozen=True)
class Switch:
    """A consent as the form shows it: what the yes is given to, and since when it stands."""

    field: BoundField
    words: ConsentText
    given: Consent | None


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, topics and consents. Who signed in without a profile gets one here."""
    own = profile_of(request)
    memberships = memberships_over_time(own, request.user) if own else []
    form = _form(request, own, [row for row in memberships if row.is_now])
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            _save(request, own, form)
            messages.success(request, _("Your profile is saved."))
            return HttpResponseRedirect(_next(request))
    given = {row.purpose: row for row in own.consents.current()} if own else {}
    context = {
        "form": form,
        "profile": own,
        "given": given,
        "bounced": own is not None and Profile.objects.mail_bounced().filter(pk=own.pk).exists(),
        "absent": own is not None and Profile.objects.absent().filter(pk=own.pk).exists(),
        "switches": [Switch(form[purpose], CONSENTS[purpose], given.get(purpose)) for purpose in CONSENTS],
        "memberships": memberships,
        "current": [row for row in memberships if row.is_now],
        "next": request.GET.get("next", ""),
    }
    return render(request, "partnerships/profile.html", context)


def _form(request: HttpRequest, own: Profile | None, memberships: list[Membership]) -> ProfileForm:
    if request.method == "POST":
        shown = own is not None and own.consents.as_contact().exists()
        return ProfileForm(request.POST, memberships=memberships, shown=shown)
    if own is None:
        return ProfileForm(initial={"name": request.user.get_full_name()})
    return ProfileForm.filled_from(own, memberships)


def _save(request: HttpRequest, own: Profile | None, form: ProfileForm) -> None:
    own = own or people.create_profile(user=request.user, name=form.cleaned_data["name"])
    people.update_profile(profile=own, actor=request.user, **form.about_the_person)
    for row, title in form.positions:
        if title != row.title:
            people.name_position(membership=row, actor=request.user, title=title)
    given = set(own.consents.current().values_list("purpose", flat=True))
    for purpose, wanted in form.consents.items():
        if wanted and purpose not in given:
            consents.give_consent(profile=own, actor=request.user, purpose=purpose)
        if purpose in given and not wanted:
            consents.withdraw_consent(profile=own, actor=request.user, purpose=purpose)


def _next(request: HttpRequest) -> str:
    """Where the person came from, if that is here."""
    wanted = request.POST.get("next", "")
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if own else reverse("profile")
