from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """The password once more, where the account has one; and a second yes."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that nobody else can do this in your name."),
    )
    sure = forms.BooleanField(label=_("Yes, I want to leave everything. It cannot be undone."))

    def __init__(self, *args: object, user: Model, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        given = self.cleaned_data["password"]
        if not self.user.check_password(given):
            raise forms.ValidationError(_("That is not your password."))
        return given
