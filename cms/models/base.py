"""What every published page has in common."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from cms.blocks import BodyBlock
from cms.forms import SharedPageForm
from cms.openness import is_closed
from cms.panels import PROMOTE, PartnershipsPanel
from partnerships.models import Goal, Organisation, Partnership, Place, Profile, Sector, Topic


class SharedPageQuerySet(PageQuerySet):
    def visible_to(self, user: models.Model) -> Self:
        """Live pages that are not closed; an editor's closed section is answered by the serve hook, never listed."""
        return self.live().filter(~is_closed())


SharedPageManager = PageManager.from_queryset(SharedPageQuerySet)


class SharedPage(Page):
    """A page that shares knowledge: a case, an idea, an update, a section of the plan.

    One table holds what they have in common, so that "everything about this topic" and "everything this person
    stands behind" is one query whatever the kind of page.
    """

    summary = models.TextField(
        _("summary"),
        max_length=500,
        help_text=_("Two or three sentences. Shown in lists, in search and at the top of the page."),
    )
    picture = models.ForeignKey(
        "partnerships.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=250, blank=True, help_text=_("For readers who cannot see it.")
    )
    picture_decorative = models.BooleanField(
        _("the picture is decorative"), default=False, help_text=_("It adds nothing that the text does not say.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more content"))
    mailbox = models.EmailField(
        _("role mailbox"), blank=True, help_text=_("Shown while no person has agreed to be named.")
    )
    sector = models.ForeignKey(
        Sector, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="pages", verbose_name=_("topics"))
    places = ParentalManyToManyField(Place, blank=True, related_name="pages", verbose_name=_("places"))
    goals = ParentalManyToManyField(Goal, blank=True, related_name="pages", verbose_name=_("goals"))
    partnerships = ParentalManyToManyField(
        Partnership, blank=True, related_name="pages", verbose_name=_("partnerships")
    )

    objects = SharedPageManager()
    base_form_class = SharedPageForm
    is_creatable = False
    promote_panels = PROMOTE

    lead_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_decorative")], heading=_("Picture")
        ),
    ]
    relation_panels = [
        HelpPanel(
            content=_(
                "A person is named in public only while they agree to it; otherwise the role mailbox stands there."
            )
        ),
        InlinePanel("organisation_links", heading=_("Organisations"), label=_("Organisation")),
        InlinePanel("person_links", heading=_("People"), label=_("Person")),
        FieldPanel("mailbox"),
        PartnershipsPanel("partnerships", widget=CheckboxSelectMultiple),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("sector"),
        FieldPanel("places", widget=CheckboxSelectMultiple),
        FieldPanel("goals", widget=CheckboxSelectMultiple),
    ]
    content_panels = [*Page.content_panels, *lead_panels, FieldPanel("body")]

    @classmethod
    def tabs(cls, content: list) -> TabbedInterface:
        """The tabs of every shared page's edit form; the last has no field of its own, it brings the timetable and comments."""
        return TabbedInterface(
            [
                ObjectList(content, heading=_("Content")),
                ObjectList(cls.relation_panels, heading=_("Who and where")),
                ObjectList(PROMOTE, heading=_("Promote")),
                ObjectList(Page.settings_panels, heading=_("Settings")),
            ]
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import mailbox_of, people_of, related_pages

        context = super().get_context(request, *args, **kwargs)
        organisations = self.organisation_links.select_related("organisation").order_by("sort_order")
        named = [link for link in organisations if not link.organisation.is_draft]
        topics, goals, partners = list(self.topics.all()), list(self.goals.all()), self._known_partnerships()
        return {
            **context,
            "organisations": named,
            "mailbox": mailbox_of(self, named),
            "people": people_of(self, unsaved=getattr(request, "is_preview", False)),
            "partners": partners,
            "page_topics": topics,
            "page_places": list(self.places.all()),
            "page_goals": goals,
            "related": lambda: related_pages(self, topics=topics, goals=goals, partnerships=partners),
        }

    def _known_partnerships(self) -> list[Partnership]:
        """Those that everyone may know of."""
        return [partnership for partnership in self.partnerships.all() if partnership.everyone_knows]

    class Meta:
        verbose_name = _("shared page")
        verbose_name_plural = _("shared pages")

    def clean(self) -> None:
        super().clean()
        if self.picture_id and bool(self.picture_alt) == self.picture_decorative:
            raise ValidationError(
                {"picture_alt": _("Say what the picture shows, or tick that it is decorative, one of them.")}
            )


class OrganisationLink(Orderable):
    """An organisation's part in a page. `named` is what it was called then, where that matters."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        PARTNER = "partner", _("partner")
        SUPPLIER = "supplier", _("supplier")
        RECIPIENT = "recipient", _("recipient")
        FUNDER = "funder", _("funder")
        PROPOSER = "proposer", _("proposes it")
        HELPER = "helper", _("could help")

    page = ParentalKey(SharedPage, on_delete=models.CASCADE, related_name="organisation_links")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="page_links", verbose_name=_("organisation")
    )
    role = models.CharField(_("part"), max_length=20, choices=Role.choices, default=Role.PARTNER)
    named = models.CharField(_("called then"), max_length=200, blank=True)

    panels = [FieldPanel("organisation"), FieldPanel("role"), FieldPanel("named")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class PersonLink(Orderable):
    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        CONTACT = "contact", _("contact")
        PROJECT_PARTNER = "project_partner", _("project partner")
        PROPOSER = "proposer", _("proposes it")

    page = ParentalKey(SharedPage, on_delete=models.CASCADE, related_name="person_links")
    person = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="page_links", verbose_name=_("person"))
    role = models.CharField(_("part"), max_length=20, choices=Role.choices, default=Role.CONTACT)

    panels = [FieldPanel("person"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
