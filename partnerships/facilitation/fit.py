"""Which organisations might fit into which partnership, and why: subjects in common, and goals they serve already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, Prefetch

from partnerships.models import Application, Goal, Organisation, Participation, Partnership, Topic

from .care import running

EACH = 3


@dataclass(frozen=True)
class Fit:
    """`goals` are goals of the partnership that the organisation serves through another partnership already."""

    partnership: Partnership
    organisation: Organisation
    topics: list[Topic]
    goals: list[Goal]

    @property
    def weight(self) -> tuple[int, int]:
        return len(self.topics) + len(self.goals), len(self.topics)


def fits(user: Model) -> list[Fit]:
    """For each partnership that takes members the best few organisations outside it, the best fit first."""
    partnerships = list(running().filter(applications_open=True).prefetch_related("topics", "goals__edition"))
    organisations = list(Organisation.objects.visible_to(user).prefetch_related("topics"))
    inside, served = _where_they_are()
    found = [fit for one in partnerships for fit in _best(one, organisations, inside[one.pk], served)]
    return sorted(found, key=lambda fit: fit.weight, reverse=True)


def _best(
    partnership: Partnership, organisations: Iterable[Organisation], inside: set[int], served: Mapping[int, set[int]]
) -> list[Fit]:
    outside = (one for one in organisations if one.pk not in inside and one.pk != partnership.organisation_id)
    fits = (_fit(partnership, one, served[one.pk]) for one in outside)
    return sorted((fit for fit in fits if fit.weight[0]), key=lambda fit: fit.weight, reverse=True)[:EACH]


def _fit(partnership: Partnership, organisation: Organisation, served: set[int]) -> Fit:
    subjects = {topic.pk for topic in organisation.topics.all()}
    return Fit(
        partnership,
        organisation,
        [topic for topic in partnership.topics.all() if topic.pk in subjects],
        [goal for goal in partnership.goals.all() if goal.pk in served],
    )


def _where_they_are() -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
    """Partnership → organisations that are in or wait for an answer; organisation → goals of the partnerships it is in."""
    inside, served = defaultdict(set), defaultdict(set)
    goals = Prefetch("partnership__goals", Goal.objects.order_by(), to_attr="served")
    current = Participation.objects.current().of_organisations().order_by()
    for one in current.select_related("partnership").prefetch_related(goals):
        inside[one.partnership_id].add(one.organisation_id)
        served[one.organisation_id].update(goal.pk for goal in one.partnership.served)
    applied = Application.objects.waiting().exclude(organisation=None).order_by()
    for partnership, organisation in applied.values_list("partnership_id", "organisation_id"):
        inside[partnership].add(organisation)
    return inside, served
