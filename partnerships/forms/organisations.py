from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from partnerships.company_numbers import validate_company_number
from partnerships.models import Membership, Organisation, Place, Sector, Topic
from partnerships.partial_dates import validate_partial_date
from partnerships.visibility import EDITS_ORGANISATIONS, organisations_of

from .several import One, Several

EDITS_ITS_OWN = (Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
WITHOUT_CHOICE = [("", _("Choose"))]


class RegisterForm(forms.Form):
    """What a newcomer tells about their organisation. It stays unverified until someone has looked at it."""

    FOLDED = ("mailbox", "size", "sectors", "places", "topics")

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*WITHOUT_CHOICE, *Organisation.Kind.choices])
    company_number = forms.CharField(
        label=_("Company number (CVR)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Eight digits. Voluntary associations need none."),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        help_text=_("With an address at its domain you can verify the organisation yourself."),
    )
    about = forms.CharField(
        label=_("What do you do?"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few sentences are enough. Never write civil registration numbers."),
    )
    mailbox = forms.EmailField(
        label=_("Shared mailbox"),
        required=False,
        help_text=_("Shown in public. Not a person's own address."),
    )
    size = forms.ChoiceField(
        label=_("Size"), required=False, choices=[("", _("Not chosen")), *Organisation.Size.choices]
    )
    sectors = Several(label=_("Sectors"), queryset=Sector.objects.all(), required=False)
    places = Several(label=_("Places"), queryset=Place.objects.all(), required=False)
    topics = Several(label=_("Topics"), queryset=Topic.objects.all(), required=False)
    another = forms.BooleanField(label=_("It is another organisation with the same name"), required=False)

    def clean_company_number(self) -> str:
        """People write it with spaces and with the country in front."""
        number = self.cleaned_data["company_number"].upper().removeprefix("DK").replace(" ", "")
        if number:
            validate_company_number(number)
        return number

    @property
    def about_the_organisation(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("another", "seen")}

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FOLDED if name in self.fields]

    @property
    def opens_the_fold(self) -> bool:
        """Where something in it is wrong or filled in."""
        return any(field.errors or (self.is_bound and field.value()) for field in self.folded)


class OrganisationForm(RegisterForm):
    """What those who look after an organisation's page may change."""

    FOLDED = ("name_en", "about_en", "size", "sectors", "places", "topics", "parent", "successor")
    SHOWN = (
        *("name", "name_en", "kind", "company_number", "about", "about_en", "mailbox", "website", "size"),
        *("sectors", "places", "topics", "parent", "successor"),
    )

    another = None
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    about_en = forms.CharField(
        label=_("What do you do? In English"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    parent = One(
        label=_("Part of"), queryset=Organisation.objects.none(), required=False, empty_label=_("No other organisation")
    )
    successor = One(
        label=_("Continued by"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("No other organisation"),
    )
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, user: Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Q(pk__in=[organisation.parent_id or 0, organisation.successor_id or 0])
        others = Organisation.objects.visible_to(user).exclude(pk=organisation.pk)
        if not user.has_perm(EDITS_ORGANISATIONS):
            others = others.filter(known | Q(pk__in=organisations_of(user, *EDITS_ITS_OWN)))
        for name in ("parent", "successor"):
            if others.exists():
                self.fields[name].queryset = others
            else:
                del self.fields[name]

    @classmethod
    def filled_from(
        cls, organisation: Organisation, user: Model, drafted: Mapping[str, Any] | None = None
    ) -> "OrganisationForm":
        """As the page stands, or as a draft of it says."""
        initial = {name: getattr(organisation, name) for name in cls.SHOWN}
        initial |= {name: list(initial[name].all()) for name in ("sectors", "places", "topics")}
        initial["seen"] = organisation.updated.isoformat()
        return cls(initial={**initial, **(drafted or {})}, organisation=organisation, user=user)


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_("PNG, JPEG, WebP or GIF, at most 2 MB."),
    )
    logo_alt = forms.CharField(
        label=_("What the logo shows"),
        max_length=160,
        required=False,
        help_text=_("Read aloud to those who do not see it. Left empty, it says that it is your logo."),
    )


class TakeDownForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FormerNameForm(forms.Form):
    name = forms.CharField(label=_("Former name"), max_length=200)
    since = forms.CharField(label=_("From"), max_length=10, required=False, validators=[validate_partial_date])
    until = forms.CharField(label=_("Until"), max_length=10, required=False, validators=[validate_partial_date])

    def clean(self) -> dict[str, Any]:
        """Partial dates sort as text does, as far as both say."""
        since, until = self.cleaned_data.get("since", ""), self.cleaned_data.get("until", "")
        if since and until and since[: len(until)] > until:
            self.add_error("until", _("This is before the name began."))
        return self.cleaned_data


class BaseFormerNames(BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        names = [entry["name"] for entry in self.kept]
        if len(set(names)) < len(names):
            raise forms.ValidationError(_("Write each former name once."))

    @property
    def kept(self) -> list[dict[str, str]]:
        """Names that are filled in and not marked to go."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [{key: row.get(key, "") for key in ("name", "since", "until")} for row in rows if row.get("name")]


FormerNames = formset_factory(FormerNameForm, formset=BaseFormerNames, extra=1, can_delete=True, max_num=20)
