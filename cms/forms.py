from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.reserved import reserved_slugs


class TopLevelPageForm(WagtailAdminPageForm):
    """A page right below the front page shares the first word of its address with the views."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = self.parent_page
        if parent is not None and parent.depth == 2 and cleaned.get("slug") in reserved_slugs():
            self.add_error("slug", _("The portal itself uses this word. Choose another."))
        return cleaned
