"""What those who run a partnership may change on the site: few fields first, the rest folded away."""

from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from partnerships.models import Goal, Organisation, Partnership, Place, Profile, Seat, Tier, Topic

from .needed import for_some
from .room import FileForm
from .several import One, Several

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PartnershipPageForm(forms.Form):
    """The partnership's page. `FIRST` is what most need."""

    FIRST = ("name", "summary", "purpose", "mailbox", "applications_open")
    MORE = (
        *("kind", "visibility", "since", "until", "answer_days", "admission", "topics", "places", "goals"),
        *("municipal_part", "funder", "funding", "parent", "successor"),
    )
    ENGLISH = ("name_en", "summary_en", "purpose_en", "admission_en", "municipal_part_en", "funding_en")

    name = forms.CharField(label=_("Name of the partnership"), max_length=200)
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    purpose = forms.CharField(label=_("What do you want together?"), max_length=10_000, widget=_area(8))
    mailbox = forms.EmailField(
        label=_("Shared mailbox"), required=False, help_text=_("Shown in public. Not a person's own address.")
    )
    applications_open = forms.BooleanField(label=_("Others may apply to take part"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Partnership.Kind.choices)
    visibility = forms.ChoiceField(
        label=_("Who may see it?"), choices=Partnership.Visibility.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(label=_("First day"), required=False, widget=DAY)
    until = forms.DateField(label=_("Last day"), required=False, widget=DAY, help_text=_("Empty: no end is set."))
    answer_days = forms.IntegerField(label=_("Promised answer, in working days"), min_value=1, max_value=365)
    admission = forms.CharField(label=_("How is one admitted?"), max_length=4000, required=False, widget=_area(3))
    topics = Several(label=_("Topics"), queryset=Topic.objects.all(), required=False)
    places = Several(label=_("Places"), queryset=Place.objects.all(), required=False)
    goals = Several(label=_("Goals it serves"), queryset=Goal.objects.select_related("edition"), required=False)
    municipal_part = forms.CharField(
        label=_("The municipality's part"), max_length=600, required=False, widget=_area(2)
    )
    funder = One(label=_("Funder"), queryset=Organisation.objects.none(), required=False)
    funding = forms.CharField(label=_("Where the money comes from"), max_length=300, required=False)
    parent = One(label=_("Is a working group of"), queryset=Partnership.objects.none(), required=False)
    successor = One(label=_("Succeeded by"), queryset=Partnership.objects.none(), required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    summary_en = forms.CharField(label=_("In one sentence, in English"), max_length=300, required=False)
    purpose_en = forms.CharField(label=_("Purpose in English"), max_length=10_000, required=False, widget=_area(6))
    admission_en = forms.CharField(
        label=_("How one is admitted, in English"), max_length=4000, required=False, widget=_area(3)
    )
    municipal_part_en = forms.CharField(
        label=_("The municipality's part, in English"), max_length=600, required=False, widget=_area(2)
    )
    funding_en = forms.CharField(label=_("Where the money comes from, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, partnership: Partnership, viewer: Model, **kwargs: Any) -> None:
        super().__init__(*args, initial=self._said_by(partnership), **kwargs)
        others = Partnership.objects.visible_to(viewer).filter(state__in=Partnership.LIVED).exclude(pk=partnership.pk)
        self.fields["parent"].queryset = self.fields["successor"].queryset = others
        self.fields["funder"].queryset = Organisation.objects.public()
        if partnership.state == Partnership.State.MERGED:
            del self.fields["successor"]

    @classmethod
    def _said_by(cls, partnership: Partnership) -> dict[str, Any]:
        initial = {name: getattr(partnership, name) for name in (*cls.FIRST, *cls.MORE, *cls.ENGLISH)}
        return initial | {name: list(initial[name].all()) for name in ("topics", "places", "goals")}

    @property
    def more_is_used(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    @property
    def english_is_used(self) -> bool:
        return any(name in self.errors for name in self.ENGLISH)

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def english(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ENGLISH]


class Rows(BaseFormSet):
    """A short list; an empty row says nothing, a ticked one goes."""

    first: tuple[str, ...] = ()

    @property
    def kept(self) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [{key: value for key, value in row.items() if key != "DELETE"} for row in rows if row]


class SeekForm(forms.Form):
    MORE = ("whom_en", "why_en")

    whom_da = forms.CharField(label=_("Whom do you seek?"), max_length=200)
    why_da = forms.CharField(label=_("Why?"), max_length=400, required=False)
    until = forms.DateField(label=_("Until when?"), required=False, widget=DAY)
    whom_en = forms.CharField(label=_("Whom, in English"), max_length=200, required=False)
    why_en = forms.CharField(label=_("Why, in English"), max_length=400, required=False)


class TierForm(forms.Form):
    MORE = ("places", "name_en", "rights_en", "fee_en")

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=10**17)
    kind = forms.ChoiceField(label=_("Kind"), choices=Tier.Kind.choices)
    name_da = forms.CharField(label=_("What it is called"), max_length=120)
    rights_da = forms.CharField(label=_("What it gives"), max_length=300, required=False)
    fee_da = forms.CharField(
        label=_("Fee, in words"), max_length=120, required=False, help_text=_("For example: 1,000 kr. a year.")
    )
    places = forms.IntegerField(
        label=_("How many places?"), required=False, min_value=1, max_value=9999, help_text=_("Empty: no limit.")
    )
    name_en = forms.CharField(label=_("What it is called, in English"), max_length=120, required=False)
    rights_en = forms.CharField(label=_("What it gives, in English"), max_length=300, required=False)
    fee_en = forms.CharField(label=_("Fee, in words, in English"), max_length=120, required=False)

    def has_changed(self) -> bool:
        """The kind alone, which always has a value, is no new row."""
        return self.changed_data not in ([], ["kind"]) or bool(self.initial)


SeekForms = formset_factory(SeekForm, formset=Rows, extra=1, can_delete=True, max_num=20)
TierForms = formset_factory(TierForm, formset=Rows, extra=1, can_delete=True, max_num=12)


class AppointForm(forms.Form):
    profile = One(label=_("Who?"), queryset=Profile.objects.none())
    role = forms.ChoiceField(
        label=_("As what?"), choices=[(role, role.label) for role in Seat.MAY_SPEAK_FOR_IT], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = people


class ReplaceForm(forms.Form):
    profile = One(label=_("Who takes over?"), queryset=Profile.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = people


class StatutesForm(FileForm):
    since = forms.DateField(label=_("In force from"), widget=DAY)
    text = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=_area(16),
        help_text=_(
            "A text can be read on every screen and read aloud. It may stand beside the file or instead of it."
        ),
    )
    note = forms.CharField(label=_("What has changed?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):
            for_some(self.fields[name])


class MergeForm(forms.Form):
    into = One(label=_("Into which partnership?"), queryset=Partnership.objects.none())
    reason = forms.CharField(
        label=_("The reason in your own words"),
        max_length=1000,
        widget=_area(4),
        error_messages={"required": _("Write the reason")},
    )

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = partnerships
