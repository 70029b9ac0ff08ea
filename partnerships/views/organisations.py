from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships import duplicates
from partnerships.facets import PLACE, TOPIC
from partnerships.forms import FormerNames, OrganisationForm, RegisterForm
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Membership, Organisation, Post
from partnerships.permissions import may_administer_organisation, may_edit_organisation, may_let_in
from partnerships.services import organisations as services
from partnerships.standing import staff_of, stands_of

from .refusals import told_in
from .signed_in import named

RULES = (Rule("kind", gettext_lazy("Kind"), "kind", lambda: Organisation.Kind.choices), TOPIC, PLACE)
LATEST_POSTS = 5


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    rows = Organisation.objects.visible_to(request.user).prefetch_related("places")
    if text := text_in(request.GET):
        called = Organisation.objects.filter(named_like(text, "name_en", "former_names__name"))
        rows = rows.filter(pk__in=called.order_by().values("pk"))
    listing = narrowed(rows, RULES, request.GET)
    return render(request, "partnerships/organisation_list.html", {"listing": listing})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("logo"), slug=slug)
    context = {
        "organisation": found,
        "former_names": list(found.former_names.all()),
        "topics": list(found.topics.all()),
        "places": list(found.places.all()),
        "sectors": list(found.sectors.all()),
        "stands": stands_of(found, request.user),
        "staff": staff_of(found),
        "posts": _public_posts(found),
        **_what_one_may_do(request, found),
    }
    return render(request, "partnerships/organisation.html", context)


def _public_posts(organisation: Organisation) -> list[Post]:
    return list(Post.objects.public().filter(organisation=organisation).select_related("partnership")[:LATEST_POSTS])


def _what_one_may_do(request: HttpRequest, organisation: Organisation) -> dict[str, object]:
    """One's own place here, and for those who let people in, who waits."""
    if not request.user.is_authenticated:
        return {"own": None, "may_edit": False, "waiting": []}
    rows = organisation.memberships.filter(status__in=Membership.OPEN).select_related("profile", "organisation")
    open_rows = list(rows)
    asked = [row for row in open_rows if row.status == Membership.Status.REQUESTED]
    waiting = [row for row in asked if row.profile.user_id != request.user.pk]
    decides = bool(waiting) and may_let_in(request.user, waiting[0])
    return {
        "own": next((row for row in open_rows if row.profile.user_id == request.user.pk), None),
        "may_edit": may_edit_organisation(request.user, organisation),
        "waiting": waiting if decides else [],
    }


@named
def organisation_register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    twins: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        twins = _twins(form)
        if not twins:
            with told_in(form):
                registered = services.register(actor=request.user, **form.about_the_organisation)
                messages.success(
                    request, _("%(name)s is registered. You are its administrator.") % {"name": registered}
                )
                return redirect(registered)
    return render(request, "partnerships/organisation_register.html", {"form": form, "twins": twins})


def _twins(form: RegisterForm) -> list[Organisation]:
    """A number belongs to one organisation; a name may be had twice, if the person says so."""
    if holder := duplicates.with_number(form.cleaned_data["company_number"]):
        form.add_error("company_number", _("%(name)s has this number already.") % {"name": holder})
        return [holder]
    if form.cleaned_data["another"]:
        return []
    return duplicates.with_name(form.cleaned_data["name"])


@named
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not may_edit_organisation(request.user, found):
        raise Http404
    form, names = _edit_forms(request, found)
    if request.method == "POST" and form.is_valid() & names.is_valid():
        with told_in(form):
            fields = form.about_the_organisation
            services.update(organisation=found, actor=request.user, former_names=names.kept, **fields)
            messages.success(request, _("The page is changed."))
            return redirect(found)
    context = {"organisation": found, "form": form, "names": names, "staff": _staff(request, found)}
    return render(request, "partnerships/organisation_edit.html", context)


def _staff(request: HttpRequest, organisation: Organisation) -> list[Membership]:
    """For its administrators alone: whoever works there may not have agreed to be named to others."""
    if not may_administer_organisation(request.user, organisation):
        return []
    return list(organisation.memberships.filter(status__in=Membership.OPEN).select_related("profile", "organisation"))


def _edit_forms(request: HttpRequest, organisation: Organisation) -> tuple[OrganisationForm, FormerNames]:
    if request.method == "POST":
        return OrganisationForm(request.POST), FormerNames(request.POST, prefix="names")
    former = list(organisation.former_names.values("name", "since", "until"))
    return OrganisationForm.filled_from(organisation), FormerNames(initial=former, prefix="names")
