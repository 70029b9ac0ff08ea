from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.blocks import TEXT_FEATURES
from partnerships.models import Goal, PlanEdition
from partnerships.models.vocabulary import in_language
from partnerships.partial_dates import validate_partial_date

from .base import SharedPage


class PlanSectionPage(SharedPage):
    """A section of the municipal plan. Adoption and "text last updated" are two dates with two labels, never one."""

    edition = models.ForeignKey(PlanEdition, models.PROTECT, related_name="sections", verbose_name=_("plan edition"))
    account = RichTextField(_("the account"), features=TEXT_FEATURES, blank=True)
    text_updated = models.DateField(_("the plan's own text last updated"), null=True, blank=True)
    map_url = models.URLField(_("address of the digital map"), blank=True)
    contact_address = models.TextField(_("postal address of the contact"), blank=True)
    see_also = RichTextField(_("read also"), features=TEXT_FEATURES, blank=True)

    page_description = _(
        "A section of the municipal plan: its goals, its account and its way through the political process."
    )
    parent_page_types = ["cms.PlanIndexPage"]
    subpage_types: list[str] = []
    template = "cms/plan.html"
    edit_handler = SharedPage.tabs(
        [
            *Page.content_panels,
            FieldPanel("edition"),
            *SharedPage.lead_panels,
            FieldPanel("account"),
            FieldPanel("body"),
            InlinePanel("political_steps", heading=_("Status in the political process"), label=_("Step")),
            FieldPanel("text_updated"),
            MultiFieldPanel(
                [FieldPanel("map_url"), FieldPanel("contact_address"), FieldPanel("see_also")],
                heading=_("Contact and map"),
            ),
        ]
    )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import plan_sections, with_counts

        context = super().get_context(request, *args, **kwargs)
        ids = [goal.pk for goal in context["page_goals"]]
        goals = with_counts(Goal.objects.filter(pk__in=ids)).select_related("edition", "predecessor__edition")
        return {
            **context,
            "page_goals": list(goals.prefetch_related("successors__edition")),
            "sections": plan_sections(self.locale.language_code),
        }

    class Meta:
        verbose_name = _("plan section")
        verbose_name_plural = _("plan sections")


class PoliticalStep(Orderable):
    """One of the seven steps a plan goes through; an empty date means that no source gives it."""

    class Step(models.TextChoices):
        PREDEBATE = "predebate", _("Early debate")
        PROPOSAL = "proposal", _("Proposal")
        HEARING = "hearing", _("Hearing")
        ADOPTED = "adopted", _("Adopted")
        PUBLISHED = "published", _("Made public")
        IN_FORCE = "in_force", _("In force")
        REVISED = "revised", _("Revised")

    page = ParentalKey(PlanSectionPage, on_delete=models.CASCADE, related_name="political_steps")
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    date = models.CharField(_("date"), max_length=10, blank=True, validators=[validate_partial_date])
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)
    is_now = models.BooleanField(_("the plan stands here now"), default=False)

    panels = [FieldPanel("step"), FieldPanel("date"), FieldPanel("note"), FieldPanel("note_en"), FieldPanel("is_now")]

    class Meta(Orderable.Meta):
        verbose_name = _("step in the political process")

    @property
    def state(self) -> str:
        """How the rail draws it: where the plan stands, what a date or a note vouches for, what no source gives."""
        if self.is_now:
            return "now"
        return "done" if self.date or self.note else "none"

    @property
    def note_shown(self) -> str:
        return in_language(self, "note")
