"""Heat and power: from straw, wind, sun, waste and whatever is warm enough to be worth a pipe."""

import math

from .buildings import chimney, dome, house, panel, plant, steam, turbine
from .catalogue import picture
from .outdoors import bale, car, field, flame, tree
from .shapes import canvas, circ, line, node, oval, pipe, rect, shape, waves, windows


@picture("bioethanol")
def straw_to_ethanol() -> str:
    straw = bale(60, 208, 26) + bale(116, 208, 26) + bale(88, 162, 26)
    works = rect(190, 120, 110, 110, "f700", 4) + rect(210, 90, 24, 40, "f600") + rect(250, 100, 24, 30, "f600")
    works += steam(222, 76, "white", 0.8) + windows(208, 145, 5, 3, "f500", 10, 18)
    flask = shape("M386 96 h36 v46 l34 70 q8 20 -14 20 h-76 q-22 0 -14 -20 l34 -70 Z", "white")
    flask += shape("M374 176 h60 l18 38 q5 12 -8 12 h-80 q-13 0 -8 -12 Z", "s500") + rect(380, 86, 48, 14, "f600", 6)
    flow = pipe([(146, 190), (190, 190)]) + node(146, 190) + pipe([(300, 190), (350, 190)]) + node(300, 190)
    return canvas(field(0, 220, 480, 80, 4, "s300", "s100") + straw + works + flow + flask, "s100", "s300", 220)


def _fan_blade(turn: int) -> str:
    start, end = math.radians(turn), math.radians(turn + 50)
    first = f"{230 + 38 * math.cos(start):.1f} {180 + 38 * math.sin(start):.1f}"
    last = f"{230 + 38 * math.cos(end):.1f} {180 + 38 * math.sin(end):.1f}"
    return shape(f"M230 180 L{first} A38 38 0 0 1 {last} Z", "f400")


@picture("varmepumpe")
def heat_pump() -> str:
    water = waves(-10, 200, 4, "f500", 8) + waves(-10, 222, 4, "f400", 8) + waves(-10, 178, 4, "f300", 8)
    fan = circ(230, 180, 44, "f800") + "".join(map(_fan_blade, (10, 130, 250))) + circ(230, 180, 8, "s500")
    heat = pipe([(290, 150), (330, 150), (330, 270), (437, 270)]) + node(290, 150)
    branches = pipe([(369, 270), (369, 240)], w=6) + pipe([(437, 270), (437, 240)], w=6)
    homes = house(344, 240) + house(412, 240, 50, 52, "white", "f700")
    return canvas(
        water + rect(170, 120, 120, 120, "f700", 10) + fan + heat + branches + homes + steam(200, 106, "white", 0.7)
    )


@picture("fjernvarme")
def district_heat() -> str:
    works = (
        rect(34, 150, 110, 90, "f700", 4)
        + chimney(60, 150, 84, "f800")
        + steam(74, 54)
        + windows(52, 172, 4, 2, "f500", 10, 20)
    )
    row = ((190, 40, "f600"), (268, 54, "f700"), (346, 40, "f600"), (424, 48, "f700"))
    homes = "".join(house(x, 240, 54, h, "white", roof, "f500") for x, h, roof in row)
    main = pipe([(90, 240), (90, 272), (452, 272), (452, 244)]) + node(90, 240)
    branches = "".join(pipe([(x, 272), (x, 244)], w=6) for x in (217, 295, 373))
    return canvas(circ(392, 76, 34, "s300") + works + homes + main + branches, "s100", "s300")


@picture("overskudsvarme-40000")
def heat_enough_for_the_whole_town() -> str:
    works = plant(30, 128, 96, 112, 3, 4) + chimney(50, 128, 60, "f800") + steam(62, 54, "white", 0.8)
    warm = "".join(line(f"M{150 + i * 18} 214 q-10 -14 0 -28 q10 -14 0 -28", "s500", 6) for i in range(3))
    back = "".join(house(226 + i * 50, 176, 34, 24, "white", ("f500", "f400")[i % 2], "f300") for i in range(5))
    front = "".join(house(236 + i * 62, 240, 44, 32, "white", ("f700", "f600")[i % 2], "f300") for i in range(4))
    dashed = line("M126 268 H446", "s500", 8, "1 16")
    return canvas(
        works
        + warm
        + rect(206, 176, 274, 64, "m300")
        + back
        + front
        + dashed
        + node(126, 268)
        + node(446, 268, "s300"),
        "f100",
        "f200",
    )


@picture("biogas")
def biogas() -> str:
    tanks = dome(60, 236, 60, 50) + dome(190, 236, 46, 36, "f600", "f400")
    gas = pipe([(120, 126), (120, 76), (400, 76), (400, 104)]) + node(120, 126) + node(400, 104)
    slurry = pipe([(236, 252), (236, 276), (60, 276), (60, 254)], "f600", 6)
    return canvas(
        field(0, 236, 480, 64, 4, "m300", "m100") + tanks + gas + flame(398, 236) + slurry, "m100", "m300", 236
    )


@picture("spildevand-biogas")
def biogas_from_waste_water() -> str:
    basins = "".join(
        oval(x, 246, 62, 20, "f700") + oval(x, 242, 62, 20, "f400") + oval(x, 242, 10, 4, "f700") for x in (84, 222)
    )
    arms = line("M84 242 l44 -10 M222 242 l44 -10", "f700", 4)
    sludge = pipe([(84, 222), (84, 150), (320, 150), (320, 180)], "f500", 6)
    gas = pipe([(350, 116), (350, 72), (440, 72), (440, 130)]) + node(350, 116) + node(440, 130)
    return canvas(
        circ(170, 78, 32, "s300") + basins + arms + sludge + dome(296, 240, 54, 66) + gas + flame(440, 240, 0.8),
        ground="m300",
    )


@picture("vindsol")
def wind_and_sun() -> str:
    hills = shape("M0 240 L0 200 Q140 130 280 200 T480 190 L480 300 L0 300 Z", "m300")
    mills = turbine(90, 200, 130, "white", 12) + turbine(190, 190, 96, "white", 48) + turbine(36, 214, 74, "white", 80)
    cable = pipe([(90, 214), (90, 280), (460, 280)], w=6) + node(90, 214, r=8) + node(460, 280, r=8)
    return canvas(
        circ(350, 110, 52, "s300")
        + circ(350, 110, 34, "s500")
        + hills
        + mills
        + panel(250, 262)
        + panel(340, 262)
        + cable,
        ground="m300",
    )


@picture("solceller")
def solar_roof() -> str:
    cold_store = (
        rect(60, 140, 250, 100, "f600", 4) + rect(90, 176, 56, 64, "f200", 4) + windows(176, 176, 5, 2, "f300", 12, 24)
    )
    roof = "".join(panel(70 + i * 74, 140, 0.9) for i in range(3))
    power = pipe([(310, 200), (350, 200), (350, 268), (424, 268), (424, 240)], w=7) + node(310, 200)
    return canvas(
        circ(404, 84, 44, "s300") + circ(404, 84, 28, "s500") + roof + cold_store + power + house(396, 240, 56, 44),
        ground="m300",
    )


@picture("ladestander")
def charging_point() -> str:
    post = (
        rect(330, 120, 60, 120, "f700", 10)
        + rect(342, 134, 36, 24, "f200", 4)
        + shape("M362 168 l-14 24 h10 l-6 20 l18 -28 h-10 l6 -16 Z", "s300")
    )
    plug = pipe([(330, 196), (286, 196), (286, 168), (236, 168), (236, 206)], w=7) + node(330, 196)
    return canvas(
        circ(90, 76, 34, "s300")
        + tree(430, 240, 120)
        + rect(40, 240, 400, 6, "f300")
        + car(110, 240)
        + post
        + plug
        + node(232, 212),
        ground="m300",
    )
