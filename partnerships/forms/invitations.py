from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnerships.models import Membership, Organisation, Partnership, Seat, Tier
from partnerships.services.many_invitations import Reported


class InviteForm(forms.Form):
    """One address or many; the rest has good defaults."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One on each line. You may write the name too: Anna Berg <anna@example.org>."),
        error_messages={"required": _("Write at least one address.")},
    )
    role = forms.ChoiceField(label=_("Invite as"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("A few words from you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand in the mail. Never write civil registration numbers."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES, required=False)

    @property
    def in_every_mail(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"message": data["message"], "language": data["language"] or settings.LANGUAGE_CODE}

    def keep_what_was_not_sent(self, report: list[Reported]) -> None:
        """The lines to mend are left; what was sent need not be taken out by hand."""
        sent = {one.line.email for one in report if one.invitation}
        left = [one.line.text for one in report if one.line.email not in sent]
        self.data = self.data.copy()
        self.data["addresses"] = "\n".join(left)

    @property
    def more_has_errors(self) -> bool:
        """The fold-out stands open then."""
        return bool({"message", "language"} & set(self.errors))


class InviteColleaguesForm(InviteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (value, label.capitalize()) for value, label in reversed(Membership.Role.choices)
        ]
        self.fields["role"].initial = Membership.Role.MEMBER


class InviteToPartnershipForm(InviteForm):
    """A kind of membership, for an organisation, or a seat, for a person."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiers = {f"tier-{tier.pk}": tier for tier in partnership.tiers.all()}
        members = [(key, _("%(tier)s (for an organisation)") % {"tier": tier}) for key, tier in self.tiers.items()]
        seats = [(role.value, role.label) for role in Seat.MAY_SPEAK_FOR_IT]
        self.fields["role"].choices = [*members, *seats]
        self.fields["role"].initial = next(iter(self.tiers), None)

    @property
    def tier(self) -> Tier | None:
        return self.tiers.get(self.cleaned_data["role"])


class AnswerInvitationForm(forms.Form):
    """Whom one takes part for, where a member is invited."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the organisation you take part for")},
    )

    def __init__(self, *args: Any, organisations: list[Organisation], persons: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if persons:
            self.fields["organisation"].required = False
            self.fields["organisation"].empty_label = _("Myself")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
