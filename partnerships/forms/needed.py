"""A field that must be filled in in some cases only: its label or help says which, and it is not called optional."""

from typing import TypeVar

from django import forms

Field = TypeVar("Field", bound=forms.Field)


def for_some(field: Field) -> Field:
    """Read by templates/components/field.html."""
    field.required, field.needed_for_some = False, True
    return field
