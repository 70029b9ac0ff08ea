"""Writing through a form, and what the two sides see of it afterwards."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships.forms.direct_messages import ReportForm, WriteForm
from partnerships.models import Block, DirectMessage, Organisation, Profile
from partnerships.permissions.direct_messages import may_decide_reports, receives
from partnerships.services import direct_messages as services
from partnerships.services import reports

from .refusals import told_in, told_on_the_next_page
from .signed_in import named

A_PAGE = 20


@named
def person_write(request: HttpRequest, slug: str) -> HttpResponse:
    reachable = Profile.objects.may_be_written_to().visible_to(request.user).exclude(pk=request.profile.pk)
    person = get_object_or_404(reachable, slug=slug)
    return _written(request, person, lambda **typed: services.write_to_person(person=person, **typed))


@named
def organisation_write(request: HttpRequest, slug: str) -> HttpResponse:
    reachable = Organisation.objects.visible_to(request.user).exclude(mailbox="")
    organisation = get_object_or_404(reachable, slug=slug)
    return _written(
        request, organisation, lambda **typed: services.write_to_organisation(organisation=organisation, **typed)
    )


def _written(
    request: HttpRequest, receiver: Profile | Organisation, write: Callable[..., DirectMessage]
) -> HttpResponse:
    form = WriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            write(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your message is sent to %(name)s.") % {"name": receiver})
            return redirect(receiver)
    context = {"form": form, "receiver": receiver, "answers_to": services.confirmed_address(request.user)}
    return render(request, "partnerships/direct_messages/write.html", context)


@named
def direct_messages(request: HttpRequest) -> HttpResponse:
    """What one got and sent, and whom one will not hear from."""
    if request.method == "POST":
        with told_on_the_next_page(request):
            services.unblock(block=_own_block(request), actor=request.user)
            messages.success(request, _("The sender may write again."))
        return redirect("direct_messages")
    rows = DirectMessage.objects.visible_to(request.user).select_related("sender", "person", "organisation")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.is_sent = row.sender_id == request.profile.pk
    blocks = Block.objects.to(request.user).select_related("sender", "person", "organisation")
    context = {"page": page, "blocks": list(blocks), "decides": may_decide_reports(request.user)}
    return render(request, "partnerships/direct_messages/list.html", context)


def _own_block(request: HttpRequest) -> Block:
    key = request.POST.get("block", "")
    return get_object_or_404(Block.objects.to(request.user), pk=key if key.isdecimal() and len(key) < 19 else 0)


def _seen_by(request: HttpRequest, pk: int) -> DirectMessage:
    rows = DirectMessage.objects.visible_to(request.user).select_related("sender", "person", "organisation")
    return get_object_or_404(rows, pk=pk)


@named
def direct_message(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen_by(request, pk)
    if request.method == "POST":
        with told_on_the_next_page(request):
            services.block(direct_message=found, actor=request.user)
            messages.success(request, _("%(name)s cannot write to you any more.") % {"name": found.sender})
        return redirect(found)
    received = receives(request.user, found)
    blocked = Block.objects.filter(sender=found.sender, person=found.person, organisation=found.organisation)
    context = {
        "direct_message": found,
        "received": received,
        "blocked": received and blocked.exists(),
        "report": found.reports.filter(reporter=request.profile).first(),
        "has_page": Profile.objects.visible_to(request.user).filter(pk=found.sender_id).exists(),
    }
    return render(request, "partnerships/direct_messages/message.html", context)


@named
def direct_message_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen_by(request, pk)
    if not receives(request.user, found):
        raise Http404
    return _reported(request, found, lambda **typed: reports.report_direct_message(direct_message=found, **typed))


@named
def person_report(request: HttpRequest, slug: str) -> HttpResponse:
    seen = Profile.objects.visible_to(request.user).exclude(pk=request.profile.pk)
    person = get_object_or_404(seen, slug=slug)
    return _reported(request, person, lambda **typed: reports.report_profile(profile=person, **typed))


def _reported(request: HttpRequest, item: DirectMessage | Profile, report: Callable[..., object]) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            report(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. The municipality looks at it, and you hear what it decides."))
            return redirect(item)
    return render(request, "partnerships/direct_messages/report.html", {"form": form, "item": item})
