"""A document is there for everyone while its collection is open and an open page names it in what it has published."""

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.document_links import open_documents
from cms.models import CaseStoryPage, DocumentLink
from cms.services import publish, unpublish
from tests.cms_pages import make_story
from tests.files import make_document

pytestmark = pytest.mark.django_db


def naming(*documents, title="En sag", **fields):
    return make_story(title, body=[("document", {"document": one, "about": ""}) for one in documents], **fields)


@pytest.fixture
def document():
    return make_document(read=False)


def is_open():
    return open_documents().exists()


def test_a_document_in_a_block_of_an_open_page_is_open(document):
    naming(document)
    assert is_open()


def test_a_document_linked_in_a_text_of_an_open_page_is_open(document):
    make_story(problem=f'<p>Se <a linktype="document" id="{document.pk}">planen</a>.</p>')
    assert is_open()


def test_what_no_page_names_is_not_open(document):
    make_story()
    assert not is_open()


def test_what_only_a_draft_names_is_not_open(document):
    naming(document, live=False)
    assert not is_open()


def test_what_only_the_draft_of_a_live_page_names_is_not_open(document):
    page = CaseStoryPage.objects.get(pk=make_story().pk)
    page.body = [("document", {"document": document, "about": ""})]
    page.save_revision()
    assert not is_open()
    publish(page)
    assert is_open()


def test_a_page_that_is_taken_down_closes_its_documents(document):
    page = naming(document)
    unpublish(page)
    assert not is_open()


def test_a_page_that_no_longer_names_it_closes_it(document):
    page = naming(document)
    page.body = []
    publish(page)
    assert not is_open()
    assert not DocumentLink.objects.exists()


def test_a_page_below_a_restriction_opens_nothing(document):
    page = naming(document)
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert not is_open()


def test_one_open_page_is_enough(document):
    unpublish(naming(document))
    naming(document, title="En anden")
    assert is_open()


@pytest.mark.parametrize("above", [False, True])
def test_a_closed_collection_closes_what_is_in_it_and_below(document, above):
    parent = Collection.get_first_root_node().add_child(name="Afdeling")
    document.collection = parent.add_child(name="Mappe")
    document.save()
    naming(document)
    assert is_open()
    closed = parent if above else document.collection
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert not is_open()


def test_a_restriction_of_another_collection_closes_nothing(document):
    naming(document)
    other = Collection.get_first_root_node().add_child(name="En anden")
    CollectionViewRestriction.objects.create(collection=other, restriction_type="login")
    assert is_open()
