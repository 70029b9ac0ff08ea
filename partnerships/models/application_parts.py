"""What belongs to an application: drafts, answers to the partnership's questions, files, and what was asked afterwards."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .admission import Application
from .admission_rules import AdmissionQuestion
from .agreements import Partnership
from .people import Profile


class ApplicationDraft(models.Model):
    """What somebody has typed and not sent, as it was typed; seen by nobody else."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="application_drafts")
    values = models.JSONField(_("what was typed"), default=dict)
    changed = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        ordering = ["-changed"]
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")
        constraints = [models.UniqueConstraint("partnership", "profile", name="one_draft_a_person")]

    def __str__(self) -> str:
        return f"{self.profile} → {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:apply", args=[self.partnership.slug])


class ApplicationFile(models.Model):
    """A file handed in as an answer, first with the draft, then with the application. Its stored name is made by us and lies
    under documents/, which no server gives out; who may read the application may fetch it."""

    draft = models.ForeignKey(ApplicationDraft, models.CASCADE, null=True, blank=True, related_name="files")
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="files")
    question = models.ForeignKey(AdmissionQuestion, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("file"), max_length=200)
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("size"))
    added_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    added = models.DateTimeField(_("added"), default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft=None, application__isnull=False)
                | models.Q(draft__isnull=False, application=None),
                name="a_file_is_of_a_draft_or_of_an_application",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """An answer with the wording of its question on the day it was sent."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(AdmissionQuestion, models.SET_NULL, null=True, blank=True, related_name="answers")
    order = models.PositiveSmallIntegerField(default=0)
    wording = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("answer"), blank=True)
    file = models.OneToOneField(ApplicationFile, models.CASCADE, null=True, blank=True, related_name="answer")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.wording} {self.text or self.file or ''}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def unanswered(self) -> Self:
        return self.filter(answered=None)


class Inquiry(models.Model):
    """Those who decide ask for more; the applicant answers by a day. While one is unanswered the promise stands still."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="inquiries")
    question = models.TextField(_("what do you need to know?"), max_length=2000)
    question_html = models.TextField(editable=False, blank=True)
    asked_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked = models.DateTimeField(_("asked"), default=clock.now)
    due = models.DateField(_("answer by"))
    reminded = models.DateTimeField(_("reminded"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answer_html = models.TextField(editable=False, blank=True)
    answered_by = models.ForeignKey(
        Profile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["asked", "pk"]
        verbose_name = _("question about an application")
        verbose_name_plural = _("questions about applications")
        constraints = [
            models.UniqueConstraint("application", condition=models.Q(answered=None), name="one_question_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.question[:60]}"
