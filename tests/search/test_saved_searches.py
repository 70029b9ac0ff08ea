"""A search that somebody saved tells what is new in it: once, never nothing, and only what its owner may see then."""

import re
import smtplib
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cms.services import unpublish
from partnerships import clock
from partnerships.models import Notification
from partnerships.services import mail_queue
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from search.addresses import query_from
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Match, SavedSearch, WrittenRow
from search.news import news_in, news_of
from search.services import alerts
from search.services import saved_searches as services
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_membership, make_organisation, make_partnership, make_person, make_post, yesterday

pytestmark = pytest.mark.django_db
AT_ONCE, DAILY, WEEKLY, NEVER = SavedSearch.Rhythm.values


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """Built once for all tests of the module, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def carla(index):
    return make_person("Carla Mønster").user


def save(user, search="q=gips", *, rhythm=AT_ONCE, name="Gips", language="da"):
    query = query_from(QueryDict(search), language)
    return services.save_search(actor=user, query=query, name=name, rhythm=rhythm)


def told(index, rhythm=AT_ONCE):
    """The mails that follow when the index is brought up to date and the timer comes round."""
    index()
    mail.outbox.clear()
    call_command("send_alerts", f"--{rhythm.replace('_', '-')}", verbosity=0)
    mail_queue.send_due()
    return mail.outbox


# What is told


def test_something_new_is_told_by_mail_and_in_the_site_with_the_reason(index, carla):
    search = save(carla)
    story = make_story("Gips fra røggas", summary="Gipsen <b>bliver</b> til plader & vægge.")
    (letter,) = told(index)
    assert letter.to == [carla.email]
    assert letter.subject == "Nyt i din gemte søgning: Gips"
    html = letter.alternatives[0][0]
    assert "<mark>Gips</mark> fra røggas" in html
    assert "<mark>Gipsen</mark> &lt;b&gt;bliver&lt;/b&gt; til plader" in html
    assert "Gipsen <b>bliver</b> til plader & vægge." in letter.body
    assert story.url.rstrip("/") in letter.body
    (notice,) = Notification.objects.of(carla)
    assert (notice.kind, notice.text) == ("alert", "Nyt i din gemte søgning: Gips")
    assert notice.address == f"/mit/soegninger/{search.pk}/"


def test_what_was_there_already_is_not_new_whatever_is_changed_in_it(index, carla):
    story = make_story("Gips fra røggas")
    index()
    save(carla)
    story.summary = "Nu med flere ord om gips."
    story.save()
    assert told(index) == []
    assert not Notification.objects.exists(), "nobody is told that nothing is new"


def test_nothing_is_told_twice_however_often_it_is_changed_or_sent(index, carla):
    save(carla)
    story = make_story("Gips fra røggas")
    assert len(told(index)) == 1
    assert told(index) == []
    story.summary = "Mere gips."
    story.save()
    assert told(index) == []
    unpublish(story)
    index()
    story.refresh_from_db()
    story.save_revision().publish()
    assert told(index) == []
    assert Notification.objects.count() == 1


def test_an_old_thing_that_comes_to_fit_is_told(index, carla):
    story = make_story("Plader til vægge")
    index()
    save(carla)
    story.title = "Gips til vægge"
    story.save()
    assert len(told(index)) == 1


@pytest.mark.parametrize("search", ["q=damp", "q=gips&kind=organisation", "q=gips+-røggas", "q=gips&to=2020-01-01"])
def test_what_does_not_fit_is_not_told(index, carla, search):
    save(carla, search)
    make_story("Gips fra røggas")
    assert told(index) == []


@pytest.mark.parametrize(
    "search", ["q=gips", "q=gips&kind=story", 'q="fra+røggas"', "q=gipsen", "q=", "kind=story", "q=røg"]
)
def test_what_fits_is_told_by_any_part_of_a_search(index, carla, search):
    save(carla, search)
    make_story("Gips fra røggas")
    assert len(told(index)) == 1


def test_each_is_told_in_the_rhythm_they_chose(index, carla):
    for rhythm in (AT_ONCE, DAILY, WEEKLY, NEVER):
        save(make_person(rhythm).user, rhythm=rhythm)
    make_story("Gips fra røggas")
    for rhythm in (AT_ONCE, DAILY, WEEKLY):
        assert len(told(index, rhythm)) == 1
    assert Notification.objects.count() == 3, "who asked for nothing is told nothing"


def test_one_mail_holds_all_that_is_new_for_one_person(index, carla):
    save(carla, "q=gips", rhythm=DAILY)
    save(carla, "q=damp", rhythm=DAILY, name="Damp")
    for number in range(7):
        make_story(f"Gips nummer {number}")
    make_story("Damp til fabrikken")
    (letter,) = told(index, DAILY)
    assert letter.subject == "Nyt i 2 af dine gemte søgninger"
    assert "Og 2 mere." in letter.body
    assert "Damp til fabrikken" in letter.body
    assert told(index, DAILY) == [], "those that were only counted are told too"


def test_the_mail_speaks_the_language_of_the_search(index, carla):
    save(carla, "q=gypsum", language="en", name="Gypsum")
    translate(make_story("Gips fra røggas"), title="Gypsum from flue gas")
    (letter,) = told(index)
    assert letter.subject == "New in your saved search: Gypsum"
    assert "Stop these mails" in letter.body
    assert "/en/desk/searches/stop/" in letter.extra_headers["List-Unsubscribe"]


def test_who_was_told_nothing_for_a_while_begins_with_what_comes(index, carla):
    search = save(carla, rhythm=NEVER)
    make_story("Gips før")
    told(index)
    services.change_search(search=search, actor=carla, name="Gips", rhythm=AT_ONCE)
    assert told(index) == []
    make_story("Gips bagefter")
    (letter,) = told(index)
    assert "Gips før" not in letter.body


# Rights at the time of telling


@pytest.fixture
def inside(carla):
    """Carla's company takes part in a partnership, and she belongs to the company."""
    company = make_organisation("Fjordbryg")
    membership = make_membership(carla.profile, company)
    partnership = make_partnership(members=[company], administrator=make_person("Bo Formand"))
    return partnership, membership


def test_a_members_post_is_told_to_members_through_sign_in(index, carla, inside):
    stranger = make_person("Fremmed").user
    former = make_person("Forhenværende").user
    make_membership(former.profile, make_organisation("Fraflyttet"), until=yesterday())
    for user in (carla, stranger, former):
        save(user)
    post = make_post(inside[0], make_person(), title="Gips til deling", audience="members")
    (letter,) = told(index)
    assert letter.to == [carla.email]
    assert f"/konto/login/?{urlencode({'next': post.get_absolute_url()})}" in letter.body
    assert {notice.recipient for notice in Notification.objects.all()} == {carla}


def test_a_membership_that_ended_meanwhile_tells_nothing(index, carla, inside):
    save(carla, rhythm=DAILY)
    make_post(inside[0], make_person(), title="Gips til deling", audience="members")
    index()
    alerts.compare()
    assert Match.objects.waiting().exists()
    with clock.at(clock.now() + timedelta(days=2)):
        inside[1].until = yesterday()
        inside[1].save()
        assert told(index, DAILY) == []
    assert not Notification.objects.exists()


@pytest.mark.parametrize("audience", ["members", "administrators"])
def test_what_becomes_visible_is_told_then(index, carla, audience):
    save(carla)
    post = make_post(make_partnership(), make_person(), title="Gips til deling", audience=audience)
    assert told(index) == []
    post.audience = "public"
    post.save()
    assert len(told(index)) == 1
    assert told(index) == []


def test_a_post_withdrawn_before_the_mail_is_not_told_and_not_shown_after_it(index, carla):
    search = save(carla)
    withdrawn = make_post(make_partnership(), make_person(), title="Gips nummer et")
    index()
    alerts.compare()
    withdrawn.removed = clock.now()
    withdrawn.save()
    assert told(index) == []
    later = make_post(make_partnership(), make_person(), title="Gips nummer to")
    assert len(told(index)) == 1
    client = Client()
    client.force_login(carla)
    assert "nummer to" in client.get(search.get_absolute_url()).content.decode()
    later.removed = clock.now()
    later.save()
    for address in (search.get_absolute_url(), "/mit/", "/mit/notifikationer/"):
        assert "nummer to" not in client.get(address).content.decode()


def test_somebody_who_may_not_sign_in_is_told_nothing(index, carla):
    save(carla)
    carla.is_active = False
    carla.save()
    make_story("Gips fra røggas")
    assert told(index) == []


# Killed, refused, at the same time


def test_a_process_killed_before_it_settled_tells_everything_next_time(index, carla, monkeypatch):
    save(carla)
    make_story("Gips fra røggas")

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(alerts, "note", killed)
        told(index)
    assert mail.outbox == []
    assert len(told(index)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_killed_around_the_mail_sends_no_second(index, carla, monkeypatch, when):
    """Killed before the server has it in hand, it is sent by the next; killed with it, nobody knows and staff see it."""
    save(carla)
    make_story("Gips fra røggas")
    sent = []

    def killed(*args):
        sent.extend([args] if when == "after" else [])
        raise KeyboardInterrupt

    where = (mail_queue, "deliver") if when == "before" else (mail_queue.EmailMultiAlternatives, "send")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(*where, killed)
        told(index)
    assert len(told(index)) + len(sent) == 1
    assert Notification.objects.count() == 1, "the site has told it"


def test_a_process_killed_while_it_compares_finds_it_next_time(index, carla, monkeypatch):
    save(carla)
    make_story("Gips fra røggas")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(alerts, "matches", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        told(index)
    assert WrittenRow.objects.exists()
    assert len(told(index)) == 1


def test_a_mail_server_that_refuses_gets_it_later_with_what_may_be_seen_then(index, carla, monkeypatch):
    save(carla)
    withdrawn = make_post(make_partnership(), make_person(), title="Gips nummer et")
    make_story("Gips fra røggas")
    with monkeypatch.context() as patched:
        patched.setattr(
            mail_queue.EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(smtplib.SMTPException())
        )
        assert told(index) == []
    assert Notification.objects.count() == 1, "the site does not wait for the mail server"
    withdrawn.removed = clock.now()
    withdrawn.save()
    with clock.at(clock.now() + timedelta(hours=1)):
        (letter,) = told(index)
    assert "Gips fra røggas" in letter.body
    assert "nummer et" not in letter.body


def test_an_engine_that_is_down_delays_and_loses_nothing(index, carla, monkeypatch):
    save(carla)
    make_story("Gips fra røggas")
    index()

    def down(*args):
        raise EngineFailed("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(current_engine()), "search", down)
        assert told(index) == []
    assert len(told(index)) == 1


def test_two_who_send_at_once_send_one(index, carla):
    save(carla)
    make_story("Gips fra røggas")
    index()
    alerts.compare()
    first = list(Match.objects.waiting().select_related("saved_search"))
    assert alerts._tell_of(first, carla, "da") == 1
    assert alerts._tell_of(first, carla, "da") == 0
    mail_queue.send_due()
    assert len(mail.outbox) == Notification.objects.count() == 1


def test_a_row_that_cannot_be_read_holds_up_no_other(index, carla, monkeypatch):
    save(carla, "q=")
    bad, good = make_organisation("Dårlig"), make_organisation("God")
    index()
    read = alerts.indexing.as_the_database_says

    def broken(keys):
        keys = list(keys)
        if f"organisation:{bad.pk}" in keys:
            raise ValueError("this one")
        return read(keys)

    monkeypatch.setattr(alerts.indexing, "as_the_database_says", broken)
    (letter,) = told(index)
    assert good.name in letter.body
    assert not WrittenRow.objects.exists()


def test_a_rebuild_does_not_swallow_what_is_new(index, carla):
    save(carla)
    make_story("Gips fra røggas")
    call_command("rebuild_index", verbosity=0)
    assert len(told(index)) == 1


def test_a_search_that_finds_very_much_knows_the_old_by_their_day(index, carla, monkeypatch):
    monkeypatch.setattr(services, "MOST_KNOWN", 2)
    monkeypatch.setattr(services, "AT_ONCE", 2)
    stories = [make_story(f"Gips {number}") for number in range(4)]
    index()
    search = save(carla)
    assert search.matches.count() == 2
    assert search.known_until == clock.today()
    for story in stories:
        story.summary = "Ændret."
        story.save()
    assert told(index) == []


def test_without_an_engine_a_search_is_saved_all_the_same(index, carla, monkeypatch):
    make_story("Gips fra røggas")
    index()
    monkeypatch.setattr(type(current_engine()), "search", lambda *args: (_ for _ in ()).throw(EngineFailed("gone")))
    assert save(carla).known_until == clock.today()


# Who may do what


def test_saving_has_its_refusals(index, carla, monkeypatch):
    save(carla)
    with pytest.raises(WrongState):
        save(carla)
    with pytest.raises(Invalid):
        save(carla, "q=damp", rhythm="hourly")
    with pytest.raises(Invalid):
        save(carla, "q=damp", name="  ")
    with pytest.raises(Invalid):
        save(carla, urlencode([("topic", "x" * 100 + str(number)) for number in range(40)]))
    monkeypatch.setattr(SavedSearch, "MOST_OF_ONE_PERSON", 1)
    with pytest.raises(WrongState):
        save(carla, "q=damp")
    save(make_person("En anden").user)


@pytest.mark.parametrize("who", ["stranger", "facilitator"])
def test_anothers_saved_search_is_not_changed_or_deleted(index, carla, who):
    search, other = save(carla), make_person(who).user
    with pytest.raises(NotAllowed):
        services.change_search(search=search, actor=other, name="Min", rhythm=NEVER)
    with pytest.raises(NotAllowed):
        services.delete_search(search=search, actor=other)
    client = Client()
    client.force_login(other)
    for name in ("saved_search", "saved_search_change", "saved_search_delete"):
        assert client.get(reverse(f"search:{name}", args=[search.pk])).status_code == 404
    for name in ("saved_search_change", "saved_search_delete"):
        answer = client.post(reverse(f"search:{name}", args=[search.pk]), {"name": "Min", "rhythm": NEVER})
        assert answer.status_code == 404
    assert "Gips" not in client.get("/mit/soegninger/").content.decode()
    search.refresh_from_db()
    assert (search.name, search.rhythm) == ("Gips", AT_ONCE)


def test_sign_in_keeps_the_search_that_is_to_be_saved(index, carla):
    page = Client().get("/soeg/?q=gips&kind=story&page=2").content.decode()
    address = re.search(r'href="(/mit/soegninger/gem/[^"]*)"', page).group(1).replace("&amp;", "&")
    assert address == "/mit/soegninger/gem/?q=gips&kind=story"
    answer = Client().get(address)
    assert answer["Location"] == f"/konto/login/?{urlencode({'next': address})}".replace("%2F", "/")
    client = Client()
    client.force_login(carla)
    assert "“gips”, Cases" in client.get(address).content.decode()
    assert not SavedSearch.objects.exists(), "looking saves nothing"
    saved = client.post(address, {"name": "Gips", "rhythm": DAILY}, follow=True)
    (search,) = SavedSearch.objects.all()
    assert saved.redirect_chain[-1][0] == search.get_absolute_url()
    assert (search.owner, search.address, search.rhythm) == (carla, "?q=gips&kind=story", DAILY)
    assert client.get(search.all_results).status_code == 200


def test_a_saved_search_is_listed_changed_and_deleted(index, carla):
    search = save(carla)
    client = Client()
    client.force_login(carla)
    assert "Du får besked: med det samme" in client.get("/mit/soegninger/").content.decode()
    client.post(f"/mit/soegninger/{search.pk}/ret/", {"name": "Vægge", "rhythm": WEEKLY})
    search.refresh_from_db()
    assert (search.name, search.rhythm) == ("Vægge", WEEKLY)
    client.get(f"/mit/soegninger/{search.pk}/slet/")
    assert SavedSearch.objects.exists(), "looking deletes nothing"
    client.post(f"/mit/soegninger/{search.pk}/slet/")
    assert not SavedSearch.objects.exists()


def test_the_desk_shows_what_is_new_with_the_reason(index, carla):
    save(carla, rhythm=NEVER)
    make_story("Gips fra røggas")
    index()
    alerts.compare()
    client = Client()
    client.force_login(carla)
    assert "<mark>Gips</mark> fra røggas" in client.get("/mit/").content.decode()
    with clock.at(clock.now()):
        Match.objects.update(at=clock.now() - timedelta(days=15))
    assert "fra røggas" not in client.get("/mit/").content.decode()


# Stopping


def stop_address(letter):
    header = letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header[1:-1] in letter.body
    assert header[1:-1] in letter.alternatives[0][0]
    return urlsplit(header[1:-1]).path


def test_stopping_takes_one_press_without_sign_in(index, carla):
    search, kept = save(carla), save(carla, "q=damp", name="Damp")
    make_story("Gips fra røggas")
    (letter,) = told(index)
    visitor = Client(enforce_csrf_checks=True)
    path = stop_address(letter)
    page = visitor.get(path).content.decode()
    assert page.count("<button") - page.count('type="search"') >= 1
    search.refresh_from_db()
    assert search.rhythm == AT_ONCE, "looking stops nothing: mail programs open every link"
    answer = visitor.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    search.refresh_from_db()
    kept.refresh_from_db()
    assert (search.rhythm, kept.rhythm) == (NEVER, AT_ONCE)
    make_story("Mere gips")
    assert told(index) == []
    assert visitor.post(path).status_code == 200, "a second press is no fault"


@pytest.mark.parametrize("forged", ["x", "WzFd:1abc:xyz", "shortened"])
def test_an_address_that_we_did_not_make_stops_nothing(index, carla, forged):
    search = save(carla)
    make_story("Gips fra røggas")
    path = stop_address(told(index)[0])
    wrong = path[:-4] + "/" if forged == "shortened" else f"/mit/soegninger/stop/{forged}/"
    assert Client().get(wrong).status_code == 404
    assert Client().post(wrong).status_code == 404
    search.refresh_from_db()
    assert search.rhythm == AT_ONCE


@pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
def test_what_one_may_not_see_takes_no_place_in_the_news(index, carla, monkeypatch):
    monkeypatch.setattr("search.news.LATEST", 1)
    monkeypatch.setattr("search.news.ON_ITS_PAGE", 1)
    search = save(carla, rhythm=NEVER)
    make_story("Gips for alle")
    index()
    alerts.compare()
    author = make_person("Anna")
    partnership = make_partnership(administrator=author)
    for number in range(3):
        make_post(partnership, author, audience="administrators", title=f"Gips {number}")
    index()
    alerts.compare()
    assert search.matches.count() == 4
    assert [hit.name for hit in news_in(search).hits] == ["Gips for alle"]
    assert [hit.name for news in news_of(carla) for hit in news.hits] == ["Gips for alle"]
