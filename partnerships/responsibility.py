"""What follows from who is responsible for a partnership, the municipality or an association.

The one who is responsible is the data controller. Where it is an authority, what is written belongs to its records and
may be asked for (aktindsigt), a yes or no is an official decision, and a no says how one can complain.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import ComplaintGuidance, Organisation, Partnership

GENERAL = gettext_lazy(
    "If you disagree, write to {responsible} ({mailbox}) within four weeks of this answer and say why. The case is then "
    "looked at again. You may ask to see the documents of the case. If you think that the municipality has not kept the law, you "
    "can write to Ankestyrelsen, which supervises municipalities, and you can complain to the Parliamentary Ombudsman."
)


def is_run_by_authority(partnership: Partnership) -> bool:
    return partnership.responsible.kind == Organisation.Kind.AUTHORITY


def has_record_duty(partnership: Partnership) -> bool:
    """Whether what is written is kept as an authority's records, and may be subject to access requests."""
    return is_run_by_authority(partnership)


def word_for_decision(partnership: Partnership) -> str:
    """An authority makes a decision in law, an association agrees on an answer."""
    return _("official decision") if is_run_by_authority(partnership) else _("answer")


def complaint_text(partnership: Partnership) -> str:
    """What stands under a refusal; nothing where an association answers for itself."""
    if not is_run_by_authority(partnership):
        return ""
    text = ComplaintGuidance.load().text or str(GENERAL)
    name, mailbox = partnership.responsible.name_shown, partnership.responsible.mailbox
    if not mailbox:
        text = text.replace(" ({mailbox})", "")
    return text.replace("{responsible}", name).replace("{mailbox}", mailbox)
