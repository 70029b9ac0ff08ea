from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerships.models import Membership


class JoinForm(forms.Form):
    message = forms.CharField(
        label=_("Message"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say who you are, so that they recognise you. Never write civil registration numbers."),
    )


def roles() -> list[tuple[str, str]]:
    """As they begin a line."""
    return [(role.value, capfirst(role.label)) for role in Membership.Role]


class LetInForm(forms.Form):
    """Administrators look after people and pages, editors after pages and applications."""

    role = forms.ChoiceField(label=_("Role"), choices=roles, initial=Membership.Role.MEMBER, widget=forms.RadioSelect)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("New role"), choices=roles)
