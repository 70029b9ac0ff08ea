"""What people follow: by their own press, told in the site at once and by mail in their rhythm, never what they may not see."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.services import publish, unpublish
from partnerships import clock
from partnerships.models import (
    DeadAddress,
    Follow,
    HistoryEntry,
    Meeting,
    NewsItem,
    Notification,
    OutgoingMail,
    Partnership,
    Place,
    Rhythm,
)
from partnerships.news.sight import seen_by
from partnerships.services import (
    admission,
    agreements,
    dialogue,
    digests,
    following_notices,
    mail_queue,
    organisations,
    participation,
)
from partnerships.services import follows as services
from partnerships.services.history import record
from partnerships.services.refusals import Invalid, NotAllowed
from tests.cms_pages import make_site, make_story, translate
from tests.factories import (
    make_editor,
    make_facilitator,
    make_goal,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_place,
    make_topic,
    yesterday,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
AT_ONCE, DAILY, WEEKLY, NEVER = Rhythm.values
Verb = HistoryEntry.Verb


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """Built once for all tests of the module, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def carla():
    return make_person("Carla Mønster").user


@pytest.fixture
def anna():
    return make_person("Anna Eksempelsen")


@pytest.fixture
def partnership(anna):
    return make_partnership("Vandnetværket", administrator=anna)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def write(partnership, author, title="Vi har målt", audience="public"):
    return dialogue.publish_post(partnership=partnership, actor=author.user, title=title, body="Ja.", audience=audience)


def told(rhythm=DAILY):
    mail.outbox.clear()
    call_command("send_digests", f"--{rhythm.replace('_', '-')}", verbosity=0)
    return mail.outbox


# Following


THINGS = {
    "topic": make_topic,
    "place": make_place,
    "goal": make_goal,
    "organisation": make_organisation,
    "partnership": make_partnership,
    "page": make_story,
}


@pytest.mark.parametrize("what", THINGS)
def test_each_thing_is_followed_from_its_own_page_and_stopped_there(carla, what):
    thing = THINGS[what]()
    client, path = client_of(carla), thing.url if what == "page" else thing.get_absolute_url()
    address = f"/mit/foelger/{what}/{thing.pk}/"
    assert f'action="{address}"' in client.get(path).content.decode()
    assert urlsplit(client.post(address)["Location"]).path == path
    (follow,) = Follow.objects.of(carla)
    assert (follow.what, follow.thing_id, follow.rhythm) == (what, thing.pk, "")
    page = client.get(path).content.decode()
    assert f"/mit/foelger/{follow.pk}/stop/" in page
    assert client.post(f"/mit/foelger/{follow.pk}/stop/", {"next": path})["Location"] == path
    assert not Follow.objects.exists()


def test_who_is_not_signed_in_comes_back_to_the_press(carla):
    topic = make_topic()
    page = Client().get(topic.get_absolute_url()).content.decode()
    address = f"/mit/foelger/topic/{topic.pk}/"
    assert f'href="{address}"' in page
    assert Client().get(address)["Location"] == f"/konto/login/?next={address}"
    assert "Følg" in client_of(carla).get(address).content.decode()
    assert not Follow.objects.exists(), "looking follows nothing"


def test_pressing_twice_follows_once(carla):
    topic = make_topic()
    first, second = (services.follow(actor=carla, thing=topic) for _ in range(2))
    assert first == second
    assert Follow.objects.count() == 1


@pytest.mark.parametrize("what", ["topic", "page", "nonsense"])
def test_what_is_not_there_is_not_followed(carla, what):
    story = make_story()
    unpublish(story)
    key = story.pk if what == "page" else 999_999
    client = client_of(carla)
    assert client.get(f"/mit/foelger/{what}/{key}/").status_code == 404
    assert client.post(f"/mit/foelger/{what}/{key}/").status_code == 404


@pytest.mark.parametrize("act", ["stop", "rhythm"])
def test_nobody_changes_what_another_follows(carla, anna, act):
    follow = services.follow(actor=carla, thing=make_topic())
    with pytest.raises(NotAllowed):
        if act == "stop":
            services.stop_following(follow=follow, actor=anna.user)
        else:
            services.choose_rhythm(follow=follow, actor=anna.user, rhythm=NEVER)
    client = client_of(anna.user)
    assert client.post(f"/mit/foelger/{follow.pk}/stop/").status_code == 404
    client.post("/mit/foelger/", {"rhythm": DAILY, "language": "da", f"follow-{follow.pk}": NEVER})
    follow.refresh_from_db()
    assert follow.rhythm == ""


def test_nothing_is_followed_silently(carla, anna, partnership):
    """Not even what one founds, joins or writes in."""
    make_membership(carla.profile, make_organisation(administrator=anna))
    write(partnership, anna)
    assert not Follow.objects.exists()


# The page of what one follows


def test_the_page_says_what_one_follows_and_why_with_a_rhythm_each(carla):
    topic, place = make_topic("Vand"), make_place("Asnæs")
    with clock.at(clock.now() - timedelta(days=25)):
        follow = services.follow(actor=carla, thing=topic)
        services.follow(actor=carla, thing=place, rhythm=WEEKLY)
    client = client_of(carla)
    page = client.get("/mit/foelger/").content.decode()
    assert topic.get_absolute_url() in page
    assert place.get_absolute_url() in page
    assert page.count("Du trykkede “Følg” den") == page.count("Du trykkede") == 2
    client.post("/mit/foelger/", {"rhythm": WEEKLY, "language": "en", f"follow-{follow.pk}": AT_ONCE})
    follow.refresh_from_db()
    carla.profile.refresh_from_db()
    assert (follow.rhythm, carla.profile.rhythm, carla.profile.mail_language) == (AT_ONCE, WEEKLY, "en")
    assert Follow.objects.get(place=place).rhythm == WEEKLY


@pytest.mark.parametrize("wrong", [{"rhythm": "hourly"}, {"language": "xx"}, {"rhythm": ""}, "own"])
def test_a_choice_that_does_not_exist_changes_nothing(carla, wrong):
    follow = services.follow(actor=carla, thing=make_topic())
    given = {"rhythm": WEEKLY, "language": "en", f"follow-{follow.pk}": AT_ONCE}
    given |= {f"follow-{follow.pk}": "hourly"} if wrong == "own" else wrong
    assert client_of(carla).post("/mit/foelger/", given).status_code == 200
    follow.refresh_from_db()
    carla.profile.refresh_from_db()
    assert (follow.rhythm, carla.profile.rhythm, carla.profile.mail_language) == ("", DAILY, "da")
    with pytest.raises(Invalid):
        services.choose_mails(actor=carla, rhythm="hourly", language="da")


# What is news


def test_a_page_is_news_to_who_follows_anything_it_names(carla, partnership):
    organisation, topic, place, goal = make_organisation(), make_topic(), make_place(), make_goal()
    things = (organisation, topic, place, goal, partnership)
    follows = [services.follow(actor=carla, thing=thing) for thing in things]
    services.follow(actor=carla, thing=make_topic("Ild"))
    story = make_story("Gips fra røggas")
    NewsItem.objects.all().delete()
    story.topics, story.places, story.goals, story.partnerships = [topic], [place], [goal], [partnership]
    story.organisation_links.create(organisation=organisation)
    story.first_published_at = None
    story.save()
    publish(story)
    following_notices.note_what_is_new()
    assert {note.follow for note in Notification.objects.of(carla)} == set(follows)
    (letter,) = told()
    assert letter.body.count("Nyt: Gips fra røggas") == 1, "one piece of news is told once in a mail"


def test_a_changed_page_is_news_to_who_follows_the_page_alone(carla):
    topic = make_topic()
    story = make_story("Gips fra røggas", topics=[topic])
    services.follow(actor=carla, thing=topic)
    services.follow(actor=carla, thing=story)
    for _ in range(3):
        publish(story)
    (letter,) = told()
    assert letter.body.count("Ændret: Gips fra røggas") == 1
    (notice,) = Notification.objects.of(carla)
    assert notice.text == "Nyt om Gips fra røggas"


def test_a_translation_is_no_news_and_english_readers_get_it_in_english(carla):
    topic = make_topic()
    services.follow(actor=carla, thing=topic)
    story = make_story("Gips fra røggas", topics=[topic])
    translate(story, title="Gypsum from flue gas")
    assert NewsItem.objects.filter(is_new=True).count() == 1
    services.choose_mails(actor=carla, rhythm=DAILY, language="en")
    (letter,) = told()
    assert "New: Gypsum from flue gas" in letter.body
    assert letter.subject == "News about Vand"
    assert "Dear Carla" in letter.body


def test_acts_of_partnerships_and_organisations_are_news(carla, anna, partnership):
    company = make_organisation("Fjordbryg ApS")
    services.follow(actor=carla, thing=partnership)
    services.follow(actor=carla, thing=company)
    agreements_of = make_facilitator().user
    tier = partnership.tiers.first()
    one = participation.begin_participation(
        partnership=partnership, organisation=company, tier=tier, actor=agreements_of
    )
    write(partnership, anna)
    participation.end_participation(participation=one, actor=agreements_of)
    organisations.verify(organisation=company, actor=make_editor().user)
    (letter,) = told()
    for line in (
        "Fjordbryg ApS er nu medlem af Vandnetværket",
        "Nyt opslag i Vandnetværket: Vi har målt",
        "Fjordbryg ApS er ikke længere medlem af Vandnetværket",
        "Fjordbryg ApS er bekræftet af kommunen",
    ):
        assert letter.body.count(line) == 1
        assert letter.alternatives[0][0].count(line) == 1


def test_a_new_partnership_is_news_about_its_topics_places_and_goals(carla):
    topic = make_topic()
    services.follow(actor=carla, thing=topic)
    agreements.create(
        actor=make_facilitator().user,
        name="Varmefællesskabet",
        kind="network",
        purpose="Vi deler varme.",
        responsible=make_organisation(kind="authority"),
        topics=[topic],
    )
    (letter,) = told()
    assert "Nyt partnerskab: Varmefællesskabet" in letter.body


MINUTES = {"public, minutes too": (True, True), "public, minutes not": (True, False), "members": (False, False)}


@pytest.mark.parametrize("who", MINUTES)
def test_minutes_are_told_to_those_who_read_them(carla, anna, partnership, member, who):
    is_public, minutes_public = MINUTES[who]
    stranger = make_person("Fremmed").user
    for user in (carla, stranger):
        services.follow(actor=user, thing=partnership)
    meeting = Meeting.objects.create(
        partnership=partnership,
        author=anna,
        audience="public" if is_public else "members",
        title="Forårsmøde",
        begins=clock.now(),
        ends=clock.now() + timedelta(hours=1),
        minutes="Vi besluttede.",
        minutes_public=minutes_public,
    )
    record(Verb.MEETING_CALLED, anna.user, partnership=partnership, meeting=meeting)
    meeting.minutes_approved = clock.now()
    meeting.save()
    record(Verb.MINUTES_APPROVED, anna.user, partnership=partnership, meeting=meeting)
    letters = {letter.to[0]: letter.body for letter in told()}
    called, minutes = "Møde i Vandnetværket: Forårsmøde", "Referat og beslutninger i Vandnetværket: Forårsmøde"
    assert called in letters[carla.email]
    assert minutes in letters[carla.email]
    assert (stranger.email in letters) == is_public
    assert (minutes in letters.get(stranger.email, "")) == minutes_public


@pytest.mark.parametrize("visibility", ["listed", "hidden"])
def test_who_is_not_shown_the_members_of_a_partnership_is_not_told_who_joins(carla, partnership, visibility):
    company = make_organisation("Fjordbryg ApS")
    services.follow(actor=carla, thing=partnership)
    services.follow(actor=carla, thing=company)
    partnership.visibility = visibility
    partnership.save()
    tier = partnership.tiers.first()
    facilitator = make_facilitator().user
    participation.begin_participation(partnership=partnership, organisation=company, tier=tier, actor=facilitator)
    assert told() == []
    assert not Notification.objects.of(carla).exists()
    page = client_of(carla).get("/mit/foelger/").content.decode()
    assert ("Vandnetværket" in page) == (visibility == "listed")


@pytest.mark.parametrize("act", ["changed", "removed", "applied"])
def test_what_is_no_news_is_told_to_nobody(carla, anna, partnership, act):
    post = write(partnership, anna)
    services.follow(actor=carla, thing=partnership)
    if act == "changed":
        dialogue.change_post(post=post, actor=anna.user, title="Nu", body="Ja.", audience="public")
    elif act == "removed":
        dialogue.remove_post(post=post, actor=anna.user)
    else:
        company = make_organisation(administrator=anna)
        admission.apply(
            partnership=partnership,
            organisation=company,
            tier=partnership.tiers.first(),
            message="Hej",
            actor=anna.user,
        )
    assert told() == []
    assert not Notification.objects.of(carla).exists()


def test_nobody_is_told_of_their_own_act(anna, partnership):
    services.follow(actor=anna.user, thing=partnership)
    write(partnership, anna)
    assert told() == []
    assert not Notification.objects.of(anna.user).exists()


def test_what_is_older_than_the_press_is_no_news(carla, anna, partnership):
    write(partnership, anna, "Før")
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna, "Efter")
    (letter,) = told()
    assert "Efter" in letter.body
    assert "Før" not in letter.body


# Rights when it is told


@pytest.fixture
def member(carla, partnership):
    """Carla's company takes part."""
    company = make_organisation()
    membership = make_membership(carla.profile, company)
    make_participation(company, partnership)
    return membership


def test_a_members_post_is_told_to_members_alone_and_through_sign_in(carla, anna, partnership, member):
    stranger = make_person("Fremmed").user
    for user in (carla, stranger):
        services.follow(actor=user, thing=partnership)
    post = write(partnership, anna, "Internt", audience="members")
    (letter,) = told()
    assert letter.to == [carla.email]
    assert f"/konto/login/?next={post.get_absolute_url().replace('/', '%2F')}" in letter.body
    assert {note.recipient for note in Notification.objects.all()} == {carla}


@pytest.mark.parametrize("what", ["membership", "post"])
def test_who_lost_the_right_meanwhile_is_told_nothing(carla, anna, partnership, member, what):
    services.follow(actor=carla, thing=partnership)
    post = write(partnership, anna, "Internt", audience="members")
    if what == "membership":
        member.until = yesterday()
        member.save()
    else:
        dialogue.remove_post(post=post, actor=anna.user)
    assert told() == []
    assert not Notification.objects.of(carla).exists()


def test_a_digest_that_waits_is_looked_at_again_when_it_leaves(carla, anna, partnership, member, monkeypatch):
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna, "Internt", audience="members")
    write(partnership, anna, "Offentligt")
    with monkeypatch.context() as patched:
        patched.setattr(mail_queue.EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(OSError()))
        assert told() == []
    member.until = yesterday()
    member.save()
    with clock.at(clock.now() + timedelta(hours=1)):
        mail_queue.send_due()
    (letter,) = mail.outbox
    assert "Offentligt" in letter.body
    assert "Internt" not in letter.body + letter.alternatives[0][0]


@pytest.mark.parametrize("why", ["stopped", "no right"])
def test_a_digest_that_waits_with_nothing_left_is_not_sent(carla, anna, partnership, member, monkeypatch, why):
    follow = services.follow(actor=carla, thing=partnership)
    write(partnership, anna, "Internt", audience="members")
    with monkeypatch.context() as patched:
        patched.setattr(mail_queue.EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(OSError()))
        told()
    if why == "stopped":
        services.stop_mail(user=carla.pk, follow=follow.pk)
    else:
        member.until = yesterday()
        member.save()
    with clock.at(clock.now() + timedelta(hours=1)):
        mail_queue.send_due()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().state == "dropped"


def test_a_thing_one_may_not_see_any_more_has_no_name_anywhere(carla):
    story = make_story("Gips fra røggas")
    services.follow(actor=carla, thing=story)
    publish(story)
    following_notices.note_what_is_new()
    client = client_of(carla)
    assert "Gips fra røggas" in client.get("/mit/notifikationer/").content.decode()
    unpublish(story)
    for path in ("/mit/notifikationer/", "/mit/", "/mit/foelger/"):
        assert "Gips fra røggas" not in client.get(path).content.decode()
    assert "s-header__count" not in client.get("/mit/").content.decode()
    assert "Noget, du ikke kan se længere" in client.get("/mit/foelger/").content.decode()


# Notices in the site


def test_one_notice_grows_while_it_is_unread(carla, anna, partnership):
    services.follow(actor=carla, thing=partnership, rhythm=NEVER)
    post = write(partnership, anna, "Et")
    following_notices.note_what_is_new()
    (notice,) = Notification.objects.of(carla)
    assert (notice.text, notice.address) == ("Nyt om Vandnetværket", post.get_absolute_url())
    write(partnership, anna, "To")
    write(partnership, anna, "Tre")
    following_notices.note_what_is_new()
    (notice,) = Notification.objects.of(carla)
    assert (notice.text, notice.address) == ("3 nye om Vandnetværket", partnership.get_absolute_url())
    assert following_notices.note_what_is_new() == 0
    notice.read = clock.now()
    notice.save()
    write(partnership, anna, "Fire")
    following_notices.note_what_is_new()
    assert Notification.objects.of(carla).count() == 2


# Rhythms


def test_each_is_told_in_the_rhythm_they_chose_for_the_thing_or_as_usual(anna, partnership):
    usual = {rhythm: make_person(f"Sædvanlig {rhythm}") for rhythm in Rhythm.values}
    own = {rhythm: make_person(f"Egen {rhythm}") for rhythm in Rhythm.values}
    for rhythm in Rhythm.values:
        usual[rhythm].rhythm = rhythm
        usual[rhythm].save()
        services.follow(actor=usual[rhythm].user, thing=partnership)
        services.follow(actor=own[rhythm].user, thing=partnership, rhythm=rhythm)
    write(partnership, anna)
    for rhythm in (AT_ONCE, DAILY, WEEKLY):
        assert {letter.to[0] for letter in told(rhythm)} == {usual[rhythm].user.email, own[rhythm].user.email}
    assert Notification.objects.count() == 8, "in the site everyone is told"


def test_who_was_told_nothing_for_a_while_begins_with_what_comes(carla, anna, partnership):
    follow = services.follow(actor=carla, thing=partnership, rhythm=NEVER)
    write(partnership, anna, "Før")
    told()
    services.choose_rhythm(follow=follow, actor=carla, rhythm=DAILY)
    write(partnership, anna, "Efter")
    (letter,) = told()
    assert "Før" not in letter.body


def test_a_digest_is_grouped_by_thing_and_says_how_much_more_there_is(carla, anna, partnership):
    other = make_partnership("Halmgruppen", administrator=anna)
    for thing in (partnership, other):
        services.follow(actor=carla, thing=thing)
    for number in range(10):
        write(partnership, anna, f"Nummer {number}")
    write(other, anna, "Halm")
    (letter,) = told()
    text = letter.body
    assert letter.subject == "Nyt om 2 ting, du følger"
    assert (
        text.index("Vandnetværket\n") < text.index("Nummer 9") < text.index("Og 2 mere.") < text.index("Halmgruppen\n")
    )
    assert "Nummer 1\n" not in text
    assert len(re.findall("/mit/foelger/stop/", text)) == 3


# Never twice, never empty


def test_nothing_is_told_twice_and_a_second_mail_of_the_day_waits(carla, anna, partnership):
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna, "Et")
    assert len(told()) == 1
    assert told() == []
    write(partnership, anna, "To")
    assert told() == [], "once a day is once a day"
    with clock.at(clock.now() + timedelta(days=1)):
        (letter,) = told()
    assert "To" in letter.body
    assert "- Nyt opslag i Vandnetværket: Et" not in letter.body


@pytest.mark.parametrize("moment", ["gathering", "putting", "sending", "sent"])
def test_killed_anywhere_and_repeated_everyone_gets_at_most_one(carla, anna, partnership, monkeypatch, moment):
    readers = [carla, *(make_person(f"Læser {number}").user for number in range(4))]
    monkeypatch.setattr(digests, "PEOPLE_AT_ONCE", 2)
    for user in readers:
        services.follow(actor=user, thing=partnership)
    write(partnership, anna)
    calls, sent = [], []
    plain = mail_queue.EmailMultiAlternatives.send
    where = {
        "gathering": (digests.Gathering, "of"),
        "putting": (OutgoingMail.objects.__class__, "bulk_create"),
        "sending": (digests, "deliver"),
        "sent": (mail_queue.EmailMultiAlternatives, "send"),
    }[moment]
    original = getattr(*where)

    def killed(*args, **kwargs):
        calls.append(1)
        if moment == "sent":
            sent.append(args[0].to[0])
            plain(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return None if moment == "sent" else original(*args, **kwargs)

    mail.outbox.clear()
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(*where, killed)
        digests.tell(DAILY)
    digests.tell(DAILY)
    mail_queue.send_due()
    got = [letter.to[0] for letter in mail.outbox]
    assert sorted(got) == sorted(set(got)) == sorted(user.email for user in readers)


def test_a_dead_address_gets_no_digest_and_the_site_tells(carla, anna, partnership):
    DeadAddress.objects.create(address=carla.email, reason="bounced")
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna)
    assert told() == []
    assert Notification.objects.of(carla).count() == 1


def test_what_commits_late_is_told_by_the_next_sweep(carla, anna, partnership):
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna, "Sent")
    late = NewsItem.objects.get(history__post__title="Sent")
    NewsItem.objects.filter(pk=late.pk).update(sweep=99)  # As if it were not there yet.
    write(partnership, anna, "Tidligt")
    following_notices.note_what_is_new()
    NewsItem.objects.filter(pk=late.pk).update(sweep=None)
    (letter,) = told()
    assert "Sent" in letter.body
    assert "Tidligt" in letter.body


# Stopping


def stop_addresses(letter):
    header = letter.extra_headers["List-Unsubscribe"][1:-1]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = list(dict.fromkeys(re.findall(r"http://\S+/mit/foelger/stop/\S+/", letter.body)))
    assert header in found
    assert header in letter.alternatives[0][0]
    return urlsplit(header).path, urlsplit(next(one for one in found if one != header)).path


@pytest.mark.parametrize("what", ["all", "one"])
def test_stopping_takes_one_press_without_sign_in(carla, anna, partnership, what):
    other = make_partnership("Halmgruppen", administrator=anna)
    for thing in (partnership, other):
        services.follow(actor=carla, thing=thing)
        write(thing, anna)
    (letter,) = told()
    everything, one = stop_addresses(letter)
    path = everything if what == "all" else one
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(path).content.decode()
    assert page.count("Stop mails</button>") == 1
    assert ("Vandnetværket" in page) == (what == "one")
    assert Follow.objects.in_rhythm(DAILY).count() == 2, "looking stops nothing: mail programs open every link"
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Follow.objects.in_rhythm(DAILY).count() == (0 if what == "all" else 1)
    assert Follow.objects.count() == 2, "what is followed stays followed"
    for thing in (partnership, other):
        write(thing, anna, "Mere")
    with clock.at(clock.now() + timedelta(days=1)):
        assert len(told()) == (0 if what == "all" else 1)
    assert visitor.post(path).status_code == 200, "a second press is no fault"


@pytest.mark.parametrize("forged", ["x", "WzEsMV0:xyz", "WzEsMV0", "shortened", "another's"])
def test_an_address_that_we_did_not_make_stops_nothing(carla, anna, partnership, forged):
    services.follow(actor=carla, thing=partnership)
    write(partnership, anna)
    path = stop_addresses(told()[0])[0]
    token = path.split("/")[-2]
    wrong = {"shortened": token[:-3], "another's": "Wzk5OTksbnVsbF0:" + token.partition(":")[2]}.get(forged, forged)
    for answer in (Client().get(f"/mit/foelger/stop/{wrong}/"), Client().post(f"/mit/foelger/stop/{wrong}/")):
        assert answer.status_code == 404
    assert Follow.objects.in_rhythm(DAILY).count() == 1


# Figures


def queries_for(readers, anna, partnership, audience):
    people = [make_person(f"Læser {number}") for number in range(readers)]
    company = make_organisation()
    make_participation(company, partnership)
    for person in people:
        make_membership(person, company)
        services.follow(actor=person.user, thing=partnership)
    for number in range(3):
        write(partnership, anna, f"Nummer {number}", audience=audience)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        keys = digests._put([one.user_id for one in people], DAILY, digests.sweep(), digests.Gathering())
    assert len(keys) == readers
    return len(captured)


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_part_of_a_digest_run_takes_the_same_queries_for_any_number_of_readers(anna, audience):
    queries_for(1, anna, make_partnership("Nul", administrator=anna), audience)
    few = queries_for(4, anna, make_partnership("Et", administrator=anna), audience)
    many = queries_for(40, anna, make_partnership("To", administrator=anna), audience)
    assert few == many <= 28


def test_the_page_of_what_one_follows_takes_the_same_queries_for_any_number(carla):
    def queries():
        return len(queries_of(client_of(carla), "/mit/foelger/"))

    for number in range(20):
        services.follow(actor=carla, thing=make_topic(f"Emne {number}"))
    services.follow(actor=carla, thing=make_place())
    few = queries()
    for number in range(180):
        services.follow(
            actor=carla,
            thing=Place.objects.create(slug=f"sted-{number}", name_da=f"Sted {number}")
            if number % 2
            else make_topic(f"Emnet {number}"),
        )
    assert queries() == few <= 16


def test_a_hidden_partnership_is_told_to_members_and_facilitators_with_as_many_queries(anna):
    """Whoever asks for many readers at once gets what `visible_to` says of each."""
    hidden = make_partnership("Skjult", administrator=anna, visibility="hidden")
    public = make_partnership("Åben", administrator=anna)
    company = make_organisation()
    make_participation(company, hidden)

    def asked(number):
        members = [make_person(f"Medlem {one}") for one in range(number)]
        for one in members:
            make_membership(one, company)
        people = [*members, make_facilitator(), make_person("Fremmed"), anna]
        keys = {("partnership", hidden.pk), ("partnership", public.pk), ("whole partnership", hidden.pk)}
        with CaptureQueriesContext(connection) as captured:
            seen = seen_by({get_user_model().objects.get(pk=one.user_id): keys for one in people})
        for one in people:
            user = get_user_model().objects.get(pk=one.user_id)
            wanted = {("partnership", pk) for pk in Partnership.objects.visible_to(user).values_list("pk", flat=True)}
            wanted |= {
                ("whole partnership", pk)
                for pk in Partnership.objects.shown_whole_to(user).values_list("pk", flat=True)
            }
            assert seen[user.pk] == wanted & keys
        return len(captured) - len(people)

    assert asked(2) == asked(20)
