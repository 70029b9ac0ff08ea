"""Addresses of who takes part. The words are translated: Danish at /, English at /en/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from partnerships.views import (
    admission,
    agreements,
    desk,
    dialogue,
    facilitation,
    invitations,
    memberships,
    notices,
    organisations,
    people,
    profile,
    vocabulary,
)

app_name = "partnerships"
urlpatterns = [
    path(_("organisations/"), organisations.organisation_list, name="organisation_list"),
    path(_("organisations/register/"), organisations.organisation_register, name="organisation_register"),
    path(_("organisations/<slug:slug>/"), organisations.organisation, name="organisation"),
    path(_("organisations/<slug:slug>/edit/"), organisations.organisation_edit, name="organisation_edit"),
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
    path(_("partnerships/<slug:slug>/"), agreements.partnership, name="partnership"),
    path(_("partnerships/<slug:slug>/apply/"), admission.apply, name="apply"),
    path(_("partnerships/<slug:slug>/applications/<int:pk>/"), admission.application, name="application"),
    path(
        _("partnerships/<slug:slug>/invitations/"), invitations.partnership_invitations, name="partnership_invitations"
    ),
    path(_("invitation/<str:token>/"), invitations.invitation, name="invitation"),
    path(_("desk/invitations/<int:pk>/"), invitations.received_invitation, name="received_invitation"),
    path(_("partnerships/<slug:slug>/room/"), agreements.room, name="room"),
    path(_("partnerships/<slug:slug>/posts/write/"), dialogue.post_write, name="post_write"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/"), dialogue.post, name="post"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/edit/"), dialogue.post_edit, name="post_edit"),
    path(_("partnerships/<slug:slug>/posts/<int:pk>/remove/"), dialogue.post_remove, name="post_remove"),
    path(_("topics/"), vocabulary.topic_list, name="topic_list"),
    path(_("topics/<slug:slug>/"), vocabulary.topic, name="topic"),
    path(_("goals/"), vocabulary.goal_list, name="goal_list"),
    path(_("goals/<slug:slug>/"), vocabulary.goal, name="goal"),
]

# Without a namespace: sign-in and every page's head lead here.
desk_urlpatterns = [
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/profile/"), profile.profile, name="profile"),
    path(_("desk/notifications/"), notices.notices, name="notices"),
    path(_("desk/facilitation/"), facilitation.facilitation, name="facilitation"),
    path(_("desk/facilitation/overview/"), facilitation.facilitation_overview, name="facilitation_overview"),
]
