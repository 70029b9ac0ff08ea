"""What a person sees when a service says no: in the form that asked, or on the next page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from partnerships.services.refusals import Refusal


@contextmanager
def told_in(form: BaseForm, *, only: type[Refusal] = Refusal) -> Iterator[None]:
    """A no becomes an error of the form, with what was typed kept; nothing half-done stays in the database."""
    try:
        with transaction.atomic():
            yield
    except only as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal.message))


@contextmanager
def told_on_the_next_page(request: HttpRequest) -> Iterator[None]:
    """For an act without a form of its own, such as a second click."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
