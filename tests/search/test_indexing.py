from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.models import CaseStoryPage
from cms.services import unpublish
from partnerships import clock
from partnerships.models import Consent, Post
from search import audit, indexing
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Generation, OutboxRow, WriteVersion
from search.sources import SOURCES
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_membership, make_organisation, make_partnership, make_person, make_post, make_topic
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db


def test_what_is_published_is_found_and_what_is_unpublished_is_gone(index):
    story = make_story("Gips fra røggas")
    index()
    assert titles(ask("gips")) == ["Gips fra røggas"]
    unpublish(story)
    assert titles(ask("gips")) == [], "the database is asked before a hit is shown"
    index()
    assert ask("gips").total == 0


def test_a_draft_is_not_in_the_index(index):
    make_story("Hemmelig kladde", live=False)
    index()
    assert ask("hemmelig").total == 0


def test_a_change_that_is_rolled_back_leaves_neither_page_nor_row(index):
    make_site()
    OutboxRow.objects.all().delete()
    with pytest.raises(RuntimeError), transaction.atomic():
        make_story("Aldrig til")
        assert OutboxRow.objects.exists()
        raise RuntimeError
    assert not OutboxRow.objects.exists()
    assert not CaseStoryPage.objects.filter(title="Aldrig til").exists()


def test_a_failing_engine_loses_nothing(index, monkeypatch):
    make_story("Damp til fabrikken")

    def refuse(*args, **kwargs):
        raise EngineFailed("no room")

    with monkeypatch.context() as broken:
        broken.setattr(type(current_engine()), "write", refuse)
        broken.setattr(indexing, "_try_later", lambda: None)
        assert index() == 0
    waiting = OutboxRow.objects.count()
    assert waiting
    assert OutboxRow.objects.filter(attempts__gt=0).count() == 0, "an engine that is down is not the rows' fault"
    assert index() == waiting
    assert titles(ask("damp")) == ["Damp til fabrikken"]


def test_a_row_that_cannot_be_made_parks_and_holds_up_no_other(index, monkeypatch):
    bad, good = make_organisation("Dårlig"), make_organisation("God")
    source = indexing.SOURCES["organisation"]

    def record(row):
        if row.pk == bad.pk:
            raise ValueError("this one")
        return source.record(row)

    monkeypatch.setitem(indexing.SOURCES, "organisation", type(source)(**{**vars(source), "record": record}))
    monkeypatch.setattr(indexing, "_try_later", lambda: None)
    for _ in range(OutboxRow.MOST_ATTEMPTS + 1):
        index()
    assert titles(ask("god")) == ["God"]
    parked = OutboxRow.objects.get()
    assert (parked.key, parked.attempts, parked.last_error) == (f"organisation:{bad.pk}", 8, "this one")
    assert good.pk != bad.pk


def test_publishing_a_translation_means_nothing_is_found_twice(index):
    story = make_story("Varme fra vand")
    index()
    assert [hit.lang for hit in ask("varme", language="en").hits] == ["da"]
    other = translate(story, title="Heat from water")
    index()
    assert titles(ask("varme")) == ["Varme fra vand"]
    assert titles(ask("heat", language="en")) == ["Heat from water"]
    assert ask("varme", language="en").total == 0
    unpublish(other)
    index()
    assert titles(ask("varme", language="en")) == ["Varme fra vand"]


def test_a_person_is_found_only_while_they_agree(index):
    person = make_person("Rigmor Rørlægger", expertise="Fjernkøling")
    index()
    assert ask("fjernkøling").total == 0
    Consent.objects.create(profile=person, purpose="contact", text_version="t", given=clock.now())
    index()
    assert ask("fjernkøling").total == 0, "shown is not yet found"
    consent = Consent.objects.create(profile=person, purpose="search", text_version="t", given=clock.now())
    index()
    assert titles(ask("fjernkøling")) == ["Rigmor Rørlægger"]
    consent.withdrawn = clock.now()
    consent.save()
    assert titles(ask("fjernkøling")) == []
    index()
    assert ask("rigmor").total == 0


def test_the_page_of_a_person_who_withdraws_is_not_found_by_their_name(index):
    from cms.models import PersonLink

    person = make_person("Rigmor Rørlægger", consents=True)
    make_story("Køling", person_links=[PersonLink(person=person, role="author")])
    index()
    assert set(titles(ask("Rigmor"))) == {"Rigmor Rørlægger", "Køling"}
    person.consents.get(purpose="search").delete()
    index()
    assert ask("Rigmor").total == 0


def test_a_renamed_topic_renames_where_it_stands(index):
    topic = make_topic("Kulde")
    make_story("En sag", topics=[topic])
    make_organisation("Et hus", topics=[topic])
    index()
    assert set(titles(ask("kulde"))) == {"En sag", "Et hus"}
    topic.name_da = "Frost"
    topic.save()
    index()
    assert ask("kulde").total == 0
    assert set(titles(ask("frost"))) == {"En sag", "Et hus"}


def test_a_former_name_finds_the_organisation_and_says_so(index):
    organisation = make_organisation("Novonesis")
    organisation.former_names.create(name="Novozymes", until="2024")
    index()
    (hit,) = ask("novozymes").hits
    assert hit.name == "Novonesis"
    assert hit.facts["formerly"] == "<mark>Novozymes</mark>"


def test_a_post_that_is_taken_down_is_gone(index):
    post = make_post(make_partnership(), make_person(), title="Lunkent vand")
    index()
    assert titles(ask("lunkent")) == ["Lunkent vand"]
    post.removed = clock.now()
    post.save()
    index()
    assert ask("lunkent").total == 0


def test_a_closed_section_is_not_in_the_index(index):
    from wagtail.models import PageViewRestriction

    story = make_story("Lukket land")
    index()
    assert ask("lukket").total == 1
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
    index()
    assert ask("lukket").total == 0


def test_a_moved_page_below_a_closed_section_is_gone(index):
    from wagtail.models import PageViewRestriction

    from cms.models import CaseIndexPage

    story = make_story("Flyttet")
    closed = CaseIndexPage(title="Lukket", slug="lukket", locale=story.locale)
    story.get_parent().get_parent().add_child(instance=closed)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    index()
    assert ask("flyttet").total == 1
    CaseStoryPage.objects.get(pk=story.pk).move(closed, "last-child")
    index()
    assert ask("flyttet").total == 0


def test_deleting_takes_everything_out(index):
    story, organisation = make_story("Borte"), make_organisation("Borte ApS")
    index()
    assert ask("borte").total == 2
    story.delete()
    organisation.delete()
    index()
    assert ask("borte").total == 0


def test_a_membership_shows_where_somebody_works(index):
    person, organisation = make_person("Ida Sten", consents=True), make_organisation("Fjordbryg")
    make_membership(person, organisation)
    index()
    assert set(titles(ask("fjordbryg"))) == {"Ida Sten", "Fjordbryg"}


class TestRebuild:
    def test_a_new_generation_holds_everything_and_takes_over(self, index):
        make_story("Biogas")
        before = current_engine().live()
        generation = indexing.rebuild()
        assert current_engine().live() == generation.name != before
        assert generation.rows == current_engine().count(generation.name)
        assert titles(ask("biogas")) == ["Biogas"]
        assert not OutboxRow.objects.exists()

    def test_the_last_generation_is_kept_and_older_ones_are_dropped(self, index):
        names = [indexing.rebuild().name for _ in range(3)]
        assert current_engine().generations() == sorted(names[1:])
        assert set(Generation.objects.values_list("name", flat=True)) == set(names[1:])

    def test_one_that_fails_leaves_the_old_one_in_place(self, index, monkeypatch):
        make_story("Biogas")
        index()
        before = current_engine().live()

        def fail(*args):
            raise ValueError("broken")

        with monkeypatch.context() as broken:
            broken.setattr(indexing, "_fill", fail)
            with pytest.raises(ValueError, match="broken"):
                indexing.rebuild()
        assert current_engine().live() == before
        assert not Generation.objects.building().exists()
        assert titles(ask("biogas")) == ["Biogas"]

    def test_what_changes_meanwhile_is_in_both(self, index, monkeypatch):
        """The live one goes on answering, and the new one is brought up to date before it takes over."""
        fill = indexing._fill

        def change_afterwards(*args):
            fill(*args)
            make_organisation("Kom til imens")
            index()
            assert titles(ask("imens")) == ["Kom til imens"], "in the live generation at once"

        monkeypatch.setattr(indexing, "_fill", change_afterwards)
        indexing.rebuild()
        assert titles(ask("imens")) == ["Kom til imens"]
        assert not OutboxRow.objects.exists()

    def test_two_at_once_are_refused(self, index):
        Generation.objects.create(name="now", engine=current_engine().name, analysis="1")
        before = current_engine().generations()
        with pytest.raises(indexing.RebuildRunning):
            indexing.rebuild()
        assert current_engine().generations() == before

    def test_what_a_dead_process_left_half_built_is_dropped_by_the_next(self, index):
        current_engine().create("half")
        Generation.objects.create(
            name="half", engine=current_engine().name, touched=clock.now() - 2 * indexing.DEAD_AFTER
        )
        current_engine().create("unknown")
        indexing.rebuild()
        assert not {"half", "unknown"} & {*current_engine().generations()}
        assert not Generation.objects.building().exists()

    def test_a_generation_that_lost_rows_does_not_take_over(self, index, monkeypatch):
        for number in range(3):
            make_organisation(f"Nummer {number}")
        index()
        before = current_engine().live()
        monkeypatch.setattr(indexing, "_fill", lambda *args: None)
        with pytest.raises(indexing.IncompleteGeneration):
            indexing.rebuild()
        assert current_engine().live() == before

    def test_the_generation_before_can_answer_again_and_is_mended(self, index):
        make_organisation("Før")
        index()
        before = indexing.rebuild()
        indexing.rebuild()
        make_organisation("Senere")
        index()
        call_command("rebuild_index", "--back")
        assert current_engine().live() == before.name
        assert titles(ask("senere")) == ["Senere"]
        assert not audit.compare().keys

    def test_there_may_be_nothing_to_go_back_to(self, index):
        with pytest.raises(CommandError):
            call_command("rebuild_index", "--back")

    def test_it_is_needed_when_the_analysis_has_changed(self, index, monkeypatch):
        assert not indexing.is_needed()
        monkeypatch.setattr(indexing, "VERSION", 999)
        assert indexing.is_needed()


def test_what_a_partnership_seeks_in_danish_is_no_english_text(db):
    partnership = make_partnership(seeks="boliger")
    partnership.seeks.create(whom_da="virksomheder")
    assert [text.lang for text in SOURCES["partnership"].record(SOURCES["partnership"].rows().get()).texts] == ["da"]


class TestAudit:
    def test_what_was_lost_is_there_too_much_or_says_something_else_is_told_and_mended(self, index):
        lost, changed, gone = (make_organisation(name) for name in ("Borte", "Skiftet", "Væk"))
        index()
        engine = current_engine()
        key = f"organisation:{gone.pk}"
        engine.write(engine.live(), [], gone=[f"organisation:{lost.pk}"], version=WriteVersion.objects.create().pk)
        type(changed).objects.filter(pk=changed.pk).update(name="Omdøbt")
        type(gone).objects.filter(pk=gone.pk).delete()
        OutboxRow.objects.all().delete()
        drift = audit.compare()
        assert drift == audit.Drift((f"organisation:{lost.pk}",), (key,), (f"organisation:{changed.pk}",))
        assert not OutboxRow.objects.exists(), "looking changes nothing"
        call_command("audit_index")
        assert not audit.compare().keys
        assert titles(ask("omdøbt")) == ["Omdøbt"]

    def test_a_term_that_has_ended_is_found_by_the_audit(self, index):
        """No row changes on the day a membership ends, so no signal tells of it."""
        person, organisation = make_person("Ida Sten", consents=True), make_organisation("Fjordbryg")
        make_membership(person, organisation, until=clock.today() + timedelta(days=1))
        index()
        assert set(titles(ask("fjordbryg"))) == {"Ida Sten", "Fjordbryg"}
        with clock.at(clock.now() + timedelta(days=3)):
            assert audit.compare().stale == (f"person:{person.pk}",)
            audit.mend(audit.compare())
            assert titles(ask("fjordbryg")) == ["Fjordbryg"]


def test_every_post_has_a_token(index):
    """Closed when in doubt: a new audience would be the administrators' until somebody decides."""
    from search.audience import in_a_room

    partnership = make_partnership()
    tokens = {audience: in_a_room(Post(partnership=partnership, audience=audience)) for audience in Post.Audience}
    assert tokens[Post.Audience.PUBLIC] == {"public"}
    assert tokens[Post.Audience.MEMBERS] == {f"p:{partnership.pk}"}
    assert tokens[Post.Audience.ADMINISTRATORS] == {f"pa:{partnership.pk}"}
