from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.reserved import reserved_slugs
from partnerships.models import Partnership


class TopLevelPageForm(WagtailAdminPageForm):
    """A page right below the front page shares the first word of its address with the views."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = self.parent_page
        if parent is not None and parent.depth == 2 and cleaned.get("slug") in reserved_slugs():
            self.add_error("slug", _("The portal itself uses this word. Choose another."))
        return cleaned


class SharedPageForm(WagtailAdminPageForm):
    """Offers the partnerships that its reader may know of. A tie to one they do not know of stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "partnerships" in self.fields:
            self.fields["partnerships"].queryset = Partnership.objects.visible_to(self.for_user)

    def clean_partnerships(self) -> list[Partnership]:
        shown = set(self.fields["partnerships"].queryset.values_list("pk", flat=True))
        unseen = [one for one in self.instance.partnerships.all() if one.pk not in shown]
        return [*self.cleaned_data["partnerships"], *unseen]
