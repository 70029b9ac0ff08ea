"""How each kind of thing becomes a record. A record names only what everyone who may find it may also read."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from cms.models import CaseStoryPage, PlanSectionPage, SharedPage, SolutionIdeaPage, UpdatePage
from partnerships.models import Document, Organisation, Partnership, Post, Profile, Seek
from partnerships.text.markup import plain_text
from search import audience
from search.documents import Record, Text
from search.page_ties import Ties

LANGUAGES = ("da", "en")
RICH_TEXTS = {
    CaseStoryPage: ("problem", "solution", "result", "lessons"),
    SolutionIdeaPage: ("need", "idea", "effect", "preconditions"),
    PlanSectionPage: ("account", "see_also"),
    UpdatePage: (),
}
PUBLIC = frozenset({audience.PUBLIC})


def of_page(kind: str, page: SharedPage) -> Record:
    """`translated` and `ties` come from the source: where no live translation stands, a page answers for both languages."""
    lang, ties = page.locale.language_code, page.ties
    return Record(
        kind=kind,
        pk=page.pk,
        texts=(Text(lang, page.title, page.summary, text_of_page(page, ties.steps, lang)),),
        for_lang=(lang,) if page.translated else LANGUAGES,
        acl=PUBLIC,
        day=day_of(page),
        topics=(*_tied_to(ties, lang),),
        years=_years(page),
        facets={
            "topic": _slugs(ties.topics),
            "sector": (page.sector.slug,) if page.sector else (),
            "status": (page.status,) if isinstance(page, CaseStoryPage) and page.status else (),
            "place": _slugs(ties.places),
            "organisation": _slugs(ties.organisations),
            "partnership": _slugs(ties.partnerships),
            "goal": _slugs(ties.goals),
        },
    )


def text_of_page(page: SharedPage, steps: Iterable, lang: str) -> str:
    parts = [get_text_for_indexing(getattr(page, name)) for name in RICH_TEXTS[type(page)]]
    parts += [step.reason_en if lang == "en" else step.reason for step in steps]
    parts += page._meta.get_field("body").get_searchable_content(page.body)
    return _one_line(parts)


def _tied_to(ties: Ties, lang: str) -> Iterable[str]:
    """Topics, places and who stands behind it; of people only those who agree to be named."""
    yield from (_named(term, lang) for term in (*ties.topics, *ties.places))
    yield from (goal.title_en or goal.title_da if lang == "en" else goal.title_da for goal in ties.goals)
    yield from (thing.name for thing in (*ties.organisations, *ties.partnerships))
    yield from ties.called_then
    yield from (person.name for person in ties.people)


def day_of(thing: Model) -> date:
    """When it was said first: things are sorted by it, and feeds give it as their entries' date."""
    match thing:
        case UpdatePage():
            return thing.date
        case SharedPage():
            return timezone.localdate(thing.first_published_at or timezone.now())
        case Post():
            return timezone.localdate(thing.published)
        case Partnership():
            return thing.since or timezone.localdate(thing.created)
        case Document():
            return timezone.localdate(thing.created_at)
    return timezone.localdate(thing.created)


def _years(page: SharedPage) -> tuple[int, ...]:
    """A case that goes on has every year until now."""
    if isinstance(page, UpdatePage):
        return (page.date.year,)
    if isinstance(page, CaseStoryPage) and page.year_start:
        last = page.year_end or (timezone.localdate().year if page.status == "running" else page.year_start)
        return tuple(range(page.year_start, max(last, page.year_start) + 1))
    return ()


def of_organisation(organisation: Organisation) -> Record:
    current = [row.partnership for row in organisation.current_participations]
    return Record(
        kind="organisation",
        pk=organisation.pk,
        texts=_both(
            Text("da", organisation.name, "", plain_text(organisation.about_html)),
            Text("en", organisation.name_en, "", plain_text(organisation.about_en_html)),
        ),
        for_lang=LANGUAGES,
        acl=PUBLIC,
        day=day_of(organisation),
        names=tuple(former.name for former in organisation.former_names.all()),
        topics=(*_in_both(organisation.topics.all()), *_in_both(organisation.places.all())),
        facets={
            "topic": _slugs(organisation.topics.all()),
            "sector": _slugs(organisation.sectors.all()),
            "place": _slugs(organisation.places.all()),
            "organisation": (organisation.slug,),
            "partnership": _slugs(current),
        },
    )


def of_person(profile: Profile) -> Record:
    organisations = [row.organisation for row in profile.current_memberships]
    return Record(
        kind="person",
        pk=profile.pk,
        texts=_both(
            Text("da", profile.name, profile.headline, profile.expertise),
            Text("en", "", profile.headline_en, profile.expertise_en),
        ),
        for_lang=LANGUAGES,
        acl=PUBLIC,
        day=day_of(profile),
        topics=(*_in_both(profile.topics.all()), *(row.name for row in organisations)),
        facets={"topic": _slugs(profile.topics.all()), "organisation": _slugs(organisations)},
    )


def of_partnership(partnership: Partnership) -> Record:
    """Of a listed one everybody finds the name and the purpose, and nothing that stands for members alone."""
    if partnership.visibility == Partnership.Visibility.LISTED:
        return _of_listed(partnership)
    current = [row.organisation for row in partnership.current_participations]
    return Record(
        kind="partnership",
        pk=partnership.pk,
        texts=_of_purpose_and_seeks(partnership, partnership.seeks.all()),
        for_lang=LANGUAGES,
        acl=audience.of_partnership(partnership),
        day=day_of(partnership),
        topics=(
            *_in_both(partnership.topics.all()),
            *_in_both(partnership.places.all()),
            *(row.name for row in current),
        ),
        facets={
            "topic": _slugs(partnership.topics.all()),
            "place": _slugs(partnership.places.all()),
            "organisation": _slugs(current),
            "partnership": (partnership.slug,),
            "goal": _slugs(partnership.goals.all()),
        },
    )


def _of_listed(partnership: Partnership) -> Record:
    return Record(
        kind="partnership",
        pk=partnership.pk,
        texts=_of_purpose_and_seeks(partnership, ()),
        for_lang=LANGUAGES,
        acl=audience.of_partnership(partnership),
        day=timezone.localdate(partnership.created),
        facets={"partnership": (partnership.slug,)},
    )


def _of_purpose_and_seeks(partnership: Partnership, seeks: Iterable[Seek]) -> tuple[Text, ...]:
    danish = [plain_text(partnership.purpose_html), *(f"{seek.whom_da} {seek.why_da}" for seek in seeks)]
    english = [plain_text(partnership.purpose_en_html), *(f"{seek.whom_en} {seek.why_en}" for seek in seeks)]
    return _both(
        Text("da", partnership.name, partnership.summary, _one_line(danish)),
        Text("en", partnership.name_en, partnership.summary_en, _one_line(english)),
    )


def of_post(post: Post) -> Record:
    """A Post names its author only where the author agrees to be named in public; inside the room they always stand."""
    return Record(
        kind="post",
        pk=post.pk,
        texts=(Text("da", post.title, "", plain_text(post.body_html)),),
        for_lang=LANGUAGES,
        acl=audience.in_a_room(post),
        day=day_of(post),
        topics=(post.partnership.name,),
        years=(timezone.localdate(post.published).year,),
        facets={
            "partnership": (post.partnership.slug,),
            "organisation": (post.organisation_shown.slug,) if post.organisation_shown else (),
        },
    )


def _both(danish: Text, english: Text) -> tuple[Text, ...]:
    """The English text counts where there is any; a name without one stays as it is."""
    return (danish, english) if english.title or english.summary or english.body else (danish,)


def _named(term: object, lang: str) -> str:
    return (term.name_en or term.name_da) if lang == "en" else term.name_da


def _in_both(terms: Iterable) -> list[str]:
    return [name for term in terms for name in (term.name_da, term.name_en) if name]


def _slugs(things: Iterable) -> tuple[str, ...]:
    return tuple(dict.fromkeys(thing.slug for thing in things))


def _one_line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
