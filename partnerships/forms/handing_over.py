from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.handover.queue import Left
from partnerships.models import Membership


class HandoverForm(forms.Form):
    """What one person left behind, all of it chosen, and who takes it on."""

    items = forms.MultipleChoiceField(
        label=_("What is handed over?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Some of it has been handed over meanwhile. Look again at what is left.")},
    )
    successor = forms.TypedChoiceField(
        label=_("Who takes it on?"),
        error_messages={"invalid_choice": _("Choose somebody of the organisation who is there and can log in.")},
    )

    def __init__(self, *args: object, left: Left, successors: Iterable[Membership], **kwargs: object) -> None:
        super().__init__(*args, auto_id=f"%s-{left.gone.person.pk}", **kwargs)
        self.left = left
        self.fields["items"].choices = [(item.key, item.title) for item in left.items]
        self.fields["items"].initial = left.keys
        people = {str(row.profile_id): row for row in successors}
        self.fields["successor"].choices = [
            ("", _("Choose a person")),
            *((key, _named(row)) for key, row in people.items()),
        ]
        self.fields["successor"].coerce = lambda key: people[key].profile
        self.rows = list(zip(self["items"], left.items, strict=True))


def _named(row: Membership) -> str:
    name = row.profile.name
    return name if row.is_shown else gettext("%(name)s (not shown as contact)") % {"name": name}
