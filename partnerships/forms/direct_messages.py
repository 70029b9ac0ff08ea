from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Report

from .needed import for_some


class WriteForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=160)
    text = forms.CharField(
        label=_("What do you want to write?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Never write civil registration numbers."),
    )
    copy = forms.BooleanField(label=_("Send a copy to me"), required=False)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
    words = for_some(
        forms.CharField(
            label=_("In your own words"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Must be filled in if you choose “Something else”."),
        )
    )


class DecideReportForm(forms.Form):
    OUTCOMES = (("upheld", _("Uphold: something is wrong")), ("dismissed", _("Dismiss: nothing is wrong")))

    outcome = forms.ChoiceField(label=_("Decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who reported it reads this, and whoever may not write any more."),
    )
    stops_writing = forms.BooleanField(
        label=_("The sender may not write to anybody any more"),
        required=False,
        help_text=_("Only where it is upheld. The sender is told, with the reason."),
    )

    def __init__(self, *args: object, about_writing: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not about_writing:
            del self.fields["stops_writing"]
