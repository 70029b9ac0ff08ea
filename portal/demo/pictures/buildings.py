"""What people built: works, tanks, houses, towers. Each is a few shapes and knows nothing of its picture."""

from .shapes import circ, line, placed, rect, shape, windows


def steam(x: float, y: float, colour: str = "white", k: float = 1) -> str:
    puffs = ((0, 0, 10), (16, -16, 14), (40, -30, 19), (74, -38, 13))
    return "".join(circ(x + dx * k, y + dy * k, r * k, colour) for dx, dy, r in puffs)


def chimney(x: float, base: float, h: float, colour: str = "f700", w: float = 20, band: str = "f300") -> str:
    return rect(x, base - h, w, h, colour) + rect(x, base - h + 10, w, 8, band)


def plant(
    x: float, y: float, w: float, h: float, cols: int, rows: int, colour: str = "f700", panes: str = "f500"
) -> str:
    """A works building with its top left corner at x, y and a grid of windows."""
    return rect(x, y, w, h, colour, 4) + windows(x + 18, y + 20, cols, rows, panes, 10, 20)


def sawtooth(x: float, y: float, w: float, h: float, teeth: int, colour: str = "f600") -> str:
    """A factory hall whose roof is cut like a saw."""
    step = w / teeth
    roof = "".join(f" L{x + i * step:g} {y - 24:g} L{x + (i + 1) * step:g} {y:g}" for i in range(teeth))
    return rect(x, y, w, h, colour, 4) + shape(f"M{x:g} {y:g}{roof} L{x + w:g} {y + 8:g} L{x:g} {y + 8:g} Z", colour)


def house(
    x: float, base: float, w: float = 50, h: float = 36, wall: str = "white", roof: str = "f600", door: str = "f300"
) -> str:
    gable = f"M{x - 6:g} {base - h:g} L{x + w / 2:g} {base - h - 26:g} L{x + w + 6:g} {base - h:g} Z"
    return rect(x, base - h, w, h, wall) + shape(gable, roof) + rect(x + w / 2 - 6, base - 18, 12, 18, door)


def dome(x: float, base: float, r: float, wall: float, colour: str = "f700", lid: str = "f500") -> str:
    """A round tank under a gas-tight lid."""
    bow = f"a{r:g} {r:g} 0 0 1 {2 * r:g} 0"
    side = base - wall
    return shape(f"M{x:g} {base:g} V{side:g} {bow} V{base:g} Z", colour) + shape(f"M{x:g} {side:g} {bow} Z", lid)


def tank(x: float, base: float, w: float, h: float, colour: str = "f600", band: str = "f400") -> str:
    return rect(x, base - h, w, h, colour, 12) + rect(x, base - h * 0.55, w, 8, band)


def silo(x: float, base: float, w: float, h: float, colour: str = "f500", legs: str = "f800") -> str:
    """A bin that narrows downwards and stands on two legs."""
    foot = base - 46
    body = shape(f"M{x:g} {foot:g} H{x + w:g} L{x + w * 0.62:g} {base - 14:g} H{x + w * 0.38:g} Z", colour)
    stand = rect(x + 4, foot, 6, 46, legs) + rect(x + w - 10, foot, 6, 46, legs)
    return stand + body + rect(x, foot - h, w, h + 2, colour, 6)


def turbine(x: float, base: float, h: float, colour: str = "white", rot: float = 0, hub: str = "f700") -> str:
    top, blade = base - h, h * 0.5
    mast = f"M{x - 3:g} {base:g} L{x - 1.5:g} {top:g} L{x + 1.5:g} {top:g} L{x + 3:g} {base:g} Z"
    form = shape(f"M{-h * 0.035:g} 0 L{h * 0.056:g} {-blade * 0.25:g} L0 {-blade:g} Z", colour)
    blades = "".join(placed(form, x, top, turn=rot + k * 120) for k in range(3))
    return shape(mast, colour) + blades + circ(x, top, max(3, h * 0.04), hub)


def church(x: float, base: float, k: float = 1, colour: str = "f600") -> str:
    """Five towers: the town's own silhouette, reduced to rectangles and triangles."""
    towers = ((10, 18, 62, 34), (38, 16, 54, 30), (60, 24, 84, 44), (82, 16, 54, 30), (110, 18, 62, 34))
    nave = rect(x, base - 34 * k, 120 * k, 34 * k, colour)
    return nave + "".join(
        _tower(x + mid * k, base, w * k, h * k, spire * k, 2 * k, colour) for mid, w, h, spire in towers
    )


def _tower(mid: float, base: float, w: float, h: float, spire: float, eaves: float, colour: str) -> str:
    left, right, top = mid - w / 2, mid + w / 2, base - h
    roof = f"M{left - eaves:g} {top:g} L{mid:g} {top - spire:g} L{right + eaves:g} {top:g} Z"
    return rect(left, top, w, h, colour) + shape(roof, colour)


def panel(x: float, base: float, k: float = 1) -> str:
    """A solar panel leaning towards the sun."""
    seams = line("M22 0 l22 -46 M42 0 l22 -46 M11 -23 h60", "f400", 3)
    return placed(shape("M0 0 l22 -46 h60 l-22 46 Z", "f700") + seams, x, base, k)
