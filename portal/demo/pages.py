"""The demo's pages, published as an editor publishes them: with a revision, in Danish, and in English where it is written."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import models
from wagtail.models import Locale

from cms.models import (
    CaseIndexPage,
    CaseStoryPage,
    EvidenceLink,
    HomePage,
    IdeaIndexPage,
    OrganisationLink,
    PersonLink,
    PlanIndexPage,
    PlanSectionPage,
    PoliticalStep,
    SharedPage,
    SolutionIdeaPage,
    StandardPage,
    StatusStep,
    UpdateIndexPage,
    UpdatePage,
)
from cms.services import publish
from partnerships.models import (
    Document,
    Goal,
    Image,
    Organisation,
    Partnership,
    Place,
    PlanEdition,
    Profile,
    Sector,
    Topic,
)

from .content import day, each, html, moment, table

Named = dict[str, list[tuple[Document, str, str]]]
INDEX = {"cases": CaseIndexPage, "ideas": IdeaIndexPage, "updates": UpdateIndexPage, "plans": PlanIndexPage}


def make_pictures() -> dict[str, Image]:
    """The drawings that the front-end build made into PNG, by their names."""
    folder = Path(settings.DATA_DIR) / "demo-pictures"
    pictures = {}
    for path in sorted(folder.glob("*.png")):
        with path.open("rb") as file:
            pictures[path.stem] = Image.objects.create(
                title=path.stem, file=ImageFile(file, name=path.name), credit="Samspil"
            )
    return pictures


def write_front(editor: models.Model) -> None:
    """The front pages' and the lists' texts."""
    texts = table("home")
    for code, suffix in (("da", ""), ("en", "_en")):
        home = HomePage.objects.get(locale__language_code=code)
        home.hero_title, home.hero_lead = texts[f"hero_title{suffix}"], texts[f"hero_lead{suffix}"]
        home.search_examples = "\n".join(texts[f"search_examples{suffix}"])
        publish(home, actor=editor)
        for name, kind in INDEX.items():
            index = kind.objects.get(locale__language_code=code)
            section = texts["sections"][name]
            index.title, index.intro = section[f"title{suffix}"], section[f"intro{suffix}"]
            publish(index, actor=editor)
    for row in each("standard"):
        for code, suffix in (("da", ""), ("en", "_en")):
            page = StandardPage.objects.get(role=row["role"], locale__language_code=code)
            page.title, page.intro = row[f"title{suffix}"], row.get(f"intro{suffix}", "")
            page.body = _blocks(row[f"body{suffix}"])
            publish(page, actor=editor)


def make_pages(editor: models.Model, pictures: dict[str, Image], documents: Named) -> None:
    for row in each("stories"):
        row["documents"] = documents.get(row["slug"], [])
        _make(CaseStoryPage, CaseIndexPage, row, editor, pictures, _story)
    for row in each("ideas"):
        _make(SolutionIdeaPage, IdeaIndexPage, row, editor, pictures, _idea)
    for row in each("updates"):
        _make(UpdatePage, UpdateIndexPage, row, editor, pictures, _update)
    for row in each("plan_sections"):
        _make(PlanSectionPage, PlanIndexPage, row, editor, pictures, _plan)
    _link_successors(editor)


def _make(kind: type, index: type, row: dict, editor: models.Model, pictures: dict[str, Image], fill: Any) -> None:
    page = kind(slug=row["slug"], locale=Locale.objects.get(language_code="da"))
    page.picture = pictures.get(row["picture"])
    page.picture_decorative = page.picture is not None
    page.mailbox = row.get("contact_mailbox", "")
    page.sector = Sector.objects.filter(slug=row.get("sector") or "-").first()
    fill(page, row, "")
    _texts(page, row, "")
    page.full_clean(exclude=["path", "depth", "url_path"])
    _relations(page, row)
    published = moment(row["published"])
    page.first_published_at = page.last_published_at = published
    publish(page, parent=index.objects.get(locale__language_code="da"), actor=editor)
    _date_back(page, published)
    if row["translated"]:
        english = page.copy_for_translation(Locale.objects.get(language_code="en"))
        fill(english, row, "_en")
        _texts(english, row, "_en")
        publish(english, actor=editor)
        _date_back(english, published)


def _date_back(page: SharedPage, published: object) -> None:
    """The demo tells of earlier days; publishing itself always says now."""
    type(page).objects.filter(pk=page.pk).update(first_published_at=published, last_published_at=published)


def _texts(page: SharedPage, row: dict, suffix: str) -> None:
    page.title, page.summary = row[f"title{suffix}"], row[f"summary{suffix}"]
    page.draft_title = page.title
    body = _blocks(row[f"body{suffix}"]) if f"body{suffix}" in row else []
    page.body = [*body, *_figures(row.get("figures", []), suffix), *_documents(row.get("documents", []), suffix)]


def _relations(page: SharedPage, row: dict) -> None:
    page.topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
    page.places = list(Place.objects.filter(slug__in=row.get("places", [])))
    page.goals = list(Goal.objects.filter(slug__in=row.get("goals", [])))
    page.partnerships = list(Partnership.objects.filter(slug__in=row.get("partnerships", [])))
    page.organisation_links = [_organisation(one) for one in row.get("organisations", [])]
    page.person_links = [
        PersonLink(person=Profile.objects.get(slug=one["person"]), role=one["role"]) for one in row.get("people", [])
    ]
    if proposer := row.get("proposer_organisation"):
        page.organisation_links.add(_organisation({"organisation": proposer, "role": "proposer"}))
    for helper in row.get("helpers", []):
        page.organisation_links.add(_organisation({"organisation": helper, "role": "helper"}))
    if proposer := row.get("proposer_person"):
        page.person_links.add(PersonLink(person=Profile.objects.get(slug=proposer), role="proposer"))


def _organisation(row: str | dict) -> OrganisationLink:
    row = {"organisation": row, "role": "partner"} if isinstance(row, str) else row
    organisation = Organisation.objects.get(slug=row["organisation"])
    return OrganisationLink(organisation=organisation, role=row["role"], named=row.get("named", ""))


def _story(page: CaseStoryPage, row: dict, suffix: str) -> None:
    for name in ("problem", "solution", "result", "lessons"):
        setattr(page, name, html(row[f"{name}{suffix}"]))
    page.evidence_links = [EvidenceLink(label=one[f"label{suffix}"], url=one["url"]) for one in row["evidence"]]
    if suffix:
        return
    page.year_start, page.year_end = row["year_start"] or None, row["year_end"] or None
    fields = ("code", "date", "reason", "source")
    page.status_steps = [
        StatusStep(**{name: step.get(name, "") for name in fields}, reason_en=step.get("reason_en", ""))
        for step in row["status"]
    ]


def _idea(page: SolutionIdeaPage, row: dict, suffix: str) -> None:
    for name in ("need", "idea", "effect", "preconditions"):
        setattr(page, name, html(row[f"{name}{suffix}"]))


def _update(page: UpdatePage, row: dict, suffix: str) -> None:
    page.date = day(row["published"])


def _plan(page: PlanSectionPage, row: dict, suffix: str) -> None:
    page.edition = PlanEdition.objects.get(slug=row["edition"])
    page.account, page.see_also = html(row[f"account{suffix}"]), html(row.get(f"see_also{suffix}", ""))
    page.text_updated, page.map_url = day(row["text_last_updated"]), row["map_url"]
    page.contact_address = row["contact_address"].strip()
    if not suffix:
        page.political_steps = [
            PoliticalStep(
                step=one["step"],
                date=one["date"],
                note=one["note"],
                note_en=one["note_en"],
                is_now=one.get("now", False),
            )
            for one in row["political"]
        ]


def _link_successors(editor: models.Model) -> None:
    """A case may be succeeded by another, so this comes when all are there."""
    for row in each("stories"):
        for order, step in enumerate(row["status"]):
            successor = CaseStoryPage.objects.filter(
                slug=step.get("successor") or "-", locale__language_code="da"
            ).first()
            if successor:
                page = CaseStoryPage.objects.get(slug=row["slug"], locale__language_code="da")
                steps = list(page.status_steps.all())
                steps[order].successor = successor
                page.status_steps = steps
                first = page.first_published_at
                publish(page, actor=editor)
                _date_back(page, first)


def _blocks(markdown: str) -> list[tuple[str, Any]]:
    """Lines that begin with ## become headings; what lies between them is text."""
    blocks: list[tuple[str, Any]] = []
    for part in f"\n{markdown.strip()}".split("\n## "):
        heading, _newline, text = part.partition("\n") if blocks or not part.startswith("\n") else ("", "", part)
        if heading:
            blocks.append(("heading", heading.strip()))
        if text.strip():
            blocks.append(("text", html(text)))
    return blocks


def _figures(rows: list[dict], suffix: str) -> list[tuple[str, Any]]:
    """Figures of one label stand side by side."""
    grouped: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        label = row.get(f"label{suffix}") or row["label"]
        grouped[label].append({name: str(row.get(f"{name}{suffix}") or row.get(name, "")) for name in _FIGURE})
    return [
        ("figure", {"label": label, "values": values, "note": "", "checked": None}) for label, values in grouped.items()
    ]


def _documents(rows: list[tuple[Document, str, str]], suffix: str) -> list[tuple[str, Any]]:
    return [("document", {"document": one, "about": english if suffix else danish}) for one, danish, english in rows]


_FIGURE = ("value", "unit", "year", "method", "source")
