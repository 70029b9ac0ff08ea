from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnerships.models import Follow, Profile, Rhythm


def of_its_own() -> list[tuple[str, Any]]:
    """A rhythm for one thing, or none of its own."""
    return [("", _("As usual")), *Rhythm.choices]


class FollowForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("Mails about this"), choices=of_its_own, required=False)


class MailsForm(forms.Form):
    """How often, in which language, and for each thing that is followed a rhythm of its own."""

    rhythm = forms.ChoiceField(label=_("Mails as usual"), choices=Rhythm.choices)
    language = forms.ChoiceField(label=_("Language of all mails"), choices=settings.LANGUAGES)

    def __init__(self, data: Any, *, profile: Profile, follows: Iterable[Follow]) -> None:
        super().__init__(data, initial={"rhythm": profile.rhythm, "language": profile.mail_language})
        self.follows = list(follows)
        for one in self.follows:
            self.fields[self.name_of(one)] = forms.ChoiceField(
                label=_("Mails about this"), choices=of_its_own, required=False, initial=one.rhythm
            )

    @staticmethod
    def name_of(follow: Follow) -> str:
        return f"follow-{follow.pk}"

    def changed_rhythms(self) -> Iterable[tuple[Follow, str]]:
        for one in self.follows:
            if self.name_of(one) in self.data and self.cleaned_data[self.name_of(one)] != one.rhythm:
                yield one, self.cleaned_data[self.name_of(one)]
