"""The words people say yes to. A changed text gets a new version; old rows keep the version they were given under."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Consent


@dataclass(frozen=True)
class ConsentText:
    """`label` is the switch; `text` is what the yes is given to."""

    version: str
    label: Promise
    text: Promise


CONSENTS = {
    Consent.Purpose.CONTACT: ConsentText(
        "2026-2",
        _("Show my profile to everyone"),
        _(
            "My name, what I do, my topics and my organisations may be shown to everyone: on a page of my own, in the list "
            "of people and on the pages I stand behind. My e-mail address is not shown. I can withdraw this at any time, "
            "and it takes effect at once."
        ),
    ),
    Consent.Purpose.SEARCH: ConsentText(
        "2026-2",
        _("Let search find me"),
        _(
            "I may be found by search and suggested under “Who knows?”, always with the reason in words. Search engines "
            "outside this site are asked not to list my page while this is off. It needs a profile that is shown."
        ),
    ),
    Consent.Purpose.WRITE: ConsentText(
        "2026-2",
        _("Let others write to me"),
        _(
            "Those who are logged in may write to me through a form. They do not see my e-mail address; if I answer, I "
            "answer from my own mail. I can block and report whoever writes. It needs a profile that is shown."
        ),
    ),
}
