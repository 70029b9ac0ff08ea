from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import SharedPage


class UpdatePage(SharedPage):
    """News from the editors. What members write in their partnership is a Post."""

    date = models.DateField(_("date"), default=timezone.localdate)

    page_description = _("A piece of news with a date.")
    parent_page_types = ["cms.UpdateIndexPage"]
    subpage_types: list[str] = []
    template = "cms/update.html"
    edit_handler = SharedPage.tabs(
        [*Page.content_panels, FieldPanel("date"), *SharedPage.lead_panels, FieldPanel("body")]
    )

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
