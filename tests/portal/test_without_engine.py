"""A portal whose engine answers nothing: every page is there, what is done is kept, and search says what it cannot."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Page

from partnerships.models import Application, Organisation, Post
from search import indexing
from search.engines import current_engine
from search.models import Generation, OutboxRow
from tests.cms_pages import make_story, make_update
from tests.factories import make_membership, make_organisation
from tests.search.absent_engine import AbsentEngine
from tests.search.asking import ask as search
from tests.search.asking import titles

from .test_view_permissions import CELLS, EXPECTED, ROLES, address, answer
from .visiting import client_of, main_pages

pytestmark = pytest.mark.django_db
READ = [row for row, method in CELLS if method == "get"]
WHO = ("visitor", "stranger", "administrator", "municipal_editor")
SAYS_SO = "virker ikke helt"


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """Whoever asks for the engine gets one that has failed, though a generation is said to be live."""
    absent = AbsentEngine()
    monkeypatch.setattr("search.engines.embedded.EmbeddedEngine", lambda folder: absent)
    monkeypatch.setattr(indexing, "_try_later", lambda: None)
    current_engine.cache_clear()
    Generation.objects.create(name="gone", engine=absent.name, state=Generation.State.LIVE)
    yield absent
    current_engine.cache_clear()


@pytest.mark.parametrize("row", READ, ids=" ".join)
def test_each_address_answers_as_with_an_engine(world, row):
    wanted = dict(zip(ROLES, EXPECTED[row][0].split(), strict=True))
    path = address(world, row)
    assert {who: answer(world, who, "get", path) for who in WHO} == {who: wanted[who] for who in WHO}


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_main_page_answers_in_both_languages(world, language):
    for who, path in list(main_pages(world, language)):
        response = client_of(world, who).get(path)
        nowhere = path.endswith(("nothing-here/", "intet-her/", f"{world.args['an unknown invitation'][0]}/"))
        assert response.status_code == (404 if nowhere else 200), path


def test_each_published_page_answers(world, engine):
    make_story("Varme fra vand")
    make_update("Nyt om vand")
    for page in Page.objects.live().filter(depth__gt=1):
        response = Client().get(page.get_url())
        assert response.status_code == 200, page.get_url()
    assert "search" in engine.asked, "somebody asked what is similar"


def test_search_answers_from_the_database_and_says_so(world):
    make_organisation("Zirkonium A/S")
    page = Client().get("/soeg/", {"q": "zirkonium"}).content.decode()
    assert SAYS_SO in page
    assert "Zirkonium A/S" in page
    machines = Client().get("/soeg/", {"q": "zirkonium", "format": "json"}).json()
    assert [hit["title"] for hit in machines["hits"]] == ["Zirkonium A/S"]
    assert SAYS_SO in machines["notice"]


@pytest.mark.parametrize("form", ["atom", "csv"])
def test_what_is_taken_along_is_there(world, form):
    make_organisation("Zirkonium A/S")
    response = Client().get("/soeg/", {"q": "zirkonium", "format": form})
    assert response.status_code == 200
    assert "Zirkonium A/S" in response.content.decode()


def test_suggestions_and_who_knows_are_empty_and_not_an_error(world):
    suggestions = Client().get("/soeg/forslag/", {"q": "zirkonium", "format": "json"})
    assert (suggestions.status_code, suggestions.json()["suggestions"]) == (200, [])
    experts = Client().get("/soeg/hvem-ved/", {"q": "vand"})
    assert experts.status_code == 200
    assert SAYS_SO in experts.content.decode()


def test_the_supervisor_is_told_that_nothing_answers(world):
    told = Client().get("/-/ready")
    assert told.status_code == 200
    assert told.json()["index"]["live"] is False


def screens():
    """The first page of every editors' screen that there is."""
    admin = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "admin/")
    spaces = {entry.namespace for entry in admin.url_patterns if isinstance(entry, URLResolver) and entry.namespace}
    names = [f"{space}:index" for space in sorted(spaces) if "index" in _names_in(admin, space)]
    return ["wagtailadmin_home", "wagtailadmin_explore_root", *names]


def _names_in(admin, space):
    inside = [entry for entry in admin.url_patterns if getattr(entry, "namespace", None) == space]
    return {pattern.name for entry in inside for pattern in entry.url_patterns if hasattr(pattern, "name")}


def test_editors_screens_open(world):
    client = client_of(world, "superuser")
    found = screens()
    assert {"organisation:index", "synonym:index", "wordrule:index"} <= {*found}
    for screen in found:
        assert client.get(reverse(screen)).status_code in (200, 302), screen


class TestWhatIsDone:
    """It is done, the index is owed it, and nobody sees an error."""

    @pytest.fixture
    def act(self, django_capture_on_commit_callbacks, engine):
        def post(world, role, path, **fields):
            OutboxRow.objects.all().delete()
            client = client_of(world, role) if isinstance(role, str) else role
            with django_capture_on_commit_callbacks(execute=True):
                response = client.post(path, fields)
            assert response.status_code == 302, response.content.decode()[-3000:]
            owed = {row.key for row in OutboxRow.objects.all()}
            assert ("one_writer" in engine.asked) == bool(owed), "it was tried at once"
            assert not OutboxRow.objects.filter(attempts__gt=0).exists(), "it is not the rows' fault"
            return owed

        return post

    def test_an_organisation_is_registered(self, world, act):
        path = reverse("partnerships:organisation_register")
        owed = act(world, "stranger", path, name="Zirkonium A/S", kind="company")
        assert f"organisation:{Organisation.objects.get(name='Zirkonium A/S').pk}" in owed

    def test_a_company_applies(self, world, act):
        tier, organisation = world.running.tiers.first(), make_organisation("Nyt Værk")
        make_membership(world.people.stranger, organisation, role="administrator")
        path = reverse("partnerships:apply", args=world.args["partnership"])
        act(world, "stranger", path, organisation=organisation.pk, tier=tier.pk, message="Lad os!", confirmed="on")
        assert Application.objects.filter(organisation=organisation, state="sent").exists()

    def test_it_is_accepted(self, world, act):
        path = reverse("partnerships:application", args=world.args["sent"])
        owed = act(world, "administrator", path, act="accept", message="Velkommen")
        assert {f"organisation:{world.applying.pk}", f"partnership:{world.running.pk}"} <= owed

    def test_a_post_is_written(self, world, act):
        path = reverse("partnerships:post_write", args=world.args["partnership"])
        owed = act(world, "administrator", path, title="Zirkonium", body="Målt.", audience="public")
        assert f"post:{Post.objects.get(title='Zirkonium').pk}" in owed

    def test_a_page_is_published_by_an_editor_and_found_when_an_engine_is_back(self, world, act, monkeypatch, tmp_path):
        story = make_story("Kladde", live=False)
        client = client_of(world, "superuser")
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        owed = act(world, client, f"{bulk}?id={story.pk}&next=/admin/")
        assert f"story:{story.pk}" in owed
        assert titles(search("kladde")) == ["Kladde"]
        assert SAYS_SO in search("kladde").notice
        monkeypatch.undo()
        monkeypatch.setattr("django.conf.settings.INDEX_DIR", tmp_path)
        current_engine.cache_clear()
        indexing.rebuild()
        assert (titles(search("kladde")), search("kladde").notice) == (["Kladde"], "")
