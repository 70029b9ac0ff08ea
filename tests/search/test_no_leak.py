"""Two portals that differ only in what a stranger may not see answer that stranger alike."""

import random

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.models import DocumentLink
from partnerships.models import Consent, Document, DocumentPage
from tests.cms_pages import make_site, make_story
from tests.factories import make_organisation, make_partnership, make_person, make_post, make_topic

pytestmark = pytest.mark.django_db
WORDS = "varme vand damp gips halm biogas spildevand køling fjernvarme energi slam aske kajen rør data".split()
SECRET = "zirkonium yttrium xenon wolfram".split()


def answers(client, words):
    """Everything search says, but for the order among hits, which counts the frequency of words in all rows."""
    said = {}
    for word in [*words, "", " ".join(words[:2])]:
        answer = client.get("/soeg/", {"q": word, "format": "json"}).json()
        answer["hits"] = sorted(hit["id"] for hit in answer["hits"]) if answer["total"] <= 12 else answer["total"]
        answer["experts"] = sorted(expert["id"] for expert in answer["experts"])
        said[word] = answer
        typed = {"q": word[:4], "format": "json"}
        offered = sorted(one["text"] for one in client.get("/soeg/forslag/", typed).json()["suggestions"])
        said[f"{word} offered"] = offered if len(offered) < 8 else 8
        said[f"{word} slip"] = client.get("/soeg/", {"q": f"{word[:-1]}q", "format": "json"}).json()["did_you_mean"]
        table = client.get("/soeg/", {"q": word, "format": "csv"}).content.decode().splitlines()
        said[f"{word} table"] = sorted(table)
    return said


def document_of(title, said, **fields):
    """As if uploaded and read."""
    document = Document.objects.create(title=title, file="documents/plan.pdf", file_size=1, **fields)
    DocumentPage.objects.create(document=document, number=1, text=said)
    return document


def name_on(page, document):
    DocumentLink.objects.create(page_id=page.pk, document=document)


def hide_documents(said, open_page):
    """One that no page names, one of a draft, one of a closed page, one in a closed collection."""
    document_of(said, said)
    name_on(make_story(said, live=False), document_of(said, said))
    closed_page = make_story(said)
    PageViewRestriction.objects.create(page=closed_page, restriction_type="login")
    name_on(closed_page, document_of(said, said))
    closed = Collection.get_first_root_node().add_child(name="Lukket")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    name_on(open_page, document_of(said, said, collection=closed))


@pytest.mark.parametrize("seed", range(4))
def test_private_things_change_nothing_for_a_stranger(index, seed):
    chance = random.Random(seed)

    def text(extra=()):
        return " ".join(chance.sample(WORDS, 4) + list(extra))

    topics = [make_topic(word) for word in chance.sample(WORDS, 3)]
    people = [
        make_person(f"{word.title()} Person", consents=True, topics=[chance.choice(topics)]) for word in WORDS[:3]
    ]
    organisations = [make_organisation(f"{word.title()} ApS", topics=[chance.choice(topics)]) for word in WORDS[3:6]]
    partnership = make_partnership(text(), administrator=people[0], members=organisations[:2], topics=topics[:1])
    make_post(partnership, people[0], title=text(), audience="public")
    pages = [make_story(text(), topics=[chance.choice(topics)]) for _ in range(3)]
    name_on(pages[1], document_of(text(), text()))
    index()
    stranger = Client()
    asked = [*chance.sample(WORDS, 5), *SECRET]
    before = answers(stranger, asked)

    for audience in ("members", "administrators"):
        make_post(partnership, people[0], title=text(SECRET), audience=audience, organisation=organisations[0])
    make_story(text(SECRET), live=False, topics=topics)
    hide_documents(text(SECRET), pages[0])
    for fields in ({"visibility": "hidden"}, {"state": "proposed"}):
        secret = make_partnership(
            text(SECRET), responsible=partnership.responsible, members=organisations, topics=topics, **fields
        )
        make_post(secret, people[0], title=text(SECRET), audience="public")
    hidden = make_person("Hemmelig Person", expertise=text(SECRET), topics=topics)
    Consent.objects.create(
        profile=hidden, purpose="contact", text_version="t", given="2020-01-01T00:00Z", withdrawn="2020-02-01T00:00Z"
    )
    index()
    assert answers(stranger, asked) == before
    assert all(before[word]["total"] == 0 for word in SECRET)


def test_a_member_does_see_what_the_stranger_does_not(index):
    """The test above could not fail if nothing private were ever in the index."""
    make_site()
    administrator = make_person("Anna")
    make_post(
        make_partnership(administrator=administrator), administrator, title="Zirkonium", audience="administrators"
    )
    index()
    client = Client()
    client.force_login(administrator.user)
    assert client.get("/soeg/", {"q": "zirkonium", "format": "json"}).json()["total"] == 1
    assert Client().get("/soeg/", {"q": "zirkonium", "format": "json"}).json()["total"] == 0


def test_a_document_is_found_by_everyone_once_an_open_page_names_it(index):
    """And so were those above, if they were open."""
    page, document = make_story("Kajen"), document_of("Zirkonium", "Om xenon.")
    index()
    asked = {"q": "xenon", "format": "json"}
    assert Client().get("/soeg/", asked).json()["total"] == 0
    name_on(page, document)
    index()
    said = Client().get("/soeg/", asked).json()
    assert [hit["id"] for hit in said["hits"]] == [f"document:{document.pk}"]
    assert [value["value"] for value in said["facets"]["filetype"]] == ["pdf"]
