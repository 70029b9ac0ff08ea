"""Organisations as they are written: registered, changed, drafted, with a logo, taken down."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships import duplicates
from partnerships.forms import FormerNames, LogoForm, OrganisationForm, RegisterForm, TakeDownForm
from partnerships.models import Organisation, PageDraft
from partnerships.permissions import may_administer_organisation, may_edit_organisation, may_verify_organisation
from partnerships.services import logos, page_drafts
from partnerships.services import organisations as services

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


@named
def organisation_register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    twins: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        twins = _twins(request, form)
        if not twins and not form.errors:
            with told_in(form):
                return redirect(_registered(request, form))
    return render(request, "partnerships/organisation_register.html", {"form": form, "twins": twins})


def _registered(request: HttpRequest, form: RegisterForm) -> Organisation:
    draft = request.POST.get("act") == "draft"
    made = services.register(actor=request.user, draft=draft, **form.about_the_organisation)
    if draft:
        messages.success(request, _("The draft of %(name)s is saved. Only you see it.") % {"name": made})
    else:
        messages.success(request, _("%(name)s is registered. You are its administrator.") % {"name": made})
    return made


def _twins(request: HttpRequest, form: RegisterForm) -> list[Organisation]:
    """A number belongs to one organisation; a name may be had twice, if the person says so. Drafts of others are not told."""
    visible = Organisation.objects.visible_to(request.user).looked_after()
    if holder := duplicates.with_number(form.cleaned_data["company_number"]):
        shown = list(visible.filter(pk=holder.pk))
        known = _("%(name)s has this number already.") % {"name": holder}
        hidden = _("An organisation with that company number is registered already.")
        form.add_error("company_number", known if shown else hidden)
        return shown
    if form.cleaned_data["another"]:
        return []
    return list(visible.filter(pk__in=[one.pk for one in duplicates.with_name(form.cleaned_data["name"])]))


def _mine(request: HttpRequest, slug: str) -> Organisation:
    found = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("logo"), slug=slug)
    if not may_edit_organisation(request.user, found):
        raise Http404
    return found


@named
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    draft = PageDraft.objects.filter(organisation=found).select_related("saved_by").first()
    form, names = _edit_forms(request, found, draft)
    if request.method == "POST" and form.is_valid() & names.is_valid():
        with told_in(form):
            return _kept(request, found, form, names)
        form.data = form.data.copy()
        form.data["seen"] = found.updated.isoformat()
    context = {
        "organisation": found,
        "form": form,
        "names": names,
        "draft": draft,
        "administers": may_administer_organisation(request.user, found),
        "may_verify": may_verify_organisation(request.user),
    }
    return render(request, "partnerships/organisation_edit.html", context)


def _edit_forms(
    request: HttpRequest, organisation: Organisation, draft: PageDraft | None
) -> tuple[OrganisationForm, FormerNames]:
    if request.method == "POST":
        form = OrganisationForm(request.POST, organisation=organisation, user=request.user)
        return form, FormerNames(request.POST, prefix="names")
    drafted = page_drafts.fields_in(draft) if draft else None
    former = draft.values["former_names"] if draft else list(organisation.former_names.values("name", "since", "until"))
    form = OrganisationForm.filled_from(organisation, request.user, drafted)
    return form, FormerNames(initial=former, prefix="names")


def _kept(request: HttpRequest, found: Organisation, form: OrganisationForm, names: FormerNames) -> HttpResponse:
    """Published, or kept for those who look after the page. Of a page that is a draft as a whole there is only one."""
    fields = {"former_names": names.kept, **form.about_the_organisation}
    as_draft = request.POST.get("act") == "draft"
    if as_draft and not found.is_draft:
        page_drafts.save_draft(organisation=found, actor=request.user, **fields)
        messages.success(request, _("The draft is saved. Everyone else sees the page as it was."))
        return redirect("partnerships:organisation_preview", found.slug)
    kept = services.update(organisation=found, actor=request.user, seen=form.cleaned_data["seen"], **fields)
    if kept.is_draft and not as_draft:
        services.publish(organisation=kept, actor=request.user)
    messages.success(request, _("The draft is saved.") if as_draft else _("The page is changed."))
    if found.is_verified and not kept.is_verified:
        messages.warning(request, _("With a new name, number or website the organisation must be verified anew."))
    return redirect(kept)


@named
def organisation_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as the draft would make it, for those who look after it. POST gives the draft up."""
    found = _mine(request, slug)
    draft = get_object_or_404(PageDraft.objects.select_related("saved_by"), organisation=found)
    if request.method == "POST":
        with told_on_the_next_page(request):
            page_drafts.discard_draft(organisation=found, actor=request.user)
            messages.success(request, _("The draft is given up."))
        return redirect(found)
    drafted = page_drafts.as_it_would_be(draft)
    context = {
        "organisation": drafted.organisation,
        "former_names": drafted.former_names,
        "draft": draft,
        "is_looked_after": True,
        **drafted.sets,
    }
    return render(request, "partnerships/organisations/preview.html", context)


@named
def organisation_logo(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    form = LogoForm(request.POST or None, request.FILES or None, initial={"logo_alt": found.logo_alt})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            _logo_kept(request, found, form)
            return redirect(found)
    return render(request, "partnerships/organisations/logo.html", {"organisation": found, "form": form})


def _logo_kept(request: HttpRequest, found: Organisation, form: LogoForm) -> None:
    file, alt = form.cleaned_data["logo"], form.cleaned_data["logo_alt"]
    if request.POST.get("act") == "remove":
        logos.remove_logo(organisation=found, actor=request.user)
        messages.success(request, _("The logo is removed."))
    elif file:
        logos.change_logo(organisation=found, actor=request.user, file=file, alt=alt)
        messages.success(request, _("The logo is changed."))
    else:
        logos.describe_logo(organisation=found, actor=request.user, alt=alt)
        messages.success(request, _("What the logo shows is saved."))


@named
def organisation_take_down(request: HttpRequest, slug: str) -> HttpResponse:
    """For the municipality's editors."""
    found = get_object_or_404(Organisation, slug=slug)
    if not may_verify_organisation(request.user):
        raise Http404
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.take_down(organisation=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The page is taken down. Its own still see it, and may publish it again."))
            return redirect(found)
    return render(request, "partnerships/organisations/take_down.html", {"organisation": found, "form": form})
