"""What the forms of a page would send, as somebody without a script sees them."""

from bs4 import BeautifulSoup

CHOOSING = ("radio", "checkbox")


class Form:
    """`sent` holds something for each field, `offered` the values among which one chooses, `typed` the fields for text."""

    def __init__(self, form):
        self.action, self.sent, self.offered, self.typed = form.get("action") or "", {}, {}, []
        for field in form.find_all(["input", "select", "textarea", "button"]):
            name = field.get("name")
            if name and name != "csrfmiddlewaretoken" and field.get("type") != "file":
                self._take(name, field)

    def _take(self, name, field):
        kind = field.get("type", "")
        if field.name == "select":
            values = [option.get("value", "") for option in field.find_all("option")]
        elif kind in (*CHOOSING, "hidden") or field.name == "button":
            values = [field.get("value", "on")]
        else:
            self.sent.setdefault(name, field.get("value") or field.get_text().strip() or "Noget")
            if field.name == "textarea" or kind in ("", "text", "search"):
                self.typed.append(name)
            return
        self.sent.setdefault(name, next(filter(None, values), ""))
        self.offered.setdefault(name, set()).update(filter(None, values))

    @property
    def numbers(self):
        """Fields whose values are numbers of things, not of forms."""
        return {
            name: values
            for name, values in self.offered.items()
            if values and not name.endswith("_FORMS") and all(value.isdigit() for value in values)
        }


def forms_of(response):
    """A file has none."""
    page = "" if response.streaming else response.content.decode()
    return [Form(form) for form in BeautifulSoup(page, "html.parser").find_all("form", method="post")]
