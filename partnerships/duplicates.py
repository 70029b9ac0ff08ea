"""Is this organisation here already? By its number, or by its name, whatever the spelling and the legal form."""

import re

from partnerships.models import FormerName, Organisation
from partnerships.text.folding import collation_key

LEGAL_FORM = re.compile(r"[\s,]+(a/s|aps|i/s|k/s|p/s|ivs|amba|a\.m\.b\.a\.?|fmba|smba)\.?$")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
MOST_SHOWN = 5


def stem_of(name: str) -> str:
    """The name as it sorts, one space between words, without its legal form and what stands in brackets behind it."""
    return LEGAL_FORM.sub("", IN_BRACKETS.sub("", " ".join(collation_key(name).split())))


def with_number(number: str) -> Organisation | None:
    return Organisation.objects.filter(company_number=number).first() if number else None


def with_name(name: str) -> list[Organisation]:
    """Those called so now or before."""
    stem = stem_of(name)
    if not stem:
        return []
    now = Organisation.objects.filter(sort_key__startswith=stem).values_list("pk", "name")
    before = FormerName.objects.values_list("organisation_id", "name")
    same = {pk for pk, known in [*now, *before] if stem_of(known) == stem}
    return list(Organisation.objects.filter(pk__in=same)[:MOST_SHOWN])
