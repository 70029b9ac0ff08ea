"""Marks of invented organisations, as one of theirs would have drawn them."""

from .catalogue import picture
from .shapes import canvas, circ, rect, ring, shape, waves


@picture("logo-fjordbryg")
def a_glass_on_the_fjord() -> str:
    glass = shape("M186 62 H294 L282 190 H198 Z", "s500") + rect(180, 46, 120, 26, "white", 13)
    bubbles = circ(222, 130, 8, "s300") + circ(252, 108, 6, "s300") + circ(258, 152, 10, "s300")
    return canvas(ring(240, 150, 128, "f200", 10) + glass + bubbles + waves(160, 216, 4, "f300", 10), "f800", None)
