"""Is this organisation here already? By its number, or by its name, whatever the spelling and the legal form."""

import re

from django.db.models import Q

from partnerships.models import Organisation
from partnerships.text.folding import collation_key

LEGAL_FORM = re.compile(r"[\s,]+(a/s|aps|i/s|k/s|p/s|ivs|amba|a\.m\.b\.a\.?|fmba|smba)\.?$")
MOST_SHOWN = 5
LOOKED_AT = 50


def stem_of(name: str) -> str:
    """The name as it sorts, one space between words, without its legal form."""
    return LEGAL_FORM.sub("", " ".join(collation_key(name).split()))


def with_number(number: str) -> Organisation | None:
    return Organisation.objects.filter(company_number=number).first() if number else None


def with_name(name: str) -> list[Organisation]:
    """Those called so now or before."""
    stem = stem_of(name)
    if not stem:
        return []
    former = Q(former_names__name__iexact=" ".join(name.split()))
    candidates = Organisation.objects.filter(Q(sort_key__startswith=stem) | former).distinct()
    same = candidates.prefetch_related("former_names")[:LOOKED_AT]
    return [found for found in same if stem in _stems(found)][:MOST_SHOWN]


def _stems(organisation: Organisation) -> set[str]:
    names = [organisation.name, *(former.name for former in organisation.former_names.all())]
    return {stem_of(name) for name in names}
