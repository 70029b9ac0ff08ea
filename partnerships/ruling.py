"""Which rule holds, who decides by it, and how a vote stands. Reading only; the counting is voting.py's."""

from datetime import date

from django.db.models import Exists, FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery

from partnerships import clock, voting, working_days
from partnerships.models import (
    AdmissionRule,
    Application,
    Decision,
    Membership,
    Organisation,
    Partnership,
    Profile,
    Seat,
    Vote,
)
from partnerships.visibility import joined_by

Kind, SeenBy = AdmissionRule.Kind, AdmissionRule.SeenBy
VOTERS_OF = {Kind.N_OF_M: Seat.Role.ADMINISTRATOR, Kind.BOARD_VOTE: Seat.Role.BOARD}


def rule_of(partnership: Partnership) -> AdmissionRule:
    """The version in force. One that nobody has made yet is not in the database: any administrator decides."""
    return partnership.admission_rules.select_related("tier").first() or default_rule(partnership)


def with_rule(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Each with the version in force, in the same query: `rule_read_with` gives it."""
    newest = AdmissionRule.objects.filter(partnership=OuterRef("pk")).order_by("-version").values("version")[:1]
    in_force = FilteredRelation("admission_rules", condition=Q(admission_rules__version=Subquery(newest)))
    return partnerships.annotate(rule_made=in_force).select_related("rule_made__tier")


def rule_read_with(partnership: Partnership) -> AdmissionRule:
    """A join that found nothing leaves no attribute."""
    return getattr(partnership, "rule_made", None) or default_rule(partnership)


def default_rule(partnership: Partnership) -> AdmissionRule:
    return AdmissionRule(partnership=partnership, version=0)


def rule_for(application: Application) -> AdmissionRule:
    """The one it was sent under."""
    return application.rule or default_rule(application.partnership)


def as_said(rule: AdmissionRule, administrators: int | None = None) -> dict[str, object]:
    """What a page needs to say the rule: where several must say yes, of how many (asked where it is not known), and
    their seats."""
    if rule.kind != Kind.N_OF_M:
        return {"rule": rule}
    every = seated(rule.partnership, Seat.Role.ADMINISTRATOR).count() if administrators is None else administrators
    return {"rule": rule, "administrators": every, "seats": [number < rule.needed for number in range(every)]}


def seated(partnership: Partnership, *roles: str) -> QuerySet[Profile]:
    """Those who hold a seat today and can sign in."""
    seats = Seat.objects.current().filter(partnership=partnership, role__in=roles)
    return Profile.objects.filter(pk__in=seats.order_by().values("profile_id"), user__is_active=True)


def unconcerned(people: QuerySet[Profile], application: Application) -> QuerySet[Profile]:
    """Without those whose own matter it is: the applicant, and all who belong to the organisation."""
    inside = Membership.objects.current().filter(organisation=application.organisation_id, profile=OuterRef("pk"))
    own = [pk for pk in (application.applicant_id, application.person_id) if pk]
    return people.exclude(pk__in=own).exclude(Exists(inside))


def deciders_of(application: Application) -> QuerySet[Profile]:
    """Who may decide on it, alone or by vote."""
    role = Seat.Role.ADMINISTRATOR if application.is_for_administrators else VOTERS_OF[application.rule.kind]
    return unconcerned(seated(application.partnership, role), application).order_by("sort_key")


def votes_of(application: Application) -> QuerySet[Vote]:
    """The votes that count today."""
    return application.votes.filter(voter__in=deciders_of(application).order_by()).select_related("voter")


def tally_of(application: Application) -> voting.Tally:
    choices = votes_of(application).values_list("choice", flat=True)
    return voting.tally(deciders_of(application).count(), choices)


def may_see_votes(user: Model, application: Application, *, votes: bool) -> bool:
    """`votes`: whether the user votes on it themselves. Who only reads sees them as the rule says."""
    rule = rule_for(application)
    if votes or not rule.is_voted:
        return votes
    closed = not application.is_voted_on
    if rule.seen_by == SeenBy.BOTH_AFTER:
        return closed and Application.objects.filter(pk=application.pk).on_the_side_of(user).exists()
    if rule.seen_by not in AdmissionRule.SEEN_BY_MEMBERS or not (closed or rule.seen_by == SeenBy.MEMBERS):
        return False
    return Partnership.objects.filter(pk__in=joined_by(user), pk=application.partnership_id).exists()


def enters_at_once(rule: AdmissionRule, organisation: Organisation | None) -> bool:
    """Of a kind that is let in, and confirmed by the municipality; otherwise anybody could register their way in.
    Where no place is left, an administrator decides."""
    if rule.kind != Kind.OPEN_TO_KIND or organisation is None or organisation.kind not in rule.kinds:
        return False
    if organisation.verified is None or rule.tier is None:
        return False
    taken = rule.tier.participations.current().count()
    return rule.tier.places is None or taken < rule.tier.places


def last_day_of_vote(rule: AdmissionRule, partnership: Partnership) -> date | None:
    """Never after the promised day."""
    if rule.kind != Kind.BOARD_VOTE:
        return None
    return working_days.after(clock.today(), min(rule.vote_days or 1, partnership.answer_days))


def again_from(partnership: Partnership, who: Organisation | Profile) -> date | None:
    """The day until which a refusal keeps it from applying again, where there is one to come."""
    field = "organisation" if isinstance(who, Organisation) else "person"
    refused = Decision.objects.filter(application__partnership=partnership, again_from__gt=clock.today())
    return (
        refused.filter(**{f"application__{field}": who})
        .values_list("again_from", flat=True)
        .order_by("-again_from")
        .first()
    )
