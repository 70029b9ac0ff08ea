"""Who did what, when and why; written by services in the same transaction as the act, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock


class HistoryEntry(models.Model):
    """One act. The name of who acted is kept, so that the story reads the same after they have left."""

    class Verb(models.TextChoices):
        PROFILE_CREATED = "profile_created", _("created a profile")
        PROFILE_CHANGED = "profile_changed", _("changed the profile")
        CONSENT_GIVEN = "consent_given", _("agreed to be shown as contact")
        CONSENT_WITHDRAWN = "consent_withdrawn", _("withdrew the consent to be shown as contact")
        ORGANISATION_REGISTERED = "organisation_registered", _("registered the organisation")
        ORGANISATION_CHANGED = "organisation_changed", _("changed the organisation")
        ORGANISATION_VERIFIED = "organisation_verified", _("verified the organisation")
        MEMBERSHIP_REQUESTED = "membership_requested", _("asked to join the organisation")
        MEMBERSHIP_ACCEPTED = "membership_accepted", _("let a person into the organisation")
        MEMBERSHIP_REFUSED = "membership_refused", _("refused a person's request")
        MEMBERSHIP_ENDED = "membership_ended", _("ended a membership of the organisation")
        PARTNERSHIP_CREATED = "partnership_created", _("created the partnership")
        PARTNERSHIP_CHANGED = "partnership_changed", _("changed the partnership")
        PARTICIPATION_BEGUN = "participation_begun", _("entered the organisation as a member")
        PARTICIPATION_ENDED = "participation_ended", _("ended the organisation's membership")
        SEAT_TAKEN = "seat_taken", _("appointed a person")
        SEAT_ENDED = "seat_ended", _("ended a person's seat")
        APPLICATION_SENT = "application_sent", _("sent the application")
        APPLICATION_WITHDRAWN = "application_withdrawn", _("withdrew the application")
        APPLICATION_ACCEPTED = "application_accepted", _("accepted the application")
        APPLICATION_REFUSED = "application_refused", _("refused the application")
        POST_PUBLISHED = "post_published", _("published a post")
        POST_CHANGED = "post_changed", _("changed a post")
        POST_REMOVED = "post_removed", _("took a post down")
        VOCABULARY_CHANGED = "vocabulary_changed", _("changed the vocabulary")

    at = models.DateTimeField(_("when"), default=clock.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="history", verbose_name=_("who")
    )
    actor_name = models.CharField(_("name"), max_length=120, blank=True)
    verb = models.CharField(_("act"), max_length=40, choices=Verb.choices)
    note = models.TextField(_("note"), blank=True)
    profile = models.ForeignKey("partnerships.Profile", models.SET_NULL, null=True, blank=True, related_name="history")
    organisation = models.ForeignKey(
        "partnerships.Organisation", models.SET_NULL, null=True, blank=True, related_name="history"
    )
    partnership = models.ForeignKey(
        "partnerships.Partnership", models.SET_NULL, null=True, blank=True, related_name="history"
    )
    application = models.ForeignKey(
        "partnerships.Application", models.CASCADE, null=True, blank=True, related_name="history"
    )
    membership = models.ForeignKey(
        "partnerships.Membership", models.CASCADE, null=True, blank=True, related_name="history"
    )
    post = models.ForeignKey("partnerships.Post", models.CASCADE, null=True, blank=True, related_name="history")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("history entry")
        verbose_name_plural = _("history")

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.get_verb_display()}"
