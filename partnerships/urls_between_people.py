"""Addresses of writing to each other and of what is reported."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from partnerships.views import direct_messages, reports

urlpatterns = [
    path(_("organisations/<slug:slug>/message/"), direct_messages.organisation_write, name="organisation_write"),
    path(_("people/<slug:slug>/message/"), direct_messages.person_write, name="person_write"),
    path(_("people/<slug:slug>/report/"), direct_messages.person_report, name="person_report"),
]
desk_urlpatterns = [
    path(_("desk/messages/"), direct_messages.direct_messages, name="direct_messages"),
    path(_("desk/messages/<int:pk>/"), direct_messages.direct_message, name="direct_message"),
    path(_("desk/messages/<int:pk>/report/"), direct_messages.direct_message_report, name="direct_message_report"),
    path(_("desk/reports/"), reports.report_list, name="reports"),
    path(_("desk/reports/<int:pk>/"), reports.report, name="report"),
]
