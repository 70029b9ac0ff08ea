"""Fields, soil, trees and food: where much of what industry has left returns to."""

from .buildings import tank
from .catalogue import picture
from .outdoors import bale, field, sprout, tractor, tree
from .shapes import canvas, circ, line, node, oval, pipe, rect, shape


@picture("landbrug")
def farm() -> str:
    barn = (
        rect(60, 132, 130, 92, "c500") + shape("M46 138 L125 76 L204 138 Z", "f800") + rect(102, 168, 46, 56, "white")
    )
    barn += line("M102 168 l46 56 M148 168 l-46 56", "c500", 4) + rect(204, 112, 36, 112, "f500", 16)
    rows = field(0, 224, 480, 76, 4, "s300", "s100")
    return canvas(
        circ(400, 76, 38, "s500") + barn + rows + bale(266, 206, 20) + bale(304, 206, 20) + tractor(366, 240),
        "s100",
        "s300",
        224,
    )


@picture("novogro")
def fertiliser_to_the_fields() -> str:
    works = tank(40, 214, 62, 110, "f700", "f300") + tank(112, 214, 50, 86, "f600", "f300")
    rows = field(0, 214, 480, 86, 4, "m300", "m100")
    shoots = "".join(sprout(x, 246) for x in (266, 322, 378, 434)) + "".join(
        sprout(x, 284) for x in (238, 294, 350, 406, 462)
    )
    flow = pipe([(162, 168), (206, 168), (206, 214)]) + pipe([(206, 190), (206, 268)]) + node(162, 168) + node(206, 268)
    return canvas(
        circ(392, 82, 38, "s300") + tree(300, 214, 84, "m300") + works + rows + shoots + flow, "m100", "m300", 214
    )


@picture("jordrens")
def soil_made_clean() -> str:
    hill = shape("M150 240 Q250 120 300 120 Q350 120 450 240 Z", "s700") + shape(
        "M196 192 Q260 120 300 120 Q340 120 404 192 Q300 168 196 192 Z", "c500"
    )
    life = "".join(
        circ(x, y, r, "s300")
        for x, y, r in (
            (240, 214, 6),
            (276, 200, 4),
            (312, 222, 6),
            (346, 202, 5),
            (384, 224, 5),
            (300, 150, 5),
            (330, 160, 4),
        )
    )
    arm = "M96 196 L150 100 L210 150"
    digger = (
        rect(40, 196, 92, 30, "f600", 6)
        + rect(52, 160, 42, 40, "f700", 4)
        + rect(60, 168, 24, 18, "f200", 2)
        + rect(34, 224, 104, 16, "f800", 8)
    )
    bucket = shape("M198 146 h34 l-6 30 h-24 Z", "f800")
    feed = pipe([(470, 96), (400, 96), (400, 176)]) + node(400, 176)
    return canvas(hill + life + line(arm, "f500", 10) + digger + bucket + feed + sprout(300, 122), "s100", "s300")


@picture("trae")
def trees() -> str:
    grown = tree(96, 240, 150) + tree(176, 240, 116, "m300") + tree(404, 240, 170)
    young = "".join(sprout(x, 240, 1.1) for x in (236, 288, 340))
    roots = "".join(pipe([(x, 240), (x, 272), (288, 272)], "s500", 6) for x in (96, 404)) + node(288, 272)
    return canvas(circ(262, 84, 38, "s300") + grown + young + roots, "m100", "m300")


@picture("madspild")
def nothing_thrown_away() -> str:
    table = rect(40, 222, 400, 12, "f800", 4)
    bread = shape("M70 222 v-40 q-14 -26 16 -34 q30 -10 62 0 q28 8 14 34 v40 Z", "s500") + line(
        "M92 166 l10 18 M114 162 l10 18 M136 164 l8 16", "s100", 5
    )
    apple = circ(208, 196, 27, "c500") + circ(228, 196, 25, "c500") + line("M218 172 q2 -14 12 -18", "m500", 6)
    bowl = (
        shape("M272 186 h132 q-6 36 -42 36 h-48 q-36 0 -42 -36 Z", "f600")
        + "".join(circ(296 + i * 28, 180, 17, ("m500", "s300", "m300", "c500")[i]) for i in range(4))
        + rect(264, 180, 148, 12, "f700", 6)
    )
    flow = pipe([(118, 240), (118, 270), (338, 270), (338, 240)], w=7) + node(118, 244) + node(338, 244)
    return canvas(oval(240, 120, 190, 84, "m300") + bread + apple + bowl + table + flow, "m100", None)


@picture("groen-skole")
def green_school() -> str:
    building = (
        rect(90, 130, 300, 110, "white", 4) + rect(80, 112, 320, 22, "m500", 8) + rect(218, 180, 44, 60, "f600", 3)
    )
    panes = "".join(rect(110 + i * 50, 156, 34, 28, "f300", 3) for i in (0, 1, 3.4, 4.4))
    beds = "".join(
        rect(x, 224, 76, 24, "c500", 4) + "".join(sprout(x + 16 + i * 22, 224, 0.8) for i in range(3))
        for x in (100, 306)
    )
    return canvas(
        circ(420, 70, 34, "s300")
        + tree(44, 240, 120)
        + building
        + panes
        + "".join(sprout(x, 114, 0.6) for x in range(100, 400, 33))
        + beds
        + tree(440, 240, 96),
        "m100",
        "m300",
    )
