"""Pictures in the sizes that pages show, made when something is published: reading a page never writes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page

from partnerships.models import Image

SPECS = [f"format-{kind}|width-{width}" for kind in ("avif", "jpeg") for width in (480, 960)]


def make_renditions(images: Iterable[Image] | None = None) -> int:
    """Makes what is missing, and says how many pictures were looked at."""
    looked_at = 0
    for image in images if images is not None else Image.objects.iterator():
        image.get_renditions(*SPECS)
        looked_at += 1
    return looked_at


def pictures_of(page: Page) -> list[Image]:
    """The page's own picture, and those in its body."""
    found = [page.picture] if getattr(page, "picture", None) else []
    for block in getattr(page, "body", []):
        if block.block_type == "picture" and block.value["image"]:
            found.append(block.value["image"])
    return found


def make_after_commit(instance: Page, **kwargs: Any) -> None:
    """Receives every publication, whichever way it came; slow work waits until the page is there for good."""
    if pictures := pictures_of(instance.specific):
        transaction.on_commit(lambda: make_renditions(pictures), robust=True)
