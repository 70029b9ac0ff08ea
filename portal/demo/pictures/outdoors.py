"""What grows, falls and moves: fields, trees, drops, fish, wheels. Each is a few shapes."""

from .shapes import circ, line, node, oval, placed, rect, ring, shape


def field(x: float, y: float, w: float, h: float, rows: int, ground: str, furrow: str) -> str:
    step = h / rows
    return rect(x, y, w, h, ground) + "".join(rect(x, y + (i + 0.5) * step, w, step / 2, furrow) for i in range(rows))


def bale(x: float, y: float, r: float = 22) -> str:
    reach = r * 0.62
    spiral = f"M{x:g} {y:g} m{-reach:g} 0 a{reach:g} {reach:g} 0 1 1 {reach:g} {reach:g}"
    return circ(x, y, r, "s500") + line(spiral, "s300", 4) + circ(x, y, 4, "s300")


def tree(x: float, base: float, h: float = 70, crown: str = "m500", trunk: str = "f800") -> str:
    r = h * 0.34
    return rect(x - 3, base - h * 0.5, 6, h * 0.5, trunk, 2) + circ(x, base - h + r, r, crown)


def sprout(x: float, base: float, k: float = 1, colour: str = "m500") -> str:
    """Two leaves on a stalk."""
    leaves = shape("M0 -16 q-20 0 -22 -20 q20 0 22 20 Z", colour) + shape("M0 -20 q20 0 22 -20 q-20 0 -22 20 Z", colour)
    return placed(line("M0 0 V-22", colour, 4) + leaves, x, base, k)


def cloud(x: float, y: float, k: float = 1, colour: str = "white") -> str:
    puffs = circ(22, 0, 20, colour) + circ(50, -12, 28, colour) + circ(82, 0, 22, colour)
    return placed(puffs + rect(0, -2, 104, 22, colour, 11), x, y, k)


def drop(x: float, y: float, k: float = 1, colour: str = "f500") -> str:
    return placed(shape("M0 0 q14 18 0 26 q-14 -8 0 -26 Z", colour), x, y, k)


def flame(x: float, base: float, k: float = 1) -> str:
    outer = "M0 0 q-40 -8 -36 -46 q4 -26 26 -44 q-2 20 12 28 q2 -30 26 -46 q-4 28 14 46 q14 18 6 38 q-8 22 -30 24 Z"
    inner = "M4 0 q-20 -6 -18 -26 q4 -16 18 -26 q2 14 10 18 q12 8 8 22 q-4 10 -14 12 Z"
    return placed(shape(outer, "s500") + shape(inner, "s100"), x, base, k)


def fish(x: float, y: float, k: float = 1, colour: str = "s500") -> str:
    tail = shape("M-20 0 l-16 -11 v22 Z", colour)
    return placed(oval(0, 0, 24, 11, colour) + tail + circ(13, -3, 2, "f900"), x, y, k)


def wheel(x: float, y: float, r: float, colour: str = "f800", hub: str = "f300") -> str:
    return circ(x, y, r, colour) + circ(x, y, r * 0.4, hub)


def tractor(x: float, base: float, colour: str = "c500") -> str:
    body = rect(0, -50, 66, 28, colour, 4) + rect(4, -82, 36, 36, colour, 4) + rect(11, -75, 22, 20, "f100", 2)
    return placed(body + wheel(16, -20, 22) + wheel(60, -14, 15), x, base)


def car(x: float, base: float, colour: str = "f600") -> str:
    cabin = shape("M22 -36 q4 -26 24 -26 h34 q16 0 26 26 Z", colour)
    glass = shape("M33 -37 q2 -15 15 -15 h28 q9 0 15 15 Z", "f100")
    body = cabin + glass + rect(0, -38, 128, 28, colour, 12)
    return placed(body + wheel(30, -10, 14) + wheel(98, -10, 14), x, base)


def bicycle(x: float, base: float) -> str:
    """Its hind wheel touches the ground at x."""
    rims = ring(0, -34, 30, "f700") + ring(112, -34, 30, "f700")
    frame = line("M0 -34 L34 -80 H82 L52 -34 Z M52 -34 L28 -92 M112 -34 L78 -96 h18", "s500", 8)
    return placed(rims + frame + rect(14, -98, 28, 8, "f800", 4) + node(52, -34, "f800", "white", 9), x, base)
