"""Many at once from a pasted list, with a report for each line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.addresses import Pasted, pasted
from partnerships.models import Invitation

from .refusals import Invalid, NotAllowed, Refusal

MOST_LINES = 200
Invite = Callable[..., Invitation]


@dataclass(frozen=True)
class Reported:
    """What came of one line; `invitation` where it was sent."""

    line: Pasted
    said: str
    invitation: Invitation | None = None


def invite_each(*, addresses: str, invite: Invite) -> list[Reported]:
    """`invite` sends one, given the address and the name. A line that is refused holds back no other."""
    lines = list(pasted(addresses))
    if not lines:
        raise Invalid(_("Write at least one address."), field="addresses")
    if len(lines) > MOST_LINES:
        raise Invalid(_("Write at most %(count)s lines at once.") % {"count": MOST_LINES}, field="addresses")
    return list(_reports(lines, invite))


def _reports(lines: list[Pasted], invite: Invite) -> Iterator[Reported]:
    seen: set[str] = set()
    for line in lines:
        if line.email and line.email in seen:
            yield Reported(line, _("Typed twice."))
        else:
            yield _report(line, invite)
        seen.add(line.email)


def _report(line: Pasted, invite: Invite) -> Reported:
    if not line.email:
        return Reported(line, _("This is not an e-mail address."))
    try:
        with transaction.atomic():
            return Reported(line, _("Sent."), invite(email=line.email, name=line.name))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return Reported(line, str(refusal.message))
