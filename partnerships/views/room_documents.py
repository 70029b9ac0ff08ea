from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.forms.room import DocumentChangeForm, DocumentForm, VersionForm
from partnerships.models import Audience, Partnership, RoomDocument
from partnerships.permissions import (
    may_add_version,
    may_change_document,
    may_enter_room,
    may_share_document,
    may_write_to_administrators,
)
from partnerships.room_people import municipality_takes_part
from partnerships.services import room_documents as services

from .files import sent
from .refusals import told_in, told_on_the_next_page
from .room import entered
from .signed_in import named

PER_PAGE = 30


def _seen_by(request: HttpRequest, slug: str, pk: int) -> RoomDocument:
    rows = RoomDocument.objects.visible_to(request.user).select_related("partnership__responsible", "author", "current")
    return get_object_or_404(rows, partnership__slug=slug, pk=pk)


@require_safe
def document_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Members see theirs, everyone else what is public."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    rows = RoomDocument.objects.visible_to(request.user).filter(partnership=partnership)
    inside = may_enter_room(request.user, partnership)
    context = {
        "partnership": partnership,
        "inside": inside,
        "administers": inside and may_write_to_administrators(request.user, partnership),
        "may_share": inside and may_share_document(request.user, partnership),
        "page": Paginator(rows.select_related("partnership", "current", "author"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "partnerships/room/documents.html", context)


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Inside, every version with who, when and why; in public only the latest, and who shared it if they agreed to be named."""
    found = _seen_by(request, slug, pk)
    inside = may_enter_room(request.user, found.partnership)
    context = {
        "document": found,
        "partnership": found.partnership,
        "inside": inside,
        "is_public": found.audience == Audience.PUBLIC,
        "versions": list(found.versions.select_related("author")) if inside else [],
        "may_change": may_change_document(request.user, found),
        "may_add": may_add_version(request.user, found),
        "may_be_asked_for": inside and municipality_takes_part(found.partnership),
        "history": list(found.history.all()) if inside else [],
    }
    return render(request, "partnerships/room/document.html", context)


@require_safe
def document_file(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Asked for anew each time who may read it; earlier versions are for members."""
    found = _seen_by(request, slug, pk)
    version = get_object_or_404(found.versions, number=number)
    if version.pk != found.current_id and not may_enter_room(request.user, found.partnership):
        raise Http404
    return sent(version.file, kind=version.kind, name=version.name)


@named
def document_share(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = entered(request, slug)
    if not may_share_document(request.user, partnership):
        raise Http404
    for_administrators = may_write_to_administrators(request.user, partnership)
    form = DocumentForm(request.POST or None, request.FILES or None, for_administrators=for_administrators)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            kept = services.share_document(partnership=partnership, actor=request.user, **form.said)
            return _next_page(request, kept, wanted=form.cleaned_data["audience"])
    context = {"form": form, "partnership": partnership}
    context["may_be_asked_for"] = municipality_takes_part(partnership)
    return render(request, "partnerships/room/document_form.html", context)


@named
def document_version(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _seen_by(request, slug, pk)
    if not may_add_version(request.user, found):
        raise Http404
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            wanted = found.audience
            version = services.add_version(document=found, actor=request.user, **form.said)
            return _next_page(request, version.document, wanted=wanted)
    context = {"form": form, "document": found, "partnership": found.partnership}
    context["may_be_asked_for"] = municipality_takes_part(found.partnership)
    return render(request, "partnerships/room/document_form.html", context)


def _next_page(request: HttpRequest, document: RoomDocument, wanted: str) -> HttpResponse:
    """An untagged PDF that was meant for everyone is asked about before everyone gets it."""
    if wanted == Audience.PUBLIC != document.audience:
        messages.info(request, _("The members have it now. Before everyone gets it, read this."))
        return redirect("partnerships:room_document_open", document.partnership.slug, document.pk)
    messages.success(request, _("The document is shared."))
    return redirect(document)


@named
def document_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _may_change(request, slug, pk)
    form = DocumentChangeForm(
        request.POST or None,
        initial={"title": found.title, "audience": found.audience},
        for_administrators=may_write_to_administrators(request.user, found.partnership),
        is_public=found.audience == Audience.PUBLIC,
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.change_document(document=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The document is changed."))
            return redirect(found)
    context = {"form": form, "document": found, "partnership": found.partnership}
    return render(request, "partnerships/room/document_edit.html", context)


@named
def document_open(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The switch “for everyone too”: it warns, asks, and turns the other way as well."""
    found = _may_change(request, slug, pk)
    is_public = found.audience == Audience.PUBLIC
    if request.method == "POST":
        with told_on_the_next_page(request):
            if request.POST.get("act") == "close":
                services.close_to_members(document=found, actor=request.user)
                messages.success(request, _("Now only members may read it."))
            else:
                sure = request.POST.get("although_untagged") == "on"
                services.open_to_all(document=found, actor=request.user, although_untagged=sure)
                messages.success(request, _("Now everyone may read it."))
            return redirect(found)
        return redirect("partnerships:room_document_open", slug, pk)
    context = {
        "document": found,
        "partnership": found.partnership,
        "is_public": is_public,
        "is_untagged": found.current.tagged is False,
    }
    return render(request, "partnerships/room/document_open.html", context)


@named
def document_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _may_change(request, slug, pk)
    if request.method == "POST":
        with told_on_the_next_page(request):
            services.remove_document(document=found, actor=request.user)
            messages.success(request, _("The document is taken down."))
        return redirect("partnerships:room_documents", slug)
    context = {"thing": found, "partnership": found.partnership}
    return render(request, "partnerships/room/document_remove.html", context)


def _may_change(request: HttpRequest, slug: str, pk: int) -> RoomDocument:
    found = _seen_by(request, slug, pk)
    if not may_change_document(request.user, found):
        raise Http404
    return found
