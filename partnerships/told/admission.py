"""Applications: both sides are told."""

from partnerships.models import Application, Decision, Seat
from partnerships.notifications import tell

from .recipients import administering, seated


def application_sent(application: Application) -> None:
    """The partnership's administrators are asked to decide; the applicant gets a receipt."""
    administrators = seated(application.partnership, Seat.Role.ADMINISTRATOR)
    context = {"application": application}
    tell(administrators, "application_sent", context, application.get_absolute_url)
    tell([application.applicant], "application_receipt", context, application.get_absolute_url)


def application_decided(decision: Decision) -> None:
    """The applicant's side is told: who sent it, and those who administer the organisation."""
    application = decision.application
    side = administering(application.organisation)
    everyone = {profile.pk: profile for profile in [application.applicant, *side]}.values()
    tell(
        everyone,
        "application_decided",
        {"decision": decision, "application": application},
        application.get_absolute_url,
        noted=True,
    )
