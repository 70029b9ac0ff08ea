"""Why somebody knows, in words that a reader can check."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

MOST = 3
Parts = Mapping[tuple[str, str], Mapping[int, str]]


SENTENCES = {
    "author": _("author of %(things)s"),
    "wrote": _("wrote %(things)s"),
    "contact": _("contact on %(things)s"),
    "project_partner": _("project partner in %(things)s"),
    "proposer": _("proposes %(things)s"),
    "owner": _("owner in %(things)s"),
    "partner": _("partner in %(things)s"),
    "supplier": _("supplier in %(things)s"),
    "recipient": _("recipient in %(things)s"),
    "funder": _("funder of %(things)s"),
    "helper": _("could help with %(things)s"),
    "administrator": _("administrator of %(things)s"),
    "board": _("on the board of %(things)s"),
    "secretary": _("secretariat of %(things)s"),
    "member": _("member of %(things)s"),
}
HOW_MANY = {
    "story": ngettext_lazy("%(n)s case", "%(n)s cases", "n"),
    "idea": ngettext_lazy("%(n)s solution idea", "%(n)s solution ideas", "n"),
    "update": ngettext_lazy("%(n)s update", "%(n)s updates", "n"),
    "plan": ngettext_lazy("%(n)s plan section", "%(n)s plan sections", "n"),
    "post": ngettext_lazy("%(n)s post", "%(n)s posts", "n"),
    "partnership": ngettext_lazy("%(n)s partnership", "%(n)s partnerships", "n"),
}


def reasons(parts: Parts, who: str) -> tuple[str, ...]:
    """`parts` is (role, kind of thing) → the things, by key, with their names where a name says more than a number."""
    by_part: dict[str, dict[str, Mapping[int, str]]] = defaultdict(dict)
    for (part, kind), things in parts.items():
        by_part[part][kind] = things
    weight = {part: sum(map(len, kinds.values())) for part, kinds in by_part.items()}
    order = sorted(by_part, key=lambda part: (part == "self", -weight[part], part))
    return tuple(capfirst(_sentence(part, by_part[part], who)) for part in order[:MOST])


def _sentence(part: str, kinds: Mapping[str, Mapping[int, str]], who: str) -> str:
    if part == "self":
        return (
            gettext("has it in their own profile")
            if who == "person"
            else gettext("writes about it in its own description")
        )
    words = _things(kinds)
    things = " ".join([", ".join(words[:-1]), gettext("and"), words[-1]]) if len(words) > 1 else words[0]
    return str(SENTENCES[part]) % {"things": things}


def _things(kinds: Mapping[str, Mapping[int, str]]) -> list[str]:
    return [_counted(kind, things) for kind, things in sorted(kinds.items(), key=lambda item: -len(item[1]))]


def _counted(kind: str, things: Mapping[int, str]) -> str:
    n = len(things)
    if n == 1 and (name := next(iter(things.values()))):
        return name
    return str(HOW_MANY[kind] % {"n": n})
