"""Applications in time and in talk: asked, answered, lapsed, reminded, escalated, refused until a day."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships import clock, uploads, working_days
from partnerships.models import AdmissionRule, Application, ApplicationDraft, Vote, VoteCast
from partnerships.services import admission, admission_drafts, admission_inquiries, admission_rules, admission_votes
from partnerships.services.admission_due import see_to_what_is_due
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_application,
    make_facilitator,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db
NUMBER = "010203-1234"


@pytest.fixture
def bo():
    return make_person("Bo Formand")


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def company(carla):
    return make_organisation("Fjordbryg ApS", administrator=carla)


@pytest.fixture
def partnership(bo):
    return make_partnership("Vandnetværket", administrator=bo)


@pytest.fixture
def application(partnership, company, carla):
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
    return admission.apply(message="Gerne.", actor=carla.user, **own)


def again(application):
    return Application.objects.get(pk=application.pk)


def in_days(count):
    """So many working days from now, in the middle of the day."""
    day = working_days.after(clock.today(), count)
    return clock.at(clock.now() + (day - clock.today()))


def letters(mailoutbox, person):
    return [letter.subject for letter in mailoutbox if letter.to == [person.user.email]]


# Asking and answering


def test_the_promise_moves_by_the_working_days_that_were_waited(application, bo, carla):
    promised = application.promised
    admission_inquiries.ask(application=application, actor=bo.user, question="Hvor varmt?")
    assert again(application).state == "asked"
    with in_days(3):
        assert not again(application).is_overdue
        admission_inquiries.answer(application=again(application), actor=carla.user, answer="35 grader.")
    assert again(application).state == "sent"
    assert again(application).promised == working_days.after(promised, 3)


def test_one_question_at_a_time(application, bo):
    admission_inquiries.ask(application=application, actor=bo.user, question="Hvor varmt?")
    with pytest.raises(WrongState):
        admission_inquiries.ask(application=again(application), actor=bo.user, question="Og hvor meget?")


def test_neither_the_applicant_asks_nor_the_decider_answers(application, bo, carla):
    with pytest.raises(NotAllowed):
        admission_inquiries.ask(application=application, actor=carla.user, question="Hvor?")
    admission_inquiries.ask(application=application, actor=bo.user, question="Hvor?")
    with pytest.raises(NotAllowed):
        admission_inquiries.answer(application=application, actor=bo.user, answer="Her.")


def test_who_does_not_answer_lapses_once_and_may_apply_again(application, bo, carla, company, partnership):
    admission_inquiries.ask(application=application, actor=bo.user, question="Hvor varmt?")
    with in_days(9):
        assert see_to_what_is_due()["lapsed"] == 0
    with in_days(11):
        assert see_to_what_is_due()["lapsed"] == 1
        assert see_to_what_is_due()["lapsed"] == 0
        assert again(application).state == "lapsed"
        with pytest.raises(WrongState):
            admission_inquiries.answer(application=application, actor=carla.user, answer="Nu!")
        own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
        assert admission.apply(message="Igen.", actor=carla.user, **own).state == "sent"


# The clock


def test_each_is_told_once_of_a_promise_near_and_of_one_broken(
    application, bo, carla, mailoutbox, django_capture_on_commit_callbacks
):
    helper = make_facilitator()
    counts = []
    for days in (7, 8, 9, 11, 12):
        with in_days(days), django_capture_on_commit_callbacks(execute=True):
            done = see_to_what_is_due()
            counts.append((done["reminded"], done["overdue"]))
    assert counts == [(0, 0), (1, 0), (0, 0), (0, 1), (0, 0)]
    assert [len(letters(mailoutbox, person)) for person in (bo, carla, helper)] == [2, 1, 1]


def test_while_the_applicant_is_asked_nobody_is_late(application, bo):
    admission_inquiries.ask(application=application, actor=bo.user, question="Hvor varmt?")
    Application.objects.update(promised=yesterday())
    done = see_to_what_is_due()
    assert (done["reminded"], done["overdue"], done["lapsed"]) == (0, 0, 0)


# Refusals


def test_the_day_from_which_one_may_apply_again_is_held(application, bo, carla, company, partnership):
    day = clock.today() + timedelta(days=30)
    admission.refuse(application=application, actor=bo.user, reason="Ikke nu.", ground="timing", again_from=day)
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
    with pytest.raises(WrongState):
        admission.apply(message="Alligevel?", actor=carla.user, **own)
    with clock.at(clock.now() + timedelta(days=30)):
        assert admission.apply(message="Nu?", actor=carla.user, **own).state == "sent"


def test_without_a_day_the_rule_says_it(bo, carla, company, partnership):
    rule = AdmissionRule.objects.create(partnership=partnership, version=1, again_months=2)
    one = make_application(partnership, company, carla, rule=rule)
    decision = admission.refuse(application=one, actor=bo.user, reason="Ikke nu.")
    assert 58 <= (decision.again_from - clock.today()).days <= 62


@pytest.mark.parametrize("days", [-1, 400])
def test_the_day_is_at_most_a_year_away(application, bo, days):
    day = clock.today() + timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        admission.refuse(application=application, actor=bo.user, reason="Ikke nu.", again_from=day)
    assert refused.value.field == "again_from"


@pytest.mark.parametrize("ground", ["", "veto", "vote", "whatever"])
def test_the_ground_is_one_of_the_list(application, bo, ground):
    with pytest.raises(Invalid):
        admission.refuse(application=application, actor=bo.user, reason="Ikke nu.", ground=ground)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("kind", "act", "told"),
    [("authority", "refuse", True), ("authority", "accept", False), ("association", "refuse", False)],
)
def test_an_authority_that_refuses_says_in_the_readers_language_how_to_complain(
    bo, carla, company, kind, act, told, language, mailoutbox, django_capture_on_commit_callbacks
):
    carla.mail_language = language
    carla.save()
    partnership = make_partnership(administrator=bo, responsible=make_organisation("Byen", kind=kind))
    one = make_application(partnership, company, carla)
    reason = {"refuse": {"reason": "Ikke nu."}, "accept": {"message": "Velkommen."}}[act]
    with django_capture_on_commit_callbacks(execute=True):
        getattr(admission, act)(application=one, actor=bo.user, **reason)
    heading, word = {"da": ("Sådan klager I", "afgørelse"), "en": ("How to complain", "official decision")}[language]
    for said in (mailoutbox[-1].body, mailoutbox[-1].alternatives[0][0]):
        assert (heading in said and "Ombuds" in said) is told
        assert (word in said) is (kind == "authority")


# Votes


@pytest.fixture
def voted(bo, carla, company, partnership):
    board = [make_person(name) for name in ("Ida", "Per", "Lis")]
    for person in board:
        make_seat(person, partnership, role="board")
    admission_rules.set_rule(partnership=partnership, actor=bo.user, kind="board_vote", vote_days=5, veto=True)
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
    return admission.apply(message="Gerne.", actor=carla.user, **own), board


def test_a_vote_is_one_row_and_all_that_was_said_is_kept(voted):
    application, (ida, *_others) = voted
    for choice in ("yes", "no", "yes"):
        admission_votes.cast_vote(application=application, actor=ida.user, choice=choice, reason="Tja.")
    assert Vote.objects.get().choice == "yes"
    assert list(VoteCast.objects.values_list("choice", "reason")) == [("yes", ""), ("no", "Tja."), ("yes", "")]
    assert all("yes" not in entry.note for entry in application.history.all())


def test_the_mail_of_a_veto_says_why_and_not_who(voted, carla, mailoutbox, django_capture_on_commit_callbacks):
    application, (ida, *_others) = voted
    with django_capture_on_commit_callbacks(execute=True):
        admission_votes.cast_vote(application=application, actor=ida.user, choice="veto", reason="For langt væk.")
    letter = mailoutbox[-1]
    assert letter.to == [carla.user.email]
    assert "For langt væk." in letter.body and "Ida" not in letter.body
    refused = again(application).decision
    assert (refused.ground, refused.decided_by, refused.counted["veto"]) == ("veto", None, 1)


def test_neither_administrator_nor_stranger_votes_and_nobody_after_the_close(voted, bo):
    application, board = voted
    for person in (bo, make_person()):
        with pytest.raises(NotAllowed):
            admission_votes.cast_vote(application=application, actor=person.user, choice="yes")
    for person in board:
        admission_votes.cast_vote(application=application, actor=person.user, choice="yes")
    with pytest.raises(WrongState):
        admission_votes.cast_vote(application=application, actor=board[0].user, choice="no", reason="Fortrudt.")


def test_a_new_rule_does_not_touch_what_was_sent(voted, bo, partnership):
    application, _board = voted
    new = admission_rules.set_rule(partnership=partnership, actor=bo.user, kind="any_administrator", seen=1)
    assert (new.version, again(application).rule.version) == (2, 1)
    with pytest.raises(NotAllowed):
        admission.accept(application=application, actor=bo.user)
    with pytest.raises(WrongState):
        admission_rules.set_rule(partnership=partnership, actor=bo.user, kind="any_administrator", seen=1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "n_of_m"}, "needed"),
        ({"kind": "n_of_m", "needed": 1}, "needed"),
        ({"kind": "board_vote"}, "vote_days"),
        ({"kind": "board_vote", "vote_days": 11}, "vote_days"),
        ({"kind": "open_to_kind"}, "kinds"),
        ({"kind": "open_to_kind", "kinds": ["company"]}, "tier"),
        ({"kind": "lottery"}, "kind"),
    ],
)
def test_a_rule_that_says_too_little_is_not_kept(bo, partnership, fields, field):
    with pytest.raises(Invalid) as refused:
        admission_rules.set_rule(partnership=partnership, actor=bo.user, **fields)
    assert refused.value.field == field


def test_the_form_calls_nothing_optional_that_the_chosen_kind_needs(client, bo, partnership):
    client.force_login(bo.user)
    address = reverse("partnerships:admission_rule", args=[partnership.slug])
    page = client.get(address).content.decode()
    for label in ("Hvor mange administratorer skal sige ja?", "Hvor mange arbejdsdage har bestyrelsen", "Åbent for"):
        assert label in page and "(valgfrit)" not in page.split(label)[1].split("</")[0]
    assert "Skal udfyldes, hvor bestyrelsen stemmer." in page
    typed = {"kind": "board_vote", "vote_days": "", "majority": "simple", "undecided": "refused", "seen_by": "voters"}
    assert client.post(address, typed).context["form"].errors.keys() == {"vote_days"}


# Persons, representatives, answers, drafts


def test_a_person_joins_where_the_rule_lets_people_in(bo, partnership):
    nora = make_person("Nora")
    own = {"partnership": partnership, "tier": partnership.tiers.get(), "message": "Gerne.", "actor": nora.user}
    with pytest.raises(NotAllowed):
        admission.apply(**own)
    admission_rules.set_rule(partnership=partnership, actor=bo.user, persons=True)
    one = admission.apply(**own)
    admission.accept(application=one, actor=bo.user)
    assert partnership.participations.current().get().profile == nora
    with pytest.raises(WrongState):
        admission.apply(**own)


def test_the_proposed_representative_acts_from_the_first_day(bo, carla, company, partnership):
    mie = make_person("Mie")
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get(), "message": "Gerne."}
    with pytest.raises(Invalid):
        admission.apply(actor=carla.user, representative=mie, **own)
    make_membership(mie, company)
    one = admission.apply(actor=carla.user, representative=mie, **own)
    admission.accept(application=one, actor=bo.user)
    assert partnership.seats.current().get(role="representative").profile == mie


@pytest.fixture
def questions(bo, partnership):
    rows = [
        {"kind": "text", "text_da": "Hvor meget vand?", "required": True},
        {"kind": "choice", "text_da": "Hvor varmt?", "choices_da": "Koldt\nVarmt"},
        {"kind": "file", "text_da": "Målinger"},
    ]
    return admission_rules.set_questions(partnership=partnership, actor=bo.user, questions=rows)


def test_answers_keep_the_wording_of_their_day(bo, carla, company, partnership, questions):
    amount, warmth, figures = questions
    upload = SimpleUploadedFile("../tal.csv", b"dag;grader\n1;35")
    draft = admission_drafts.keep_draft(
        partnership=partnership, actor=carla.user, values={"message": "Ger"}, files={figures.pk: upload}
    )
    given = {amount.pk: "22 m³", warmth.pk: "1", figures.pk: draft.files.get()}
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get(), "message": "Gerne."}
    with pytest.raises(Invalid):
        admission.apply(actor=carla.user, **own)
    one = admission.apply(actor=carla.user, answers=given, **own)
    admission_rules.set_questions(partnership=partnership, actor=bo.user, questions=[])
    assert [(answer.wording, answer.text) for answer in one.answers.all()] == [
        ("Hvor meget vand?", "22 m³"),
        ("Hvor varmt?", "Varmt"),
        ("Målinger", ""),
    ]
    assert one.files.get().name == "tal.csv"
    assert not ApplicationDraft.objects.exists()


def test_a_draft_keeps_no_personal_number(carla, partnership):
    with pytest.raises(Invalid) as refused:
        admission_drafts.keep_draft(partnership=partnership, actor=carla.user, values={"message": NUMBER})
    assert refused.value.field == "message"
    assert not ApplicationDraft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("billede.png", b"<svg onload=alert(1)>"),
        ("side.pdf", b"<html>"),
        ("regneark.xlsx", b"PK\x03\x04 not whole"),
        ("tal.csv", b"\x00\x01"),
        (f"{NUMBER}.csv", b"a;b"),
        ("tal.csv", b"navn;070761-4285"),
        ("uden-endelse", b"a"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_says_too_much_is_refused(name, content):
    with pytest.raises(uploads.UploadRefused):
        uploads.checked(SimpleUploadedFile(name, content))
