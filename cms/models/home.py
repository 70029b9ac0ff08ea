from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.panels import PROMOTE


class HomePage(Page):
    """The front page of one language."""

    hero_title = models.CharField(_("promise"), max_length=160)
    hero_lead = models.TextField(_("introduction"), max_length=500, blank=True)
    search_examples = models.TextField(_("examples of searches"), blank=True, help_text=_("One on each line."))

    page_description = _("The front page of one language.")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.CaseIndexPage",
        "cms.IdeaIndexPage",
        "cms.UpdateIndexPage",
        "cms.PlanIndexPage",
        "cms.StandardPage",
    ]
    template = "cms/home.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("search_examples")],
            heading=_("Top of the front page"),
        ),
    ]

    promote_panels = PROMOTE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.front import front_page

        return {**super().get_context(request, *args, **kwargs), **front_page(self.locale.language_code)}

    @property
    def examples(self) -> list[str]:
        return [line.strip() for line in self.search_examples.splitlines() if line.strip()]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
