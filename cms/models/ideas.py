from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.blocks import TEXT_FEATURES

from .base import SharedPage


class SolutionIdeaPage(SharedPage):
    """An idea that somebody could carry out. Who proposes it and who could help are its organisations and people."""

    need = RichTextField(_("the need"), features=TEXT_FEATURES, blank=True)
    idea = RichTextField(_("the idea"), features=TEXT_FEATURES, blank=True)
    effect = RichTextField(_("the effect"), features=TEXT_FEATURES, blank=True)
    preconditions = RichTextField(_("what it takes"), features=TEXT_FEATURES, blank=True)

    page_description = _("An idea for a solution: the need, the idea, its effect, what it takes and who could help.")
    parent_page_types = ["cms.IdeaIndexPage"]
    subpage_types: list[str] = []
    template = "cms/idea.html"
    edit_handler = SharedPage.tabs(
        [
            *Page.content_panels,
            *SharedPage.lead_panels,
            FieldPanel("need"),
            FieldPanel("idea"),
            FieldPanel("effect"),
            FieldPanel("preconditions"),
            FieldPanel("body"),
        ]
    )

    class Meta:
        verbose_name = _("solution idea")
        verbose_name_plural = _("solution ideas")
