from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Profile, Topic

from .several import Several


class ProfileForm(forms.Form):
    """One's own profile. The switch at the end is a consent, and nothing is shown before it is on."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    headline = forms.CharField(
        label=_("What is your work?"),
        max_length=120,
        required=False,
        help_text=_("One line, such as “operations manager, cooling and water”."),
    )
    headline_en = forms.CharField(label=_("What is your work? In English"), max_length=120, required=False)
    topics = Several(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        help_text=_("Choose those you would like to be asked about."),
    )
    expertise = forms.CharField(
        label=_("What you know, in your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What have you tried, built or measured? Never write civil registration numbers."),
    )
    expertise_en = forms.CharField(
        label=_("What you know, in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact = forms.BooleanField(label=_("Show my profile to everyone"), required=False)

    @classmethod
    def filled_from(cls, profile: Profile | None, suggested_name: str = "") -> "ProfileForm":
        if profile is None:
            return cls(initial={"name": suggested_name})
        plain = ("name", "headline", "headline_en", "expertise", "expertise_en")
        initial = {name: getattr(profile, name) for name in plain}
        given = profile.consents.as_contact().exists()
        return cls(initial={**initial, "topics": list(profile.topics.all()), "contact": given})

    @property
    def about_the_person(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if name != "contact"}
