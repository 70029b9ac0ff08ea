"""What is asked for when a document is shared or a meeting called: few fields, the rest with good defaults."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.meeting_times import NoSuchTime, moment
from partnerships.models import Audience, Meeting, Profile

from .several import Several

NUMBERS = _("I have looked: what looks like civil registration numbers in the file is something else")


class FileForm(forms.Form):
    """The box about numbers is shown only after a file was held back for them."""

    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, plain text, CSV, PNG or JPEG."),
    )
    numbers_are_others = forms.BooleanField(label=NUMBERS, required=False)

    def clean_file(self) -> UploadedFile | None:
        """Asked before the bytes are fetched."""
        file, most = self.cleaned_data["file"], settings.ROOM_FILE_MOST_BYTES
        if file and file.size > most:
            raise ValidationError(gettext("The file is larger than %(size)s.") % {"size": filesizeformat(most)})
        return file

    @property
    def said(self) -> dict[str, Any]:
        """As the services take it."""
        said = dict(self.cleaned_data)
        file = said.pop("file")
        return {**said, "data": file.read(), "name": file.name or ""} if file else said


class DocumentForm(FileForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("Without one it is called what the file is called."),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"), choices=Audience.choices, initial=Audience.MEMBERS, widget=forms.RadioSelect
    )
    field_order = ["file", "title", "numbers_are_others", "audience"]

    def __init__(self, *args: Any, for_administrators: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_audiences(self, for_administrators)


class VersionForm(FileForm):
    why = forms.CharField(label=_("What is new in it?"), max_length=300)


class DocumentChangeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    audience = forms.ChoiceField(label=_("Who may read it?"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, for_administrators: bool = False, is_public: bool = False, **kwargs: Any) -> None:
        """To make it public one goes through the page that warns."""
        super().__init__(*args, **kwargs)
        _offer_audiences(self, for_administrators)
        if not is_public:
            choices = self.fields["audience"].choices
            self.fields["audience"].choices = [one for one in choices if one[0] != Audience.PUBLIC]


def _offer_audiences(form: forms.Form, for_administrators: bool) -> None:
    if not for_administrators:
        choices = [choice for choice in Audience.choices if choice[0] != Audience.ADMINISTRATORS]
        form.fields["audience"].choices = choices


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Hour(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    day = forms.DateField(label=_("Day"), widget=Day())
    begins = forms.TimeField(label=_("From (Danish time)"), widget=Hour())
    ends = forms.TimeField(label=_("To"), widget=Hour())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.CharField(
        label=_("Link to take part from afar"),
        max_length=500,
        required=False,
        help_text=_("Only members see the link."),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A number and a full stop in front of each line makes a numbered list."),
    )
    last_day = forms.DateField(label=_("Last day, if it is another"), widget=Day(), required=False)
    asked = forms.ChoiceField(
        label=_("Whom do you invite?"), choices=Meeting.Asked.choices, initial="members", widget=forms.RadioSelect
    )
    chosen = Several(label=_("Those you choose"), queryset=Profile.objects.none(), required=False)
    audience = forms.ChoiceField(
        label=_("Who may read it?"), choices=Audience.choices, initial=Audience.MEMBERS, widget=forms.RadioSelect
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    UNDER_THE_FOLD = ("last_day", "asked", "chosen", "audience")

    def __init__(self, *args: Any, people: Any, for_administrators: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = people
        _offer_audiences(self, for_administrators)

    def clean_seen(self) -> datetime | None:
        return seen_in(self.cleaned_data["seen"])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        days = {"begins": said.get("day"), "ends": said.get("last_day") or said.get("day")}
        for name, day in days.items():
            if day and said.get(name):
                self._as_moment(name, day)
        return said

    def _as_moment(self, name: str, day: Any) -> None:
        try:
            self.cleaned_data[name] = moment(day, self.cleaned_data[name])
        except NoSuchTime:
            self.add_error(name, gettext("The clock is put forward that night: this time does not exist."))
        except (OverflowError, ValueError):
            self.add_error("day", gettext("Give a day in this century."))

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("day", "last_day")}

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.UNDER_THE_FOLD]

    @property
    def opens_the_fold(self) -> bool:
        """Where an answer under the fold is wrong or is not the default."""
        return any(name in self.errors or self[name].value() not in USUAL[name] for name in self.UNDER_THE_FOLD)


USUAL: dict[str, tuple[Any, ...]] = {
    "last_day": (None, ""),
    "asked": ("members",),
    "chosen": (None, "", []),
    "audience": ("members",),
}


def seen_in(text: str) -> datetime | None:
    """When the thing was last changed as the form showed it; nothing where somebody changed that, too."""
    try:
        seen = datetime.fromisoformat(text) if text else None
    except ValueError:
        return timezone.make_aware(datetime(1970, 1, 1))
    return seen if seen is None or timezone.is_aware(seen) else timezone.make_aware(seen)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why is it called off?"), max_length=300)


class MinutesForm(forms.Form):
    text = forms.CharField(
        label=_("Minutes"), max_length=60_000, required=False, widget=forms.Textarea(attrs={"rows": 14})
    )
    is_public = forms.BooleanField(label=_("Everyone may read the minutes"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def clean_seen(self) -> datetime | None:
        return seen_in(self.cleaned_data["seen"])


class DecisionForm(forms.Form):
    """An empty text is no decision: emptied, the row goes."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    text = forms.CharField(label=_("What was decided"), max_length=1000, required=False)
    responsible = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Profile.objects.none(), required=False, empty_label=_("Nobody in particular")
    )
    due = forms.DateField(label=_("By when"), widget=Day(), required=False)
    is_public = forms.BooleanField(label=_("Everyone may read this decision"), required=False)

    def __init__(self, *args: Any, people: Iterable[Profile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(people)
        self.fields["responsible"].queryset = Profile.objects.filter(pk__in=[one.pk for one in people])
        self.fields["responsible"].choices = [("", _("Nobody in particular")), *((one.pk, one.name) for one in people)]


DecisionForms = forms.formset_factory(DecisionForm, extra=2, max_num=60, validate_max=True)
