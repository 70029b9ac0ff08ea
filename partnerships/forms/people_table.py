from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.people_table import MOST_BYTES, Unreadable, decoded, rows_of


class PeopleTableForm(forms.Form):
    """A file, or the same lines pasted. What a file said is shown in the field, so that it can be mended and sent on."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        help_text=_("A CSV file, as spreadsheets save it."),
    )
    table = forms.CharField(
        label=_("Or paste the lines"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "The first line has the headings: name; e-mail; role; from; until. Only name and e-mail are needed."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            if file := data.get("file"):
                data["table"] = decoded(file.read(MOST_BYTES + 1))
                self.data = self.data.copy()
                self.data["table"] = data["table"]
            data["rows"] = rows_of(data.get("table", ""))
        except Unreadable as wrong:
            self.add_error("file" if data.get("file") else "table", str(wrong))
        return data
