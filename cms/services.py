"""Founding a site, and publishing. Editors' own acts run through Wagtail; these are for commands and the demo."""

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site

from cms.editors import PAGE_PERMISSIONS, TREE
from cms.models import (
    CaseIndexPage,
    HomePage,
    IdeaIndexPage,
    Municipality,
    PlanIndexPage,
    StandardPage,
    UpdateIndexPage,
)

# type, Danish title and slug, English title and slug
SECTIONS = [
    (CaseIndexPage, "Cases", "cases", "Cases", "cases"),
    (IdeaIndexPage, "Løsningsidéer", "ideer", "Solution ideas", "ideas"),
    (UpdateIndexPage, "Nyt", "nyt", "News", "news"),
    (PlanIndexPage, "Mål og planer", "planer", "Goals and plans", "plans"),
]
STANDARD = [
    ("about", "Om Samspil", "om", "About Samspil", "about"),
    ("contact", "Kontakt", "kontakt", "Contact", "contact"),
    ("privacy", "Privatliv", "privatliv", "Privacy", "privacy"),
    ("cookies", "Cookies", "cookies", "Cookies", "cookies"),
    ("accessibility", "Tilgængelighed", "tilgaengelighed", "Accessibility", "accessibility"),
]


@transaction.atomic
def found_site(
    *, name: str, hostname: str = "localhost", port: int = 80, address: str = "", mailbox: str = ""
) -> tuple[HomePage, HomePage]:
    """The Danish and the English front page with their lists and pages of text. Asked twice, it changes nothing."""
    danish, english = (Locale.objects.get_or_create(language_code=code)[0] for code in ("da", "en"))
    found = HomePage.objects.filter(locale=danish).first()
    if found:
        return found, found.get_translation(english)
    root = Page.objects.filter(depth=1).first() or Page.add_root(title=TREE, slug="root", locale=danish)
    root.get_children().filter(slug="home").delete()
    root = Page.objects.get(pk=root.pk)
    home = HomePage(
        title=name, slug="hjem", locale=danish, hero_title="Find ud af, hvem der ved noget. Og hvem der vil være med."
    )
    publish(home, parent=root)
    home_en = home.copy_for_translation(english)
    home_en.slug, home_en.hero_title = "home", "Find out who knows. And who wants to take part."
    publish(home_en)
    for kind, title, slug, title_en, slug_en in SECTIONS:
        _both(kind(title=title, slug=slug, locale=danish, show_in_menus=True), home, title_en, slug_en)
    for role, title, slug, title_en, slug_en in STANDARD:
        _both(StandardPage(title=title, slug=slug, role=role, locale=danish), home, title_en, slug_en)
    _open_site(home, name, hostname, port, address, mailbox)
    _let_editors_in(home, home_en)
    return home, home_en


@transaction.atomic
def publish(page: Page, *, parent: Page | None = None, actor: models.Model | None = None) -> Page:
    """Adds the page where it has no place yet, and publishes it as the editor's screen would: with a revision."""
    if parent is not None:
        parent.add_child(instance=page)
    page.save_revision(user=actor, clean=False).publish(user=actor)
    return type(page).objects.get(pk=page.pk)


@transaction.atomic
def unpublish(page: Page, *, actor: models.Model | None = None) -> None:
    page.unpublish(user=actor)


def _both(page: Page, home: HomePage, title_en: str, slug_en: str) -> None:
    """Publishes a page and its English counterpart."""
    publish(page, parent=home)
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug, english.draft_title = title_en, slug_en, title_en
    publish(english)


def _open_site(home: HomePage, name: str, hostname: str, port: int, address: str, mailbox: str) -> None:
    Site.objects.all().delete()
    site = Site.objects.create(hostname=hostname, port=port, site_name="Samspil", root_page=home, is_default_site=True)
    Municipality.objects.create(site=site, name=name, address=address, mailbox=mailbox)


def _let_editors_in(*homes: HomePage) -> None:
    """The editors' groups may work below both front pages; what each may do is in cms/editors.py."""
    for group in Group.objects.filter(name__in=PAGE_PERMISSIONS):
        for home in homes:
            for permission in PAGE_PERMISSIONS[group.name]:
                GroupPagePermission.objects.get_or_create(
                    group=group, page=home, permission=_page_permission(permission)
                )


def _page_permission(codename: str) -> models.Model:
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
