"""Addresses of who takes part. The words are translated: Danish at /, English at /en/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from partnerships import urls_between_people
from partnerships.views import (
    admission,
    admission_rules,
    agreements,
    application,
    calendar,
    desk,
    dialogue,
    facilitation,
    following,
    founding,
    handing_over,
    invitations,
    leaving,
    meetings,
    members,
    memberships,
    merging,
    notices,
    organisation_forms,
    organisation_people,
    organisation_proofs,
    organisations,
    participation,
    partnership_members,
    partnership_people,
    partnership_settings,
    people,
    profile,
    room,
    room_documents,
    vocabulary,
    votes,
)

app_name = "partnerships"
urlpatterns = [
    *urls_between_people.urlpatterns,
    path(_("organisations/"), organisations.organisation_list, name="organisation_list"),
    path(_("organisations/register/"), organisation_forms.organisation_register, name="organisation_register"),
    path(_("organisations/<slug:slug>/"), organisations.organisation, name="organisation"),
    path(_("organisations/<slug:slug>/edit/"), organisation_forms.organisation_edit, name="organisation_edit"),
    path(_("organisations/<slug:slug>/draft/"), organisation_forms.organisation_preview, name="organisation_preview"),
    path(_("organisations/<slug:slug>/logo/"), organisation_forms.organisation_logo, name="organisation_logo"),
    path(
        _("organisations/<slug:slug>/take-down/"),
        organisation_forms.organisation_take_down,
        name="organisation_take_down",
    ),
    path(_("organisations/<slug:slug>/history/"), organisations.organisation_history, name="organisation_history"),
    path(_("organisations/<slug:slug>/verify/"), organisation_proofs.organisation_verify, name="organisation_verify"),
    path(
        _("organisations/<slug:slug>/verify/<slug:token>/"),
        organisation_proofs.organisation_proof,
        name="organisation_proof",
    ),
    path(_("organisations/<slug:slug>/claim/"), organisation_proofs.organisation_claim, name="organisation_claim"),
    path(_("organisations/<slug:slug>/merge/"), merging.organisation_merge, name="organisation_merge"),
    path(
        _("organisations/<slug:slug>/people/import/"),
        organisation_people.organisation_import,
        name="organisation_import",
    ),
    path(_("organisations/<slug:slug>/handover/"), handing_over.handover, name="handover"),
    path(_("organisations/<slug:slug>/people/"), organisation_people.organisation_people, name="organisation_people"),
    path(_("organisations/<slug:slug>/join/"), memberships.organisation_join, name="organisation_join"),
    path(_("organisations/<slug:slug>/requests/<int:pk>/"), memberships.membership, name="membership"),
    path(
        _("organisations/<slug:slug>/invitations/"),
        invitations.organisation_invitations,
        name="organisation_invitations",
    ),
    path(_("people/"), people.person_list, name="person_list"),
    path(_("people/<slug:slug>/"), people.person, name="person"),
    path(_("partnerships/"), agreements.partnership_list, name="partnership_list"),
    path(_("partnerships/propose/"), founding.propose, name="propose"),
    path(_("partnerships/<slug:slug>/proposal/"), founding.proposal, name="proposal"),
    path(_("partnerships/<slug:slug>/proposal/change/"), founding.proposal_change, name="proposal_change"),
    path(_("partnerships/<slug:slug>/"), agreements.partnership, name="partnership"),
    path(_("partnerships/<slug:slug>/everyone/"), partnership_members.members, name="members"),
    path(_("partnerships/<slug:slug>/statutes/"), partnership_settings.statutes, name="statutes"),
    path(
        _("partnerships/<slug:slug>/statutes/<int:pk>/file/"), partnership_settings.statutes_file, name="statutes_file"
    ),
    path(_("partnerships/<slug:slug>/settings/"), partnership_settings.settings, name="settings"),
    path(_("partnerships/<slug:slug>/settings/page/"), partnership_settings.settings_page, name="settings_page"),
    path(_("partnerships/<slug:slug>/settings/seeks/"), partnership_settings.settings_seeks, name="settings_seeks"),
    path(_("partnerships/<slug:slug>/settings/tiers/"), partnership_settings.settings_tiers, name="settings_tiers"),
    path(
        _("partnerships/<slug:slug>/settings/statutes/"),
        partnership_settings.settings_statutes,
        name="settings_statutes",
    ),
    path(_("partnerships/<slug:slug>/settings/people/"), partnership_people.settings_people, name="settings_people"),
    path(
        _("partnerships/<slug:slug>/settings/people/<int:pk>/"), partnership_people.settings_seat, name="settings_seat"
    ),
    path(_("partnerships/<slug:slug>/settings/state/"), partnership_people.settings_state, name="settings_state"),
    path(_("partnerships/<slug:slug>/apply/"), admission.apply, name="apply"),
    path(_("partnerships/<slug:slug>/applications/<int:pk>/"), application.application, name="application"),
    path(
        _("partnerships/<slug:slug>/applications/<int:pk>/files/<int:file>/"),
        admission.application_file,
        name="application_file",
    ),
    path(_("partnerships/<slug:slug>/admission/"), admission_rules.admission_rule, name="admission_rule"),
    path(
        _("partnerships/<slug:slug>/admission/questions/"),
        admission_rules.admission_questions,
        name="admission_questions",
    ),
    path(
        _("partnerships/<slug:slug>/invitations/"), invitations.partnership_invitations, name="partnership_invitations"
    ),
    path(_("invitation/<str:token>/"), invitations.invitation, name="invitation"),
    path(_("desk/invitations/<int:pk>/"), invitations.received_invitation, name="received_invitation"),
    path(_("partnerships/<slug:slug>/room/"), room.room, name="room"),
    path(_("partnerships/<slug:slug>/room/members/"), room.members, name="room_members"),
    path(_("partnerships/<slug:slug>/room/members.csv"), room.members_csv, name="room_members_csv"),
    path(_("partnerships/<slug:slug>/room/votes/"), votes.room_votes, name="room_votes"),
    path(_("partnerships/<slug:slug>/room/votes/<int:pk>/"), votes.room_vote, name="room_vote"),
    path(_("partnerships/<slug:slug>/documents/"), room_documents.document_list, name="room_documents"),
    path(_("partnerships/<slug:slug>/documents/share/"), room_documents.document_share, name="room_document_share"),
    path(_("partnerships/<slug:slug>/documents/<int:pk>/"), room_documents.document, name="room_document"),
    path(
        _("partnerships/<slug:slug>/documents/<int:pk>/files/<int:number>/"),
        room_documents.document_file,
        name="room_document_file",
    ),
    path(
        _("partnerships/<slug:slug>/documents/<int:pk>/new-version/"),
        room_documents.document_version,
        name="room_document_version",
    ),
    path(
        _("partnerships/<slug:slug>/documents/<int:pk>/edit/"), room_documents.document_edit, name="room_document_edit"
    ),
    path(
        _("partnerships/<slug:slug>/documents/<int:pk>/for-everyone/"),
        room_documents.document_open,
        name="room_document_open",
    ),
    path(
        _("partnerships/<slug:slug>/documents/<int:pk>/remove/"),
        room_documents.document_remove,
        name="room_document_remove",
    ),
    path(_("partnerships/<slug:slug>/meetings/"), meetings.meeting_list, name="meetings"),
    path(_("partnerships/<slug:slug>/meetings/call/"), meetings.meeting_call, name="meeting_call"),
    path(_("partnerships/<slug:slug>/meetings/<int:pk>/"), meetings.meeting, name="meeting"),
    path(_("partnerships/<slug:slug>/meetings/<int:pk>/edit/"), meetings.meeting_edit, name="meeting_edit"),
    path(_("partnerships/<slug:slug>/meetings/<int:pk>/call-off/"), meetings.meeting_cancel, name="meeting_cancel"),
    path(_("partnerships/<slug:slug>/meetings/<int:pk>/minutes/"), meetings.meeting_minutes, name="meeting_minutes"),
    path(
        _("partnerships/<slug:slug>/meetings/<int:pk>/meeting.ics"), meetings.meeting_calendar, name="meeting_calendar"
    ),
    path(_("partnerships/<slug:slug>/members/"), members.member_list, name="member_list"),
    path(_("partnerships/<slug:slug>/members/<int:pk>/"), participation.participation, name="participation"),
    path(
        _("organisations/<slug:slug>/partnerships/"),
        members.organisation_participations,
        name="organisation_participations",
    ),
    path(_("partnerships/<slug:slug>/posts/write/"), dialogue.post_write, name="post_write"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/"), dialogue.post, name="post"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/edit/"), dialogue.post_edit, name="post_edit"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/remove/"), dialogue.post_remove, name="post_remove"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/for-everyone/"), dialogue.post_open, name="post_open"),
    path(_("topics/"), vocabulary.topic_list, name="topic_list"),
    path(_("topics/<slug:slug>/"), vocabulary.topic, name="topic"),
    path(_("places/<slug:slug>/"), vocabulary.place, name="place"),
    path(_("goals/"), vocabulary.goal_list, name="goal_list"),
    path(_("goals/<slug:slug>/"), vocabulary.goal, name="goal"),
]

# Without a namespace: sign-in and every page's head lead here.
desk_urlpatterns = [
    *urls_between_people.desk_urlpatterns,
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/profile/"), profile.profile, name="profile"),
    path(_("desk/profile/leave/"), leaving.leave_everything, name="leave_everything"),
    path(_("desk/notifications/"), notices.notices, name="notices"),
    path(_("desk/facilitation/"), facilitation.facilitation, name="facilitation"),
    path(_("desk/facilitation/overview/"), facilitation.facilitation_overview, name="facilitation_overview"),
    path(_("desk/calendar/"), calendar.my_calendar, name="my_calendar"),
    path(_("desk/following/"), following.following, name="following"),
    path(_("desk/following/address-works/"), following.address_works, name="address_works"),
    path(_("desk/following/stop/<str:token>/"), following.stop_mails, name="stop_mails"),
    path(_("desk/following/<int:pk>/stop/"), following.stop_following, name="stop_following"),
    path(_("desk/following/<slug:what>/<int:pk>/"), following.follow, name="follow"),
]

# One form in both languages: programs keep these.
machine_urlpatterns = [path("-/calendar/<str:token>/samspil.ics", calendar.calendar_feed, name="calendar_feed")]
