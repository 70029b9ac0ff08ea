"""Address names: readable Danish ones (æ as ae, ø as oe, å as aa), and one that nobody has yet."""

from django.db import models
from django.utils.text import slugify

SPELLED = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ä": "ae", "ö": "oe", "Ä": "ae", "Ö": "oe"}
)
LONGEST = 72  # the shortest slug field holds 80, and a number may follow
RESERVED = {"register", "registrer", "propose", "foreslaa"}


def free_slug(model: type[models.Model], name: str) -> str:
    """An address name made of `name` that no other row of the model has."""
    base = slugify(name.translate(SPELLED))[:LONGEST].strip("-") or "navn"
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)
