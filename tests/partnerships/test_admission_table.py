"""docs/admission.md says what comes of each rule; here every row of it is done."""

from datetime import timedelta

import pytest
from django.conf import settings

from partnerships import clock
from partnerships.models import AdmissionRule, Application, Seat, Tier
from partnerships.services import admission, admission_votes
from partnerships.services.admission_due import see_to_what_is_due
from partnerships.services.refusals import Invalid, NotAllowed
from tests.factories import (
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db

TEXT = (settings.BASE_DIR / "docs" / "admission.md").read_text(encoding="utf-8")
FIELDS = {"needed": int, "quorum": int, "undecided": str, "majority": str}
ROLES = {"n_of_m": "administrator", "board_vote": "board", "any_administrator": "administrator"}
KINDS = {"n of m": "n_of_m", "board": "board_vote", "any administrator": "any_administrator"}


def table(heading):
    lines = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
    return [tuple(row) for row in rows[2:]]


VOTES, AT_ONCE = table("Votes"), table("Let in at once")


def rule_from(partnership, text):
    kind, *more = [part.strip() for part in text.split(",")]
    fields = {"vote_days": 5} if kind == "board" else {}
    for part in more:
        name, _, value = part.partition(" ")
        fields |= {"veto": False} if part == "no veto" else {name: FIELDS[name](value)}
    return AdmissionRule.objects.create(partnership=partnership, version=1, kind=KINDS[kind], **fields)


class Voting:
    """A partnership by one rule, an application to it, and those who vote in their order."""

    def __init__(self, rule, voters):
        self.partnership, applicant = make_partnership(), make_person("Carla")
        self.rule = rule_from(self.partnership, rule)
        self.role = ROLES[self.rule.kind]
        self.waiting = [self.voter() for _ in range(voters)]
        company = make_organisation(administrator=applicant)
        own = {"partnership": self.partnership, "organisation": company, "tier": self.partnership.tiers.get()}
        self.application = admission.apply(message="Gerne.", actor=applicant.user, **own)
        self.last = None

    def voter(self):
        person = make_person()
        make_seat(person, self.partnership, role=self.role)
        return person

    def vote(self, person, choice):
        application = Application.objects.get(pk=self.application.pk)
        admission_votes.cast_vote(application=application, actor=person.user, choice=choice, reason="Fordi.")

    def does(self, step):
        if step == "leaves":
            person = self.last or self.waiting.pop()
            Seat.objects.filter(profile=person).update(until=yesterday())
        elif step == "joins":
            self.waiting.append(self.voter())
        elif step == "days pass":
            Application.objects.filter(pk=self.application.pk).exclude(vote_until=None).update(vote_until=yesterday())
        elif step.startswith("changes to "):
            self.vote(self.last, step.removeprefix("changes to "))
        else:
            self.last = self.waiting.pop(0)
            self.vote(self.last, step)
        see_to_what_is_due()

    @property
    def outcome(self):
        now = Application.objects.get(pk=self.application.pk)
        if now.state != "sent":
            return now.state
        return "administrators decide" if now.is_for_administrators else "waits"


@pytest.mark.parametrize(("rule", "voters", "steps", "outcome"), VOTES, ids=" | ".join)
def test_every_row_of_the_votes(rule, voters, steps, outcome):
    voting = Voting(rule, int(voters))
    taken = "taken"
    for step in filter(None, steps.split(", ")):
        try:
            voting.does(step)
        except (Invalid, NotAllowed):
            taken = "not taken"
    assert (voting.outcome if taken == "taken" else taken) == outcome


@pytest.mark.parametrize(("rule", "organisation", "outcome"), AT_ONCE, ids=" | ".join)
def test_every_row_of_those_let_in_at_once(rule, organisation, outcome):
    partnership, applicant = make_partnership(administrator=make_person()), make_person("Carla")
    tier = Tier.objects.create(partnership=partnership, kind="associate", name_da="Partner")
    kinds = rule.partition(",")[0].removeprefix("open to ").split(" and ")
    AdmissionRule.objects.create(partnership=partnership, version=1, kind="open_to_kind", kinds=kinds, tier=tier)
    if "no place left" in rule:
        tier.places = 1
        tier.save()
        make_participation(make_organisation(), partnership, tier=tier)
    kind, _, confirmed = organisation.partition(", ")
    verified = yesterday() if confirmed == "confirmed" else None
    company = make_organisation(kind=kind, administrator=applicant, verified=verified)
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.first()}
    application = admission.apply(message="Gerne.", actor=applicant.user, **own)
    came = "administrators decide" if application.state == "sent" else application.state
    assert came == outcome
    if came == "accepted":
        assert partnership.participations.current().get(organisation=company).tier == tier


def test_the_tables_are_whole():
    """A row that the reading missed would not be run."""
    assert len(VOTES) == TEXT.count("\n| n of m") + TEXT.count("\n| board") + TEXT.count("\n| any administrator")
    assert len(AT_ONCE) == TEXT.count("\n| open to")
    assert {row[3] for row in VOTES} == {"waits", "accepted", "refused", "administrators decide", "not taken"}


def test_who_belongs_to_the_applicant_is_not_counted():
    voting = Voting("board", 2)
    own = voting.voter()
    voting.application.organisation.memberships.create(
        profile=own, role="member", status="active", since=clock.today() - timedelta(days=9)
    )
    with pytest.raises(NotAllowed):
        voting.vote(own, "veto")
    for person in voting.waiting:
        voting.vote(person, "yes")
    assert voting.outcome == "accepted"
