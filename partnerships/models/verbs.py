"""The acts that history knows. A new one needs a line here and no migration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    PROFILE_CREATED = "profile_created", _("created a profile")
    PROFILE_CHANGED = "profile_changed", _("changed the profile")
    CONSENT_GIVEN = "consent_given", _("gave a consent")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("withdrew a consent")
    ORGANISATION_REGISTERED = "organisation_registered", _("registered the organisation")
    ORGANISATION_CHANGED = "organisation_changed", _("changed the organisation")
    ORGANISATION_VERIFIED = "organisation_verified", _("verified the organisation")
    ORGANISATION_UNVERIFIED = (
        "organisation_unverified",
        _("changed the name or number, so that it must be verified anew"),
    )
    ORGANISATION_PUBLISHED = "organisation_published", _("published the organisation's page")
    ORGANISATION_TAKEN_DOWN = "organisation_taken_down", _("took the organisation's page down")
    ORGANISATION_MERGED = "organisation_merged", _("merged another organisation into this one")
    MEMBERSHIP_ROLE_CHANGED = "membership_role_changed", _("gave a person another role in the organisation")
    MEMBERSHIP_REQUESTED = "membership_requested", _("asked to join the organisation")
    MEMBERSHIP_ACCEPTED = "membership_accepted", _("let a person into the organisation")
    MEMBERSHIP_REFUSED = "membership_refused", _("refused a person's request")
    POSITION_NAMED = "position_named", _("named the position")
    MEMBERSHIP_ENDED = "membership_ended", _("ended a membership of the organisation")
    MEMBERSHIP_BEGUN = "membership_begun", _("joined the organisation on an invitation")
    MEMBERSHIP_WITHDRAWN = "membership_withdrawn", _("took back the request to join the organisation")
    INVITATION_SENT = "invitation_sent", _("invited by e-mail")
    INVITATION_RENEWED = "invitation_renewed", _("sent the invitation again")
    INVITATION_REVOKED = "invitation_revoked", _("withdrew the invitation")
    INVITATION_ACCEPTED = "invitation_accepted", _("accepted the invitation")
    INVITATION_DECLINED = "invitation_declined", _("declined the invitation")
    PARTNERSHIP_CREATED = "partnership_created", _("created the partnership")
    PARTNERSHIP_CHANGED = "partnership_changed", _("changed the partnership")
    PARTICIPATION_BEGUN = "participation_begun", _("entered the organisation as a member")
    PARTICIPATION_ENDED = "participation_ended", _("ended the organisation's membership")
    PARTICIPATION_LEFT = "participation_left", _("left the partnership")
    PARTICIPATION_STAYED = "participation_stayed", _("took the leaving back")
    PARTICIPATION_EXCLUDED = "participation_excluded", _("excluded the member")
    TIER_CHANGED = "tier_changed", _("changed the kind of membership")
    PROPOSAL_MADE = "proposal_made", _("made a proposal about the membership")
    PROPOSAL_HEARD = "proposal_heard", _("answered the proposal")
    PROPOSAL_REJECTED = "proposal_rejected", _("rejected the proposal")
    PROPOSAL_WITHDRAWN = "proposal_withdrawn", _("withdrew the proposal")
    REPRESENTATIVE_NAMED = "representative_named", _("named who acts for the member")
    SEAT_TAKEN = "seat_taken", _("appointed a person")
    SEAT_ENDED = "seat_ended", _("ended a person's seat")
    APPLICATION_SENT = "application_sent", _("sent the application")
    APPLICATION_WITHDRAWN = "application_withdrawn", _("withdrew the application")
    APPLICATION_ACCEPTED = "application_accepted", _("accepted the application")
    APPLICATION_REFUSED = "application_refused", _("refused the application")
    APPLICATION_ASKED = "application_asked", _("asked for more information")
    APPLICATION_ANSWERED = "application_answered", _("answered the question")
    APPLICATION_LAPSED = "application_lapsed", _("the application lapsed, because the question was not answered")
    APPLICATION_HANDED_OVER = "application_handed_over", _("the vote decided nothing; the administrators decide")
    APPLICATION_REMINDED = "application_reminded", _("those who decide were reminded")
    APPLICATION_OVERDUE = "application_overdue", _("the promised day has passed; the facilitator was told")
    VOTE_CAST = "vote_cast", _("voted")
    VOTE_CHANGED = "vote_changed", _("changed their vote")
    ADMISSION_RULE_CHANGED = "admission_rule_changed", _("changed how one is admitted")
    ADMISSION_QUESTIONS_CHANGED = "admission_questions_changed", _("changed the questions to applicants")
    POST_PUBLISHED = "post_published", _("published a post")
    POST_CHANGED = "post_changed", _("changed a post")
    POST_REMOVED = "post_removed", _("took a post down")
    MAIL_SENT_AGAIN = "mail_sent_again", _("sent a mail again")
    ADDRESS_WORKS = "address_works", _("said that mail reaches an address again")
    DOCUMENT_SHARED = "document_shared", _("shared a document")
    DOCUMENT_VERSION_ADDED = "document_version_added", _("added a version of a document")
    DOCUMENT_CHANGED = "document_changed", _("changed a document's title or readers")
    DOCUMENT_REMOVED = "document_removed", _("took a document down")
    MEETING_CALLED = "meeting_called", _("called a meeting")
    MEETING_CHANGED = "meeting_changed", _("changed a meeting")
    MEETING_CANCELLED = "meeting_cancelled", _("called a meeting off")
    MEETING_ANSWERED = "meeting_answered", _("answered an invitation to a meeting")
    MINUTES_WRITTEN = "minutes_written", _("wrote minutes")
    MINUTES_APPROVED = "minutes_approved", _("approved the minutes")
    DECISION_DONE = "decision_done", _("carried out a decision")
    CALENDAR_ADDRESS_RENEWED = "calendar_address_renewed", _("renewed the private calendar address")
    VOCABULARY_CHANGED = "vocabulary_changed", _("changed the vocabulary")


OF_VOTES = (Verb.VOTE_CAST, Verb.VOTE_CHANGED)
"""Acts that are told only to those who may see the votes."""


def verbs() -> list[tuple[str, str]]:
    return Verb.choices
