from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import BodyBlock
from cms.forms import TopLevelPageForm
from cms.panels import PROMOTE


class StandardPage(Page):
    """A page of plain text: about, contact, privacy, cookies, accessibility. Its role tells the footer where to point."""

    class Role(models.TextChoices):
        ABOUT = "about", _("About the site")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy")
        COOKIES = "cookies", _("Cookies")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        OTHER = "other", _("Something else")

    role = models.CharField(_("what it is"), max_length=20, choices=Role.choices, default=Role.OTHER)
    intro = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("content"))

    page_description = _("A page of plain text, such as about, contact, privacy, cookies or accessibility.")
    promote_panels = PROMOTE
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    base_form_class = TopLevelPageForm
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard.html"
    content_panels = [*Page.content_panels, FieldPanel("role"), FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
