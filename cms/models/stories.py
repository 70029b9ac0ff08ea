from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.blocks import TEXT_FEATURES
from partnerships.models.vocabulary import in_language
from partnerships.partial_dates import A_YEAR, validate_partial_date

from .base import SharedPage


class CaseStoryPage(SharedPage):
    """A case: what was tried, what came of it, and what became of it since."""

    problem = RichTextField(_("the problem"), features=TEXT_FEATURES, blank=True)
    solution = RichTextField(_("the solution"), features=TEXT_FEATURES, blank=True)
    result = RichTextField(_("the result"), features=TEXT_FEATURES, blank=True)
    lessons = RichTextField(_("what we learnt"), features=TEXT_FEATURES, blank=True)
    year_start = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=A_YEAR)
    year_end = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=A_YEAR, help_text=_("Empty while it goes on.")
    )
    status = models.CharField(max_length=20, blank=True, editable=False, db_index=True)

    page_description = _("A case story: problem, solution, result, lessons, and a status that is dated and sourced.")
    parent_page_types = ["cms.CaseIndexPage"]
    subpage_types: list[str] = []
    template = "cms/story.html"
    edit_handler = SharedPage.tabs(
        [
            *Page.content_panels,
            *SharedPage.lead_panels,
            FieldPanel("problem"),
            FieldPanel("solution"),
            FieldPanel("result"),
            FieldPanel("lessons"),
            FieldPanel("body"),
            MultiFieldPanel([FieldPanel("year_start"), FieldPanel("year_end")], heading=_("Years")),
            InlinePanel("status_steps", heading=_("Status over time"), label=_("Status")),
            InlinePanel("evidence_links", heading=_("Evidence"), label=_("Link")),
        ]
    )

    class Meta:
        verbose_name = _("case story")
        verbose_name_plural = _("case stories")

    def clean(self) -> None:
        super().clean()
        if self.year_start and self.year_end and self.year_end < self.year_start:
            raise ValidationError({"year_end": _("It cannot end before it began.")})

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """The last step of the status series is the status one filters by."""
        steps = list(self.status_steps.all())
        self.status = steps[-1].code if steps else ""
        super().full_clean(*args, **kwargs)


class StatusStep(Orderable):
    """One step of what became of it. The date is partial; without date or source the page says that it is missing."""

    class Code(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped early")
        CLOSED = "closed", _("Closed")
        SUCCEEDED = "succeeded", _("Succeeded by another")

    page = ParentalKey(CaseStoryPage, on_delete=models.CASCADE, related_name="status_steps")
    code = models.CharField(_("status"), max_length=20, choices=Code.choices)
    date = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("2009, 2009-11 or 2009-11-18. Empty if nobody knows."),
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("succeeded by the page"),
    )

    panels = [
        FieldPanel("code"),
        FieldPanel("date"),
        FieldPanel("reason"),
        FieldPanel("reason_en"),
        FieldPanel("source"),
        FieldPanel("successor"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("status")

    @property
    def reason_shown(self) -> str:
        return in_language(self, "reason")


class EvidenceLink(Orderable):
    page = ParentalKey(CaseStoryPage, on_delete=models.CASCADE, related_name="evidence_links")
    label = models.CharField(_("what it shows"), max_length=200)
    url = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("label"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("evidence")
