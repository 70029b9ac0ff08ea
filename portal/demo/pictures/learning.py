"""People who agree on something: around a table, over a plan, at a swap."""

import math

from .buildings import church, turbine
from .catalogue import picture
from .people import seated, standing
from .shapes import canvas, circ, line, node, oval, pipe, rect, shape

COATS = ((-90, "f700"), (-35, "f500"), (25, "m500"), (90, "f600"), (155, "c500"), (215, "f800"))


@picture("bord")
def round_the_table() -> str:
    around = [(math.radians(turn), coat) for turn, coat in COATS]
    people = "".join(seated(240 + 146 * math.cos(a), 150 + 100 * math.sin(a), coat, a) for a, coat in around)
    give = pipe([(180, 150), (216, 150), (216, 122), (264, 122), (264, 150), (300, 150)], w=7, r=14)
    take = pipe([(300, 158), (300, 182), (180, 182), (180, 158)], "f500", 6, 14)
    return canvas(
        oval(240, 150, 112, 70, "white") + people + give + take + node(180, 152) + node(300, 152), "m100", None
    )


@picture("moede")
def meeting() -> str:
    board = rect(120, 40, 240, 120, "white", 10) + pipe(
        [(150, 120), (204, 120), (204, 76), (270, 76), (270, 104), (330, 104)], w=7, r=14
    )
    ends = node(150, 120) + node(330, 104) + rect(232, 160, 16, 30, "f300")
    coats = ("f700", "m500", "f600", "c500", "f800")
    row = "".join(standing(64 + i * 88, 262 + (i % 2) * 8, coat, 1.05) for i, coat in enumerate(coats))
    return canvas(board + ends + row, "f100", "f200")


@picture("byttedag")
def swap_day() -> str:
    string = line("M0 44 Q240 96 480 44", "f400", 4)
    flags = "".join(
        shape(
            f"M{24 + i * 56} {54 + 14 * math.sin(math.pi * (i + 0.7) / 8):.0f} h36 l-18 30 Z",
            ("f600", "s500", "m500", "c500")[i % 4],
        )
        for i in range(8)
    )
    left = (
        rect(56, 170, 110, 70, "s300", 4)
        + rect(56, 170, 110, 16, "s500", 4)
        + circ(90, 158, 16, "f500")
        + rect(114, 140, 30, 30, "f700", 4)
    )
    right = (
        rect(314, 170, 110, 70, "f300", 4)
        + rect(314, 170, 110, 16, "f500", 4)
        + circ(388, 154, 20, "m500")
        + rect(332, 148, 34, 22, "c500", 4)
    )
    swap = (
        pipe([(166, 196), (240, 196), (240, 176), (300, 176)])
        + shape("M298 162 l20 14 l-20 14 Z", "s500")
        + pipe([(314, 222), (182, 222)], "f500", 6)
        + shape("M184 208 l-20 14 l20 14 Z", "f500")
    )
    return canvas(string + flags + left + right + swap, "m100", "m300")


@picture("plan")
def plan_sheet() -> str:
    sheet = rect(70, 50, 340, 200, "white", 10) + shape(
        "M70 180 Q150 140 210 170 T410 150 V240 Q410 250 400 250 H80 Q70 250 70 240 Z", "f200"
    )
    sheet += shape("M70 210 Q160 180 230 206 T410 190 V240 Q410 250 400 250 H80 Q70 250 70 240 Z", "f300")
    works = church(104, 172, 0.5, "f600") + rect(320, 122, 20, 40, "f700", 2) + rect(344, 136, 34, 26, "f600", 2)
    goals = (
        pipe([(120, 90), (180, 90), (180, 120), (250, 120), (250, 88), (360, 88)], w=7)
        + node(120, 90)
        + node(250, 104, "f600")
        + node(360, 88)
    )
    return canvas(sheet + works + goals, "m100", None)


@picture("klimaplan")
def climate_plan() -> str:
    sheet = rect(60, 46, 300, 208, "white", 10)
    falling = "".join(
        rect(92 + i * 50, 110 + i * 26, 30, 112 - i * 26, ("f700", "f600", "f500", "f400", "f300")[i], 3)
        for i in range(5)
    )
    way = (
        pipe([(92, 84), (160, 84), (160, 110), (220, 110), (220, 142), (280, 142), (280, 182), (336, 182)], w=7, r=14)
        + node(92, 84)
        + node(336, 182)
    )
    return canvas(
        circ(420, 80, 32, "s300")
        + turbine(420, 254, 150, "white", 20)
        + sheet
        + falling
        + rect(84, 222, 252, 6, "f800", 3)
        + way,
        "m100",
        "m300",
        254,
    )
