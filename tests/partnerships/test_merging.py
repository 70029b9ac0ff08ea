"""Two rows for one organisation become one: nothing is lost, and the old address leads to the one that stayed."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from cms.models import CaseStoryPage, OrganisationLink
from cms.services import publish
from partnerships.models import HistoryEntry, Membership, Organisation, Participation, Post
from partnerships.services import merging, organisations
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from search.models import SavedSearch
from tests.cms_pages import make_story
from tests.factories import (
    make_editor,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_post,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def two():
    gone = make_organisation(
        "Damp & Søn",
        about="Vi laver damp.",
        about_html="<p>Vi laver damp.</p>",
        mailbox="damp@example.org",
        company_number="61056416",
    )
    return gone, make_organisation("Damp og Søn A/S", website="https://damp.example")


def merge(two, editor):
    return merging.merge(gone=two[0], kept=two[1], actor=editor.user)


def test_lines_that_met_do_not_go_round(two, editor):
    gone, kept = two
    between = make_organisation("Imellem", parent=kept, successor=gone)
    gone.parent = kept.successor = between
    gone.save()
    kept.save()
    kept = merge(two, editor)
    between.refresh_from_db()
    assert (kept.parent, between.parent) == (None, kept)
    assert (kept.successor, between.successor) == (None, kept)


def test_everything_of_the_one_belongs_to_the_other(two, editor):
    gone, kept = two
    person = make_person("Ida")
    make_membership(person, gone, role="administrator")
    network = make_partnership(members=[gone])
    post = make_post(network, person, organisation=gone)
    kept = merge(two, editor)
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    assert Membership.objects.get(profile=person).organisation == kept
    assert Participation.objects.get(partnership=network).organisation == kept
    assert Post.objects.get(pk=post.pk).organisation == kept
    assert (kept.mailbox, kept.company_number, kept.website) == ("damp@example.org", "61056416", "https://damp.example")
    assert "damp" in kept.about_html
    assert [former.name for former in kept.former_names.all()] == ["Damp & Søn"]


def test_the_old_address_leads_to_the_page_that_stayed(two, editor):
    old = two[0].get_absolute_url()
    kept = merge(two, editor)
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    english = Client().get(old.replace("/organisationer/", "/en/organisations/"))
    assert english["Location"].startswith("/en/organisations/")


def test_the_address_of_one_that_is_gone_is_not_given_to_another(two, editor):
    Organisation.objects.filter(pk=two[0].pk).update(slug="damp-og-soen")
    two[0].refresh_from_db()
    merge(two, editor)
    made = organisations.register(actor=make_person().user, name="Damp og søn", kind="company")
    assert made.slug != "damp-og-soen"


def test_a_second_merger_keeps_the_first_address(two, editor):
    first = two[0].get_absolute_url()
    kept = merge(two, editor)
    last = merging.merge(gone=kept, kept=make_organisation("Sidste"), actor=editor.user)
    assert Client().get(first)["Location"] == last.get_absolute_url()


def test_what_is_told_of_both_stays_thekept_ones_and_the_other_is_in_the_history(two, editor):
    _gone, kept = two
    kept.about, kept.company_number = "Vores egen tekst", "35408002"
    kept.save()
    kept = merge(two, editor)
    assert (kept.about, kept.company_number) == ("Vores egen tekst", "35408002")
    note = HistoryEntry.objects.get(verb="organisation_merged").note
    assert "Vi laver damp." in note and "61056416" in note


def test_stories_and_their_kept_versions_name_the_one_that_stayed(two, editor):
    gone, kept = two
    story = make_story("Varme")
    story.organisation_links = [OrganisationLink(organisation=gone, role="owner")]
    story.save_revision().publish()
    kept = merge(two, editor)
    assert OrganisationLink.objects.get().organisation == kept
    again = Revision.objects.get(pk=story.get_latest_revision().pk).as_object()
    again.save_revision().publish()
    assert OrganisationLink.objects.get().organisation == kept


def test_a_saved_search_for_the_one_finds_the_other(two, editor):
    saved = SavedSearch.objects.create(
        owner=make_person().user, name="Damp", address=f"?q=damp&organisation={two[0].slug}", language="da"
    )
    kept = merge(two, editor)
    saved.refresh_from_db()
    assert saved.address == f"?q=damp&organisation={kept.slug}"


@pytest.mark.parametrize("who", ["administrator of both", "stranger"])
def test_only_the_municipalitys_editors_merge(two, who):
    person = make_person()
    if who != "stranger":
        for one in two:
            make_membership(person, one, role="administrator")
    with pytest.raises(NotAllowed):
        merging.merge(gone=two[0], kept=two[1], actor=person.user)
    assert Organisation.objects.count() == 2


def test_what_cannot_be_one_is_refused(two, editor):
    _gone, kept = two
    with pytest.raises(Invalid):
        merging.merge(gone=kept, kept=kept, actor=editor.user)
    make_partnership(responsible=make_organisation("Kommunen", kind="authority"))
    with pytest.raises(WrongState):
        merging.merge(gone=Organisation.objects.get(name="Kommunen"), kept=kept, actor=editor.user)
    kept.state = Organisation.State.DRAFT
    kept.save()
    with pytest.raises(WrongState):
        merge(two, editor)


def test_an_editor_finds_the_other_looks_and_merges(two, editor):
    gone, kept = two
    client = Client()
    client.force_login(editor.user)
    path = reverse("partnerships:organisation_merge", args=[kept.slug])
    assert f"other={gone.slug}" in client.get(f"{path}?q=damp").content.decode()
    assert "Damp &amp; Søn" in client.get(f"{path}?other={gone.slug}").content.decode()
    assert Organisation.objects.count() == 2, "looking merges nothing"
    assert client.post(path, {"other": gone.slug}).status_code == 302
    assert Organisation.objects.get() == kept


def test_only_versions_that_name_the_one_that_goes_are_read(two, editor, monkeypatch):
    gone, kept = two
    naming = make_story("Damp")
    naming.organisation_links = [OrganisationLink(organisation=gone, role="owner")]
    publish(naming)
    for number in range(5):
        other = make_story(f"Andet {number}")
        other.organisation_links = [OrganisationLink(organisation=make_organisation(f"Andre {number}"), role="owner")]
        publish(other)
    read, from_db = [], Revision.from_db.__func__

    def counted(cls, *given):
        read.append(cls)
        return from_db(cls, *given)

    monkeypatch.setattr(Revision, "from_db", classmethod(counted))
    merge(two, editor)
    assert len(read) == 1
    monkeypatch.undo()
    links = Revision.objects.get(pk=CaseStoryPage.objects.get(pk=naming.pk).latest_revision_id).content[
        "organisation_links"
    ]
    assert [link["organisation"] for link in links] == [kept.pk]
