"""The four lists of what is shared. Each lists its own kind, with filters and paging in the address."""

from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.forms import TopLevelPageForm
from cms.panels import PROMOTE


class SectionIndexPage(Page):
    """What the four lists have in common."""

    counted = ngettext_lazy("%(n)s page", "%(n)s pages", "n")
    intro = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = PROMOTE
    parent_page_types = ["cms.HomePage"]
    base_form_class = TopLevelPageForm

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listing import section_listing

        model = apps.get_model(self.subpage_types[0])
        listing = section_listing(model, request.GET, self.locale.language_code)
        found = self.counted % {"n": listing.total}
        return {**super().get_context(request, *args, **kwargs), "listing": listing, "found": found}


class CaseIndexPage(SectionIndexPage):
    page_description = _("The list of case stories.")
    counted = ngettext_lazy("%(n)s case", "%(n)s cases", "n")
    subpage_types = ["cms.CaseStoryPage"]
    max_count_per_parent = 1
    template = "cms/section.html"

    class Meta:
        verbose_name = _("list of case stories")


class IdeaIndexPage(SectionIndexPage):
    page_description = _("The list of solution ideas.")
    counted = ngettext_lazy("%(n)s idea", "%(n)s ideas", "n")
    subpage_types = ["cms.SolutionIdeaPage"]
    max_count_per_parent = 1
    template = "cms/section.html"

    class Meta:
        verbose_name = _("list of solution ideas")


class UpdateIndexPage(SectionIndexPage):
    page_description = _("The list of updates.")
    counted = ngettext_lazy("%(n)s news item", "%(n)s news items", "n")
    subpage_types = ["cms.UpdatePage"]
    max_count_per_parent = 1
    template = "cms/section.html"

    class Meta:
        verbose_name = _("list of updates")


class PlanIndexPage(SectionIndexPage):
    page_description = _("The list of plan sections, by edition.")
    counted = ngettext_lazy("%(n)s plan section", "%(n)s plan sections", "n")
    subpage_types = ["cms.PlanSectionPage"]
    max_count_per_parent = 1
    template = "cms/section.html"

    class Meta:
        verbose_name = _("list of plan sections")
