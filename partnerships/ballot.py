"""A vote as one reader may see it. Reading only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet

from partnerships import ruling, voting
from partnerships.models import AdmissionRule, Application, Partnership, Profile, Vote
from partnerships.models.organisations import of_public
from partnerships.models.verbs import OF_VOTES
from partnerships.permissions import may_vote
from partnerships.voting import Tally

WITH_ALL = ("partnership", "organisation", "person", "tier", "rule__partnership", "decision")


@dataclass(frozen=True)
class Line:
    voter: Profile
    vote: Vote | None


@dataclass(frozen=True)
class Ballot:
    """`lines` is None for who may not see the votes; `own` is the reader's own vote."""

    rule: AdmissionRule
    tally: Tally
    needed: int
    until: date | None
    runs: bool
    may_vote: bool
    own: Vote | None
    lines: list[Line] | None


def ballot_of(user: Model, application: Application) -> Ballot | None:
    """Nothing where one person decides."""
    if application.rule is None or not application.rule.is_voted:
        return None
    voters = list(_voters(application))
    votes = {vote.voter_id: vote for vote in application.votes.select_related("voter")}
    counting = [votes[voter.pk] for voter in voters if voter.pk in votes]
    tally = voting.tally(len(voters), [vote.choice for vote in counting])
    decision = getattr(application, "decision", None)
    if decision and decision.counted:
        tally = Tally(**decision.counted)
    votes_too = any(voter.user_id == user.pk for voter in voters)
    seen = ruling.may_see_votes(user, application, votes=votes_too)
    return Ballot(
        rule=application.rule,
        tally=tally,
        needed=voting.needed(application.rule, tally.voters),
        until=application.vote_until,
        runs=application.is_voted_on,
        may_vote=application.is_voted_on and may_vote(user, application),
        own=next((vote for vote in votes.values() if vote.voter.user_id == user.pk), None),
        lines=_lines(application, voters, votes) if seen else None,
    )


def votes_for_members(partnership: Partnership) -> QuerySet[Application]:
    """Those that run and those that are over, as far as the rule they are held under shows them to all members; the
    running ones first. Of an organisation whose page is a draft nothing is told."""
    running = Q(state__in=Application.OPEN, handed_over=None)
    over = ~Q(state__in=Application.OPEN) | Q(handed_over__isnull=False)
    seen = Q(running, rule__seen_by=ruling.SeenBy.MEMBERS)
    seen |= Q(
        over, Exists(Vote.objects.filter(application=OuterRef("pk"))), rule__seen_by__in=AdmissionRule.SEEN_BY_MEMBERS
    )
    rows = partnership.applications.filter(seen, rule__kind__in=AdmissionRule.VOTED)
    rows = rows.filter(Q(organisation=None) | of_public()).annotate(runs=ExpressionWrapper(running, BooleanField()))
    return rows.select_related(*WITH_ALL).order_by("-runs", "-sent", "-pk")


def history_of(application: Application, ballot: Ballot | None) -> list:
    """What happened, without who voted when for those who may not see it."""
    entries = application.history.all()
    return list(entries if ballot and ballot.lines is not None else entries.exclude(verb__in=OF_VOTES))


def _voters(application: Application) -> QuerySet[Profile]:
    """Those of the vote, also after it went to the administrators."""
    role = ruling.VOTERS_OF[application.rule.kind]
    return ruling.unconcerned(ruling.seated(application.partnership, role), application).order_by("sort_key")


def _lines(application: Application, voters: list[Profile], votes: dict[int, Vote]) -> list[Line]:
    """While it runs everybody who may vote; afterwards those who did."""
    if application.is_voted_on:
        return [Line(voter, votes.get(voter.pk)) for voter in voters]
    return [Line(vote.voter, vote) for vote in votes.values()]
