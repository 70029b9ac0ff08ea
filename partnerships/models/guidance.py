"""What the municipality tells those who get a no from one of its partnerships."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .vocabulary import in_language


@register_setting(icon="info-circle")
class ComplaintGuidance(BaseGenericSetting):
    """Where a text is empty, a text with the general rules stands in its place (responsibility.py)."""

    text_da = models.TextField(_("how to complain, in Danish"), blank=True, max_length=3000)
    text_en = models.TextField(_("how to complain, in English"), blank=True, max_length=3000)

    panels = [
        HelpPanel(
            content=_(
                "Stands under every refusal by a partnership that the municipality is responsible for, on the page and in "
                "the mail. {responsible} becomes the authority's name, {mailbox} its shared mailbox. Empty: the general "
                "rules are told."
            )
        ),
        FieldPanel("text_da"),
        FieldPanel("text_en"),
    ]

    class Meta:
        verbose_name = _("how to complain")

    @property
    def text(self) -> str:
        return in_language(self, "text")
