from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.consent_texts import CONSENTS
from partnerships.models import Consent, Membership, Profile, SpokenLanguage, Topic

from .several import Several

POSITION = "position-"


class ProfileForm(forms.Form):
    """One's own profile. Each switch is a consent, and nothing is shown before the first is on.

    `memberships` are those in force: one says oneself what one is there. `shown` is whether the first switch was on.
    """

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
    ask_about = forms.CharField(
        label=_("You may be asked about"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing on each line, such as “hourly readings from meters”."),
    )
    ask_about_en = forms.CharField(
        label=_("You may be asked about, in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can be asked in"),
        choices=SpokenLanguage.Code.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    away_from = forms.DateField(
        label=_("Away from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Meanwhile your organisation's shared mailbox stands where you are the contact."),
    )
    away_until = forms.DateField(
        label=_("Away until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. Leave it empty if you do not know yet."),
    )
    contact = forms.BooleanField(label=CONSENTS["contact"].label, required=False)
    search = forms.BooleanField(label=CONSENTS["search"].label, required=False)
    write = forms.BooleanField(label=CONSENTS["write"].label, required=False)

    def __init__(
        self, *args: object, memberships: Iterable[Membership] = (), shown: bool = False, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.memberships = list(memberships)
        for row in self.memberships:
            label = _("Position at %(organisation)s") % {"organisation": row.organisation.name_shown}
            field = forms.CharField(label=label, max_length=120, required=False, initial=row.title)
            self.fields[f"{POSITION}{row.pk}"] = field

    @classmethod
    def filled_from(cls, profile: Profile, memberships: Iterable[Membership] = ()) -> "ProfileForm":
        lines = ("name", "headline", "headline_en", "expertise", "expertise_en", "ask_about", "ask_about_en")
        initial = {name: getattr(profile, name) for name in (*lines, "away_from", "away_until")}
        initial |= {"topics": list(profile.topics.all()), "languages": [row.code for row in profile.languages.all()]}
        given = set(profile.consents.current().values_list("purpose", flat=True))
        initial |= {purpose: purpose in given for purpose in Consent.Purpose.values}
        return cls(initial=initial, memberships=memberships)

    def clean(self) -> dict[str, object]:
        """To be found or written to, one has to be shown. Who turns that off turns the others off with it."""
        shown = self.cleaned_data.get("contact")
        for purpose in Consent.NEED_A_PAGE:
            self.cleaned_data[purpose] = self.cleaned_data.get(purpose, False) and (shown or not self.shown)
            if self.cleaned_data[purpose] and not shown:
                self.add_error(purpose, _("This needs a profile that is shown to everyone. Turn that on too."))
        return self.cleaned_data

    @property
    def about_the_person(self) -> dict[str, object]:
        apart = (*Consent.Purpose.values, *(f"{POSITION}{row.pk}" for row in self.memberships))
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    @property
    def consents(self) -> dict[str, bool]:
        """What stands on; the one that the others need comes first."""
        return {purpose: self.cleaned_data[purpose] for purpose in Consent.Purpose.values}

    @property
    def positions(self) -> list[tuple[Membership, str]]:
        return [(row, self.cleaned_data[f"{POSITION}{row.pk}"]) for row in self.memberships]

    @property
    def position_fields(self) -> list[forms.BoundField]:
        return [self[f"{POSITION}{row.pk}"] for row in self.memberships]

    @property
    def more_is_used(self) -> bool:
        """Whether something behind the fold is filled in or wrong: then it stands open."""
        names = ("headline_en", "expertise_en", "ask_about_en", "away_from", "away_until")
        return any(self[name].value() or self[name].errors for name in names)
