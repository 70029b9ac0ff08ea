"""What search engines may find: every public page and the lists, in both languages."""

from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.openness import open_pages
from cms.selectors import address
from partnerships.models import Organisation, Partnership, Topic


class Pages(Sitemap):
    def items(self) -> QuerySet[Page]:
        return open_pages().filter(depth__gt=1).select_related("locale").order_by("path")

    def location(self, page: Page) -> str:
        return address(page, page.locale.language_code)

    def lastmod(self, page: Page) -> object:
        return page.last_published_at


class Lists(Sitemap):
    i18n = True

    def items(self) -> Iterable[str]:
        return ["organisation_list", "person_list", "partnership_list", "topic_list", "goal_list"]

    def location(self, name: str) -> str:
        return reverse(f"partnerships:{name}")


class Things(Sitemap):
    i18n = True

    def items(self) -> list:
        return [*Organisation.objects.all(), *Partnership.objects.all(), *Topic.objects.all()]


SITEMAPS = {"pages": Pages, "lists": Lists, "things": Things}
