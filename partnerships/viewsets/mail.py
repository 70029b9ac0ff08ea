"""Mail that did not leave, in Wagtail's menu of those who may send it again; and the addresses that send mail back."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from partnerships.models import DeadAddress, OutgoingMail
from partnerships.services import bounces, mail_queue
from partnerships.services.refusals import Refusal

PERMISSION = "partnerships.change_outgoingmail"
PER_PAGE = 50


@require_safe
@permission_required(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    mails = OutgoingMail.objects.for_staff().order_by("state", "-created", "-pk").defer("text", "html")
    context = {
        "header_title": _("Mail that did not leave"),
        "page_title": _("Mail that did not leave"),
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": "", "label": _("Mail that did not leave")}],
        "mails": Paginator(mails, PER_PAGE).get_page(request.GET.get("page")),
        "dead": DeadAddress.objects.all()[:PER_PAGE],
        "waiting": OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING).count(),
    }
    return render(request, "wagtailadmin/mail/index.html", context)


@require_POST
@permission_required(PERMISSION)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(OutgoingMail.objects.for_staff(), pk=pk)
    try:
        mail_queue.send_again(mail=mail, actor=request.user)
        messages.success(request, _("The mail is sent again."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("outgoing_mail:index")


@require_POST
@permission_required(PERMISSION)
def works(request: HttpRequest, pk: int) -> HttpResponse:
    dead = get_object_or_404(DeadAddress, pk=pk)
    bounces.lift(address=dead.address, actor=request.user)
    messages.success(request, _("Mails are sent there again."))
    return redirect("outgoing_mail:index")


class _MenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class MailScreens(ViewSet):
    name, icon, menu_label, menu_order = "outgoing_mail", "mail", gettext_lazy("Mail that did not leave"), 240
    add_to_admin_menu = True
    menu_item_class = _MenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("<int:pk>/again/", again, name="again"),
            path("addresses/<int:pk>/works/", works, name="works"),
        ]
