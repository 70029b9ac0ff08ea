"""What one may not see does not exist; a page is found by its whole address; some words are not for pages."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.models import CaseIndexPage, StandardPage
from cms.reserved import reserved_slugs
from cms.selectors import address
from partnerships.models import Document
from tests.cms_pages import make_site, make_story, section, translate
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_closed_page_is_missing_for_who_may_not_see_it(kind):
    story = make_story("Lukket")
    client, url = Client(), address(story, "da")
    assert client.get(url).status_code == 200
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type=kind, password="x" * 9)
    closed, missing = client.get(url), client.get("/cases/findes-ikke/")
    assert closed.status_code == missing.status_code == 404
    assert "Lukket" not in closed.content.decode()


def test_who_may_see_a_closed_page_sees_it():
    story = make_story("Lukket")
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    client = Client()
    client.force_login(make_person().user)
    assert client.get(address(story, "da")).status_code == 200


def test_a_closed_document_is_missing():
    collection = Collection.get_first_root_node().add_child(name="Lukket")
    document = Document.objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", "plan.pdf"), collection=collection)
    assert Client().get(document.url).status_code == 200
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert Client().get(document.url).status_code == 404
    client = Client()
    client.force_login(make_person().user)
    assert client.get(document.url).status_code == 200


def test_the_switch_of_language_keeps_the_page_where_it_exists():
    only_danish, both = make_story("Kun dansk"), make_story("Begge")
    english = translate(both, title="Both")
    client = Client()
    html = client.get(address(both, "da")).content.decode()
    assert f'href="{address(english, "en")}"' in html
    assert f'hreflang="en" href="http://localhost:8000{address(english, "en")}"' in html
    html = client.get(address(only_danish, "da")).content.decode()
    assert 'rel="alternate" hreflang="en"' not in html
    html = client.get(address(english, "en")).content.decode()
    assert f'href="{address(both, "da")}"' in html


def test_a_page_is_found_in_few_queries_however_deep():
    story = make_story("Dyb")
    client, url = Client(), address(story, "da")
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    assert len(captured) <= 18, "\n".join(query["sql"][:120] for query in captured)


def test_drafts_and_nonsense_are_missing():
    draft = make_story("Kladde", live=False)
    for url in (address(draft, "da"), "/cases/../cases/", "/cases//x/", "/a/b/c/d/", "/cases/%00/", "/cases/%ff/"):
        assert Client().get(url).status_code in (404, 400), url


def test_the_words_of_the_views_are_reserved_in_both_languages():
    words = {"soeg", "search", "organisationer", "organisations", "personer", "people", "partnerskaber", "mit", "desk"}
    assert words <= reserved_slugs()
    assert {
        "konto",
        "account",
        "admin",
        "documents",
        "was",
        "en",
        "static",
        "media",
        "emner",
        "maal",
    } <= reserved_slugs()
    assert not {"om", "cases", "nyt", "kontakt"} & reserved_slugs()


@pytest.mark.parametrize(
    ("slug", "refused"), [("soeg", True), ("partnerskaber", True), ("mit", True), ("hjaelp", False)]
)
def test_a_page_below_the_front_page_cannot_take_the_word_of_a_view(slug, refused):
    home = make_site()
    form = StandardPage.get_edit_handler().get_form_class()(
        data={"title": "Ny", "slug": slug, "role": "other", "body-count": 0}, instance=StandardPage(), parent_page=home
    )
    assert ("slug" in form.errors) == refused


def test_below_a_list_any_word_may_be_used():
    make_site()
    page = section(CaseIndexPage)
    form = StandardPage.get_edit_handler().get_form_class()(
        data={"title": "Ny", "slug": "soeg", "role": "other", "body-count": 0},
        instance=StandardPage(),
        parent_page=page,
    )
    assert "slug" not in form.errors


def test_a_changed_slug_leads_the_old_address_to_the_new(django_capture_on_commit_callbacks):
    story = make_story("Gammelt navn")
    old = address(story, "da")
    story.slug = "nyt-navn"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/cases/nyt-navn/")
