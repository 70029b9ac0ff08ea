"""How votes are counted: pure sums, without a database. The table of all cases stands in docs/admission.md.

A vote counts as long as its voter may vote, so whoever leaves takes theirs along, and what was needed is reckoned anew.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum

from partnerships.models import AdmissionRule, Vote

Kind, Majority = AdmissionRule.Kind, AdmissionRule.Majority


class Result(Enum):
    WAITS = "waits"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNDECIDED = "undecided"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Tally:
    """`voters` is how many may vote today; the rest is what those among them said."""

    voters: int
    yes: int = 0
    no: int = 0
    blank: int = 0
    veto: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.blank + self.veto

    @property
    def missing(self) -> int:
        return self.voters - self.cast

    def as_kept(self) -> dict[str, int]:
        return asdict(self)


def tally(voters: int, choices: Iterable[str]) -> Tally:
    said = Counter(choices)
    return Tally(voters, **{choice: said[choice] for choice in Vote.Choice.values})


def result(rule: AdmissionRule, counted: Tally, *, over: bool) -> Result:
    """`over` says that the last day of the vote has passed."""
    if counted.voters == 0:
        return Result.NOBODY
    return _agreed(rule, counted) if rule.kind == Kind.N_OF_M else _board(rule, counted, over=over)


def needed(rule: AdmissionRule, voters: int) -> int:
    """Where fewer may vote than the rule asks for, all of them must say yes."""
    return min(rule.needed or 1, voters)


def _agreed(rule: AdmissionRule, counted: Tally) -> Result:
    """Decided as soon as enough have said yes, or enough of them can no longer do so."""
    wanted = needed(rule, counted.voters)
    if counted.yes >= wanted:
        return Result.ACCEPTED
    return Result.REFUSED if counted.voters - counted.no < wanted else Result.WAITS


def _board(rule: AdmissionRule, counted: Tally, *, over: bool) -> Result:
    """A veto ends it; otherwise it runs until all have voted or the last day has passed."""
    if counted.veto and rule.veto:
        return Result.REFUSED
    if counted.missing and not over:
        return Result.WAITS
    if counted.cast * 100 < rule.quorum * counted.voters:
        return Result.UNDECIDED
    return _majority(rule.majority, counted.yes, counted.no)


def _majority(wanted: str, yes: int, no: int) -> Result:
    if yes == no == 0:
        return Result.UNDECIDED
    if wanted == Majority.SIMPLE and yes == no:
        return Result.UNDECIDED
    enough = {
        Majority.SIMPLE: yes > no,
        Majority.TWO_THIRDS: yes * 3 >= (yes + no) * 2,
        Majority.UNANIMOUS: no == 0,
    }
    return Result.ACCEPTED if enough[wanted] else Result.REFUSED
