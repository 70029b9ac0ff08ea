"""Requests of somebody in the small town, of which nothing stays."""

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import make_post

FORM = "application/x-www-form-urlencoded"


class Visitor(Client):
    """A client that keeps no copy of what each template was given: that takes a tenth of the time of a request."""

    def request(self, **request):
        response = self.handler(self._base_environ(**request))
        response.request = request
        self.cookies.update(response.cookies)
        return response


def session_of(user):
    """What the browser of somebody signed in keeps."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def client_of(world, role, kind=Visitor):
    client = kind()
    if role != "visitor":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    return client


def ask(client, method, path, body="nothing=said"):
    """One request; a body is sent as it stands."""
    with transaction.atomic():
        response = client.get(path) if method == "get" else client.post(path, body, content_type=FORM)
        transaction.set_rollback(True)
    return response


def main_pages(world, language):
    """The main pages, each as one who sees most of it."""
    make_post(world.running, world.people.administrator)
    lists = "organisation_list person_list partnership_list topic_list goal_list".split()
    with translation.override(language):
        yield from (("visitor", reverse(f"partnerships:{name}")) for name in lists)
        yield from (
            ("visitor", reverse(name)) for name in ("account_login", "account_signup", "account_reset_password")
        )
        yield "visitor", reverse("search:search") + "?q=vand"
        yield "visitor", reverse("search:experts") + "?q=vand"
        yield "visitor", "/en/" if language == "en" else "/"
        yield "visitor", "/-/mail/"
        yield "visitor", "/en/nothing-here/" if language == "en" else "/intet-her/"
        for name in ("organisation", "organisation_edit", "organisation_join", "membership", "application"):
            key = {"membership": "request", "application": "sent"}.get(name, "organisation")
            role = "stranger" if name == "organisation_join" else "applicant_administrator"
            yield role, reverse(f"partnerships:{name}", args=world.args[key])
        yield (
            "applicant_administrator",
            reverse("partnerships:organisation_invitations", args=world.args["organisation"]),
        )
        yield "visitor", reverse("partnerships:invitation", args=world.args["an invitation"])
        yield "visitor", reverse("partnerships:invitation", args=world.args["an unknown invitation"])
        yield (
            "applicant_administrator",
            reverse("partnerships:organisation_participations", args=world.args["organisation"]),
        )
        yield "administrator", reverse("partnerships:participation", args=world.args["a membership"])
        yield "stranger", reverse("partnerships:received_invitation", args=world.args["to the stranger"])
        yield "applicant_administrator", reverse("partnerships:handover", args=world.args["organisation"])
        for name in ("preview", "logo", "history", "verify", "people", "import"):
            yield (
                "applicant_administrator",
                reverse(f"partnerships:organisation_{name}", args=world.args["organisation"]),
            )
        for name in ("merge", "take_down"):
            yield "municipal_editor", reverse(f"partnerships:organisation_{name}", args=world.args["organisation"])
        yield "applicant_administrator", reverse("partnerships:organisation_proof", args=world.args["a proof"])
        yield "stranger", reverse("partnerships:organisation_claim", args=world.args["leaderless organisation"])
        for name in ("partnership", "room", "apply", "post_write", "partnership_invitations", "member_list"):
            yield "administrator", reverse(f"partnerships:{name}", args=world.args["partnership"])
        for name in ("room_members", "room_documents", "room_document_share", "meetings", "meeting_call"):
            yield "administrator", reverse(f"partnerships:{name}", args=world.args["partnership"])
        for name in ("meeting", "meeting_edit", "meeting_cancel"):
            yield "administrator", reverse(f"partnerships:{name}", args=world.args["meeting for members"])
        yield "administrator", reverse("partnerships:meeting_minutes", args=world.args["meeting for held"])
        for name in ("", "_version", "_edit", "_open", "_remove"):
            yield "administrator", reverse(f"partnerships:room_document{name}", args=world.args["document for members"])
        yield "administrator", reverse("partnerships:room_votes", args=world.args["partnership"])
        yield "administrator", reverse("partnerships:room_vote", args=world.args["vote"])
        yield "administrator", reverse("my_calendar")
        for name in ("post", "post_remove"):
            yield "administrator", reverse(f"partnerships:{name}", args=world.args["members"])
        for name, key in (("person", "contact"), ("topic", "topic"), ("goal", "goal")):
            yield "visitor", reverse(f"partnerships:{name}", args=world.args[key])
        yield "administrator", reverse("desk")
        yield "administrator", reverse("profile")
        yield "stranger", reverse("leave_everything")
        yield "administrator", reverse("notices")
        yield "facilitator", reverse("facilitation")
        yield "facilitator", reverse("facilitation_overview")
        yield "stranger", reverse("search:saved_searches")
        yield "stranger", reverse("search:save_search") + "?q=vand"
        for name in ("saved_search", "saved_search_change", "saved_search_delete"):
            yield "stranger", reverse(f"search:{name}", args=world.args["saved search"])
        yield "visitor", reverse("search:stop_alerts", args=world.args["stop address"])
        yield "stranger", reverse("following")
        yield "stranger", reverse("follow", args=world.args["a topic to follow"])
        yield "visitor", reverse("stop_mails", args=world.args["a stop address"])
        yield "visitor", reverse("partnerships:place", args=world.args["place"])
        yield "administrator", reverse("account_logout")
