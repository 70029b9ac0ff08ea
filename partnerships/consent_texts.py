"""The words people say yes to. A changed text gets a new version; old rows keep the version they were given under."""

from django.utils.translation import gettext_lazy as _

CONTACT_VERSION = "2026-1"
CONTACT = _(
    "My name, what I do, my topics and my organisations may be shown to everyone: on a page of my own, on the pages I stand "
    "behind, and under “Who knows?” in search. My e-mail address is not shown. I can withdraw this at any time, and it "
    "takes effect at once."
)
