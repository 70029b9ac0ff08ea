from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation, Post


class PostForm(forms.Form):
    """What a member shares. Members only, until the writer chooses otherwise."""

    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("What is new with you?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "An empty line makes a new paragraph, a hyphen in front makes a list. "
            "Never write civil registration numbers."
        ),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Post.Audience.choices,
        initial=Post.Audience.MEMBERS,
        widget=forms.RadioSelect,
    )
    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), required=False, empty_label=_("Myself")
    )

    def __init__(
        self,
        *args: object,
        organisations: list[Organisation] | None = None,
        for_administrators: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not for_administrators:
            choices = [choice for choice in Post.Audience.choices if choice[0] != Post.Audience.ADMINISTRATORS]
            self.fields["audience"].choices = choices
        if organisations:
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
            self.fields["organisation"].initial = organisations[0]
        else:
            del self.fields["organisation"]
