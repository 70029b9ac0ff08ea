"""The strokes and fills every picture is made of: straight lines, quarter arcs and circles in the portal's colours."""

import math
from collections.abc import Sequence

Point = tuple[float, float]

COLOURS = {
    "f900": "#0A2E36",
    "f800": "#0E3F49",
    "f700": "#115464",
    "f600": "#1D6B7C",
    "f500": "#4A92A0",
    "f400": "#78B0BA",
    "f300": "#A3CACF",
    "f200": "#CFE3E5",
    "f100": "#E6F1F1",
    "s700": "#7A5200",
    "s500": "#E5AE38",
    "s300": "#F3D58C",
    "s100": "#FCF3DB",
    "white": "#FFFFFF",
    "m500": "#5E9A73",
    "m300": "#A9CDB3",
    "m100": "#E1F0E3",
    "c500": "#C8643F",
    "c100": "#FBE7DF",
}


def rect(x: float, y: float, w: float, h: float, colour: str, r: float = 0) -> str:
    corner = f' rx="{r:g}"' if r else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{COLOURS[colour]}"{corner}/>'


def circ(x: float, y: float, r: float, colour: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{COLOURS[colour]}"/>'


def oval(x: float, y: float, rx: float, ry: float, colour: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{COLOURS[colour]}"/>'


def shape(d: str, colour: str) -> str:
    return f'<path d="{d}" fill="{COLOURS[colour]}"/>'


def line(d: str, colour: str, w: float = 8, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{COLOURS[colour]}" stroke-width="{w:g}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def ring(x: float, y: float, r: float, colour: str, w: float = 8) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="none" stroke="{COLOURS[colour]}" stroke-width="{w:g}"/>'


def _before_corner(corner: Point, towards: Point, distance: float) -> str:
    (bx, by), (ax, ay) = corner, towards
    length = math.hypot(bx - ax, by - ay)
    return f"{bx - (bx - ax) / length * distance:g} {by - (by - ay) / length * distance:g}"


def pipe(points: Sequence[Point], colour: str = "s500", w: float = 8, r: float = 20) -> str:
    """A right-angled way with quarter-round corners. In straw it is what changes hands, once in a picture."""
    d = f"M{points[0][0]:g} {points[0][1]:g}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(r, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        start, end = _before_corner(corner, before, reach), _before_corner(corner, after, reach)
        d += f" L{start} Q{corner[0]:g} {corner[1]:g} {end}"
    return line(f"{d} L{points[-1][0]:g} {points[-1][1]:g}", colour, w)


def node(x: float, y: float, colour: str = "s500", core: str = "white", r: float = 10) -> str:
    """Where a flow begins or ends: a dot with a light core."""
    return circ(x, y, r, colour) + circ(x, y, r * 0.42, core)


def windows(x: float, y: float, cols: int, rows: int, colour: str = "f200", size: float = 10, gap: float = 20) -> str:
    return "".join(rect(x + i * gap, y + j * gap, size, size, colour, 2) for i in range(cols) for j in range(rows))


def waves(x: float, y: float, count: int, colour: str, w: float = 6, step: float = 40) -> str:
    wave = f" q{step / 4:g} -10 {step / 2:g} 0 q{step / 4:g} 10 {step / 2:g} 0"
    return line(f"M{x:g} {y:g}" + wave * count, colour, w)


def placed(body: str, x: float, y: float, k: float = 1, turn: float = 0) -> str:
    """What was drawn around 0, 0, moved to x, y, enlarged and turned."""
    spun = f" rotate({turn:g})" if turn else ""
    return f'<g transform="translate({x:g} {y:g}) scale({k:g}){spun}">{body}</g>'


def canvas(
    body: str, bg: str | None = "f100", ground: str | None = "f200", gy: float = 240, w: int = 480, h: int = 300
) -> str:
    """The finished picture: a tinted sky, a darker ground below `gy`, and the drawing on them."""
    sky = rect(0, 0, w, h, bg) if bg else ""
    floor = rect(0, gy, w, h - gy, ground) if ground else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
    return f"{head}{sky}{floor}{body}</svg>\n"
