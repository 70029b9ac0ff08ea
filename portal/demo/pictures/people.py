"""People, without faces: only that they are there."""

import math

from .shapes import circ, placed, shape


def seated(x: float, y: float, coat: str, angle: float) -> str:
    """At a table, seen from above: shoulders and head."""
    shoulders = shape("M-30 8 a30 22 0 0 1 60 0 q0 12 -12 12 h-36 q-12 0 -12 -12 Z", coat)
    return placed(shoulders + circ(0, 6, 15, "s300"), x, y, turn=math.degrees(angle) + 90)


def standing(x: float, base: float, coat: str, k: float = 1) -> str:
    """Seen from the front: a coat and a head."""
    return placed(shape("M-22 0 v-36 q0 -22 22 -22 q22 0 22 22 v36 Z", coat) + circ(0, -74, 15, "s300"), x, base, k)
