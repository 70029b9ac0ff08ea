from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships import uploads
from partnerships.models import AdmissionQuestion, ApplicationFile, Membership, Organisation, Partnership, Profile, Tier
from partnerships.services.admission_answers import field_of

DAY = {"type": "date"}


class ApplyForm(forms.Form):
    """An organisation asks to join. Who sends it must say that they may speak for it."""

    organisation = forms.ModelChoiceField(
        label=_("Who applies?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_("You may apply for organisations where you are an administrator or editor."),
    )
    tier = forms.ModelChoiceField(
        label=_("How do you want to take part?"),
        queryset=Tier.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to take part")},
    )
    message = forms.CharField(
        label=_("Why do you want to join?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences are enough. Those who decide read it. Never write civil registration numbers."),
        error_messages={"required": _("Write why you want to join")},
    )
    representative = forms.ModelChoiceField(
        label=_("Who represents you?"),
        queryset=Profile.objects.none(),
        required=False,
        empty_label=_("I do it myself"),
        help_text=_("Somebody who belongs to the organisation. It can be changed later."),
    )
    representative_until = forms.DateField(
        label=_("Represents you until"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Leave it empty where no day is set."),
    )
    confirmed = forms.BooleanField(
        label=_("I may act for the organisation in this matter"),
        error_messages={"required": _("Confirm that you may act for the organisation")},
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        organisations: list[Organisation],
        persons: bool = False,
        kept: dict[int, ApplicationFile] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ids = [one.pk for one in organisations]
        own = self.fields["organisation"]
        own.queryset = Organisation.objects.filter(pk__in=ids)
        if persons:
            own.required, own.empty_label = False, _("Only myself")
            self.fields["confirmed"].label = _("I may act in this matter")
        belong = Membership.objects.current().filter(organisation__in=ids)
        self.fields["representative"].queryset = Profile.objects.filter(pk__in=belong.values("profile_id"))
        self.fields["tier"].queryset = partnership.tiers.all()
        self.kept = kept or {}
        self.questions = list(partnership.admission_questions.all())
        for question in self.questions:
            self.fields[field_of(question)] = _field_for(question, self.kept.get(question.pk))

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[field_of(question)] for question in self.questions]

    @property
    def more_has_errors(self) -> bool:
        """The fold-out stands open then."""
        return bool({"representative", "representative_until"} & set(self.errors))

    @property
    def answers(self) -> dict[int, Any]:
        """What was answered, by question; a file that was kept with the draft counts."""
        given = {question.pk: self.cleaned_data.get(field_of(question)) for question in self.questions}
        return {pk: self.kept.get(pk) if self._is_file(pk) else value for pk, value in given.items()}

    @property
    def handed_in(self) -> dict[int, Any]:
        """Files that came with this request, whether or not the rest is right."""
        names = {
            question.pk: self.add_prefix(field_of(question))
            for question in self.questions
            if self._is_file(question.pk)
        }
        return {pk: self.files[name] for pk, name in names.items() if name in self.files}

    @property
    def as_typed(self) -> dict[str, str]:
        """Everything in the form as it was typed, for a draft."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields if name != "confirmed"}
        return {name: value[:8000] for name, value in typed.items() if isinstance(value, str)}

    def _is_file(self, pk: int) -> bool:
        return any(question.pk == pk and question.kind == AdmissionQuestion.Kind.FILE for question in self.questions)


def _field_for(question: AdmissionQuestion, kept: ApplicationFile | None) -> forms.Field:
    Kind = AdmissionQuestion.Kind
    common = {"label": question.text, "required": question.required, "error_messages": {"required": _("Answer this")}}
    if question.kind == Kind.CHOICE:
        choices = [(str(number), text) for number, text in enumerate(question.choices)]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if question.kind == Kind.FILE:
        said = _("Kept with your draft: %(name)s. Choose another to replace it.") if kept else uploads.WHAT_IS_TAKEN
        common["required"] = question.required and kept is None
        help_text = said % {"name": kept.name} if kept else said
        return forms.FileField(
            widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}), help_text=help_text, max_length=250, **common
        )
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **common)


class AcceptForm(forms.Form):
    message = forms.CharField(
        label=_("Greeting"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefuseForm(forms.Form):
    """A no is always explained: to an application and to a person who asked to join an organisation."""

    reason = forms.CharField(
        label=_("The reason in your own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what would have to be different. Never write civil registration numbers."),
        error_messages={"required": _("Write the reason")},
    )
