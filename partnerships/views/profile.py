from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from partnerships import consent_texts
from partnerships.forms import ProfileForm
from partnerships.models import Consent, Profile
from partnerships.services import people as services
from partnerships.standing import memberships_over_time

from .refusals import told_in
from .signed_in import profile_of

CONTACT = Consent.Purpose.CONTACT


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, topics and consent. Who signed in without a profile gets one here."""
    own = profile_of(request)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.filled_from(own, _name_of(request))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            _save(request, own, form)
            messages.success(request, _("Your profile is saved."))
            return HttpResponseRedirect(_next(request))
    context = {
        "form": form,
        "profile": own,
        "consent": own and own.consents.as_contact().first(),
        "consent_text": consent_texts.CONTACT,
        "consent_version": consent_texts.CONTACT_VERSION,
        "topics": list(own.topics.all()) if own else [],
        "memberships": memberships_over_time(own, request.user) if own else [],
        "next": request.GET.get("next", ""),
    }
    return render(request, "partnerships/profile.html", context)


def _name_of(request: HttpRequest) -> str:
    return request.user.get_full_name()


def _save(request: HttpRequest, own: Profile | None, form: ProfileForm) -> None:
    own = own or services.create_profile(user=request.user, name=form.cleaned_data["name"])
    services.update_profile(profile=own, actor=request.user, **form.about_the_person)
    given = own.consents.as_contact().exists()
    if form.cleaned_data["contact"] and not given:
        version = consent_texts.CONTACT_VERSION
        services.give_consent(profile=own, actor=request.user, purpose=CONTACT, text_version=version)
    if given and not form.cleaned_data["contact"]:
        services.withdraw_consent(profile=own, actor=request.user, purpose=CONTACT)


def _next(request: HttpRequest) -> str:
    """Where the person came from, if that is here."""
    wanted = request.POST.get("next", "")
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if own else reverse("profile")
