"""Invitations: the invited gets a mail with the link; who has an account finds it in the site too; the inviter is told.

The token is made at the moment the mail leaves and stands nowhere else; the mail that waits is empty.
"""

from functools import partial
from types import SimpleNamespace

from django.urls import reverse

from partnerships.models import Invitation, OutgoingMail, Profile
from partnerships.models.invitations import hash_of, new_token
from partnerships.notifications import Letter, note, tell, write
from partnerships.services import mail_queue
from partnerships.services.mail_queue import Written

KIND = "invitation"


def register() -> None:
    """Called once, when the app is ready."""
    mail_queue.WRITE_ANEW[KIND] = written
    mail_queue.WRITTEN_AT_SENDING.add(KIND)


def invited(invitation: Invitation) -> None:
    """The notice in the site leads to the invitation without a token."""
    mail_queue.put(
        address=invitation.email,
        kind=KIND,
        written=Written("", "", ""),
        language=invitation.language,
        made_of={"invitation": invitation.pk},
        until=invitation.expires,
    )
    confirmed = {"user__emailaddress__email__iexact": invitation.email, "user__emailaddress__verified": True}
    for profile in Profile.objects.filter(**confirmed, user__is_active=True).select_related("user"):
        note(profile.user, Letter(KIND, {"invitation": invitation}, invitation.get_absolute_url, invitation.language))


def written(mail: OutgoingMail) -> Written | None:
    """With a token of its own; nothing where the invitation was answered or withdrawn while the mail waited."""
    rows = Invitation.objects.open().filter(pk=mail.made_of.get("invitation"))
    invitation = rows.select_related("organisation", "partnership", "tier", "invited_by").first()
    if invitation is None:
        return None
    token = new_token()
    rows.update(token_hash=hash_of(token))
    address = partial(reverse, "partnerships:invitation", args=[token])
    letter = Letter(KIND, {"invitation": invitation}, address, open=True)
    return write(letter, to=SimpleNamespace(name=invitation.name), language=invitation.language)


def invitation_answered(invitation: Invitation) -> None:
    """Yes or no, to the one who sent it."""
    if invitation.invited_by:
        kind = "organisation" if invitation.is_for_a_colleague else "partnership"
        address = partial(reverse, f"partnerships:{kind}_invitations", args=[invitation.to.slug])
        tell([invitation.invited_by], "invitation_answered", {"invitation": invitation}, address, noted=True)
