"""What a mail server's report says: which of our mails came back from which address, and whether for good.

Two kinds are read: delivery status notifications (RFC 3464) and complaints (ARF, RFC 5965). Headers stay plain strings,
for the parser of structured ones fails on a broken Message-ID.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from partnerships.models import DeadAddress

LARGEST = 1_000_000
MESSAGE_KEY = re.compile(r"<([0-9a-f]{32})@")
ADDRESS = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")
ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


@dataclass(frozen=True)
class Report:
    reason: str
    addresses: frozenset[str]
    message_keys: frozenset[str]
    answer: str = ""

    def is_about(self, address: str) -> bool:
        """A complaint may hide whose it is; the mail's own key has said it then."""
        return address.lower() in self.addresses or (self.reason == DeadAddress.Reason.COMPLAINT and not self.addresses)


def read(raw: bytes) -> Report | None:
    """None for what is no report, and for one that is not final: "delayed" and 4.x.x are waited out."""
    if len(raw) > LARGEST:
        return None
    message = email.message_from_bytes(raw)
    match _kind(message):
        case "delivery-status":
            return _returned(message)
        case "feedback-report":
            return _complaint(message)
        case _:
            return None


def _kind(message: Message) -> str:
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type") or "").lower()


def _returned(message: Message) -> Report | None:
    final = [part for part in _fields(message, "message/delivery-status") if _is_final(part)]
    if not final:
        return None
    addresses = {found for part in final for found in _addresses(part, "Original-Recipient", "Final-Recipient")}
    answer = " ".join(str(final[0].get("Diagnostic-Code") or final[0].get("Status") or "").split())
    return Report(DeadAddress.Reason.BOUNCED, frozenset(addresses), _message_keys(message), answer[:200])


def _is_final(fields: Message) -> bool:
    action, status = str(fields.get("Action", "")).strip().lower(), str(fields.get("Status", "")).strip()
    return action == "failed" and status.startswith("5")


def _complaint(message: Message) -> Report | None:
    for part in _fields(message, "message/feedback-report"):
        if str(part.get("Feedback-Type", "")).strip().lower() == "abuse":
            addresses = frozenset(_addresses(part, "Original-Rcpt-To", "Removal-Recipient"))
            return Report(DeadAddress.Reason.COMPLAINT, addresses, _message_keys(message))
    return None


def _fields(message: Message, kind: str) -> Iterator[Message]:
    """The blocks of fields in a part of this kind; a block is read as headers, whatever the parser made of it."""
    for part in message.walk():
        if part.get_content_type() == kind:
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from blocks
            else:
                yield from (email.message_from_string(block) for block in str(blocks).split("\n\n"))


def _addresses(fields: Message, *names: str) -> Iterator[str]:
    for name in names:
        for value in fields.get_all(name, []):
            yield from (found.lower() for found in ADDRESS.findall(str(value)))


def _message_keys(message: Message) -> frozenset[str]:
    """From the returned mail itself; a report without it proves nothing."""
    return frozenset(key for part in message.walk() if part.get_content_type() in ORIGINALS for key in _keys(part))


def _keys(part: Message) -> list[str]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return MESSAGE_KEY.findall(" ".join(str(one.get("Message-ID", "")) for one in payload))
    headers = email.message_from_string(str(payload))
    return MESSAGE_KEY.findall(str(headers.get("Message-ID", "")))
