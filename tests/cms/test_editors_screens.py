"""What editors meet: files that cannot be used are refused in words, times are kept, and somebody approves."""

import json
import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import Locale, Page, Workflow

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS, MODERATORS
from cms.models import CaseIndexPage, CaseStoryPage, HomePage, Municipality, StandardPage
from cms.selectors import address
from cms.services import publish
from partnerships.models import Document, Image, Tier
from tests.cms_pages import make_site, make_story
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def client_in(*groups):
    user = make_person("Erik Redaktør").user
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    make_site()
    return client_in(EDITORS)


def png(width=40, height=30):
    drawn = BytesIO()
    Picture.new("RGB", (width, height), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def png_that_says_it_is_huge():
    """The head of a PNG of 400 million pixels, on the body of a small one."""
    size = b"IHDR" + struct.pack(">II", 20_000, 20_000) + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size)) + png()[33:]


REFUSED = {
    "broken.jpg": (b"not a picture", "billedfil"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
    "huge.png": (png_that_says_it_is_huge(), "for mange billedpunkter"),
    "large.png": (png() + b"0" * 11 * 1024 * 1024, "for stor"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_that_cannot_be_used_is_refused_in_words(editor, name):
    content, said = REFUSED[name]
    typed = {"title": "Fjorden", "file": SimpleUploadedFile(name, content)}
    answer = editor.post(reverse("wagtailimages:add"), typed)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors["file"])
    assert not Image.objects.exists()


def test_a_picture_that_can_be_used_is_kept(editor):
    typed = {"title": "Fjorden", "file": SimpleUploadedFile("fjord.png", png()), "tags": ""}
    answer = editor.post(reverse("wagtailimages:add"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Image.objects.get().width == 40


@pytest.mark.parametrize(("name", "kept"), [("plan.pdf", True), ("page.html", False), ("program.exe", False)])
def test_only_documents_are_kept_as_documents(editor, name, kept):
    typed = {"title": "Plan", "file": SimpleUploadedFile(name, b"%PDF-1.4"), "tags": ""}
    editor.post(reverse("wagtaildocs:add"), typed)
    assert Document.objects.exists() == kept


def test_a_shared_page_may_be_given_a_time():
    fields = CaseStoryPage.get_edit_handler().get_form_class().base_fields
    assert {"go_live_at", "expire_at"} <= set(fields)


def test_what_has_a_time_is_published_and_taken_down_then(django_capture_on_commit_callbacks):
    story = make_story("Til tiden", live=False)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    story.refresh_from_db()
    assert not story.live
    revision, past = story.revisions.get(), timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_what_is_due")
    assert Client().get(address(story, "da")).status_code == 200
    Page.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_what_is_due")
    assert Client().get(address(story, "da")).status_code == 404


@pytest.mark.parametrize("model", [CaseStoryPage, CaseIndexPage, StandardPage, HomePage])
def test_the_address_is_suggested_as_other_addresses_are_spelled(model):
    widget = model.get_edit_handler().get_form_class().base_fields["slug"].widget
    assert widget.attrs["data-w-slug-allow-unicode-value"] is False
    formatters = json.loads(widget.attrs["data-w-slug-formatters-value"])
    assert {"ø": "oe", "å": "aa"}.items() <= {rule[0][0]: spelling for rule, spelling in formatters}.items()


def test_what_is_submitted_is_approved_by_moderators_and_site_administrators():
    workflow = Workflow.objects.get()
    assert workflow.name == "Moderatorernes godkendelse"
    task = workflow.tasks.get().specific
    assert set(task.groups.values_list("name", flat=True)) == {MODERATORS, ADMINISTRATORS}


@pytest.mark.parametrize(
    ("groups", "approves"), [([MODERATORS], True), ([EDITORS], False), ([FACILITATORS], False), ([], False)]
)
def test_only_who_is_asked_may_approve(groups, approves):
    make_site()
    user = client_in(*groups)
    story = publish(make_story("Til godkendelse", live=False))
    story.title = "Rettet"
    story.save_revision()
    state = Workflow.objects.get().start(story, make_person().user)
    user.post(
        reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.current_task_state.pk]),
        {"comment": ""},
    )
    state.refresh_from_db()
    assert (state.status == "approved") == approves


MAY = {
    "lock": {MODERATORS, ADMINISTRATORS},
    "publish": {EDITORS, MODERATORS, ADMINISTRATORS},
    "redirects": {ADMINISTRATORS},
    "people who sign in": {ADMINISTRATORS},
    "the municipality": {ADMINISTRATORS},
    "delete a picture": {EDITORS, MODERATORS, ADMINISTRATORS},
}


@pytest.mark.parametrize("group", [EDITORS, MODERATORS, ADMINISTRATORS, FACILITATORS, ""])
@pytest.mark.parametrize("act", MAY)
def test_each_group_may_do_what_it_is_for(act, group):
    story = make_story("Varme", live=False)
    client = client_in(group) if group else client_in()
    image = Image.objects.create(title="Fjord", file=SimpleUploadedFile("fjord.png", png()), width=40, height=30)
    site = Municipality.here().site
    done = {
        "lock": lambda: client.post(reverse("wagtailadmin_pages:lock", args=[story.pk])),
        "publish": lambda: client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), typed(story)),
        "redirects": lambda: client.get(reverse("wagtailredirects:index")),
        "people who sign in": lambda: client.get(reverse("wagtailusers_users:index")),
        "the municipality": lambda: client.get(reverse("wagtailsettings:edit", args=["cms", "municipality", site.pk])),
        "delete a picture": lambda: client.post(reverse("wagtailimages:delete", args=[image.pk])),
    }[act]()
    story.refresh_from_db()
    happened = {
        "lock": story.locked,
        "publish": story.live,
        "delete a picture": not Image.objects.filter(pk=image.pk).exists(),
    }.get(act, done.status_code == 200)
    assert happened == (group in MAY[act]), done.status_code


def typed(story):
    """The edit form as it stands, with the button that publishes."""
    formsets = ("organisation_links", "person_links", "status_steps", "evidence_links", "comments")
    counts = {f"{name}-{part}": 0 for name in formsets for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    rich = dict.fromkeys(("problem", "solution", "result", "lessons"), "null")
    own = {"title": story.title, "slug": story.slug, "summary": story.summary, "body-count": 0}
    return {**counts, **rich, **own, "action-publish": "1"}


def test_a_story_does_not_end_before_it_began():
    story = make_story("Baglæns")
    for years, refused in (((2010, 2009), True), ((99, None), True), ((2009, 2010), False), ((2009, None), False)):
        story.year_start, story.year_end = years
        form = CaseStoryPage.get_edit_handler().get_form_class()(
            {**typed(story), "year_start": years[0], "year_end": years[1] or ""},
            instance=story,
            parent_page=story.get_parent(),
        )
        assert bool({"year_start", "year_end"} & set(form.errors)) == refused, years


def test_a_page_is_not_closed_with_a_password_that_nobody_is_asked_for(editor):
    story = make_story("Lukket")
    url = reverse("wagtailadmin_pages:set_privacy", args=[story.pk])
    choices = dict(editor.get(url).context["form"].fields["restriction_type"].choices)
    assert set(choices) == {"none", "login", "groups"}
    editor.post(url, {"restriction_type": "password", "password": "x" * 12})
    assert not story.get_view_restrictions().exists()


def test_a_translation_is_a_draft_until_it_is_translated(editor):
    story, english = make_story("Kun dansk"), Locale.objects.get(language_code="en")
    url = reverse("wagtail_localize:submit_page_translation", args=[story.pk])
    assert editor.post(url, {"locales": [english.pk]}).status_code == 302
    assert not story.get_translation(english).live


def test_names_of_fields_and_columns_are_in_danish(editor):
    labels = {str(Tier._meta.get_field(name).verbose_name) for name in ("partnership", "places")}
    assert labels == {"partnerskab", "pladser"}
    html = editor.get(reverse("organisation:index")).content.decode()
    assert "method" not in html.split("<table")[1].split("</thead")[0]


def test_the_screens_wear_the_portals_name_and_colours(editor):
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "- Samspil</title>" in html
    assert "portal/admin.css" in html
    assert "logo-neg.svg" in html
