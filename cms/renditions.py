"""Pictures in the sizes that pages show, made when something is published: reading a page never writes."""

from collections.abc import Iterable

from partnerships.models import Image

SPECS = [f"format-{kind}|width-{width}" for kind in ("avif", "jpeg") for width in (480, 960)]


def make_renditions(images: Iterable[Image] | None = None) -> int:
    """Makes what is missing, and says how many pictures were looked at."""
    looked_at = 0
    for image in images if images is not None else Image.objects.iterator():
        image.get_renditions(*SPECS)
        looked_at += 1
    return looked_at
