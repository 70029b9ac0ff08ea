"""What search engines may find: every public page and the lists, in both languages."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.openness import open_pages
from cms.selectors import address
from partnerships.models import Goal, Organisation, Partnership, Topic


class Own(Sitemap):
    """On the address the site is configured with, whatever host the request named."""

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(Own):
    def items(self) -> QuerySet[Page]:
        return open_pages().filter(depth__gt=1).select_related("locale").order_by("path")

    def location(self, page: Page) -> str:
        return address(page, page.locale.language_code)

    def lastmod(self, page: Page) -> object:
        return page.last_published_at

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Each page names those that say the same in another language."""
        urls = super().get_urls(*args, **kwargs)
        alike: dict[object, list[dict[str, str]]] = defaultdict(list)
        for url in urls:
            code = url["item"].locale.language_code
            alike[url["item"].translation_key].append({"location": url["location"], "lang_code": code})
        return [{**url, "alternates": alike[url["item"].translation_key]} for url in urls]


class Lists(Own):
    i18n = alternates = True

    def items(self) -> Iterable[str]:
        return ["organisation_list", "person_list", "partnership_list", "topic_list", "goal_list"]

    def location(self, name: str) -> str:
        return reverse(f"partnerships:{name}")


class Things(Own):
    i18n = alternates = True

    def items(self) -> list:
        return [
            *Organisation.objects.public(),
            *Partnership.objects.visible_to(None),
            *Topic.objects.all(),
            *Goal.objects.all(),
        ]


SITEMAPS = {"pages": Pages, "lists": Lists, "things": Things}
