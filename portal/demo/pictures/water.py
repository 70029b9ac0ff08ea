"""Water that is used more than once: from the lake, from the works, from the sky."""

from .buildings import chimney, house, plant, steam, tank
from .catalogue import picture
from .outdoors import cloud, drop, fish, sprout, tree
from .shapes import canvas, circ, line, node, oval, pipe, rect, shape, waves, windows


@picture("tissoe-vand")
def lake_water() -> str:
    hills = shape("M0 240 L0 190 Q120 140 240 190 T480 180 L480 240 Z", "m300")
    works = (
        rect(340, 120, 40, 120, "f700", 4)
        + rect(380, 160, 80, 80, "f600", 4)
        + windows(395, 180, 3, 2, "f200")
        + windows(352, 140, 1, 4, "f300", 14)
    )
    lake = rect(0, 232, 480, 68, "f500") + waves(0, 250, 12, "f400") + waves(20, 272, 12, "f300")
    flow = pipe([(120, 262), (120, 200), (220, 200), (220, 160), (300, 160), (300, 200), (340, 200)])
    pump = circ(210, 200, 22, "f800") + circ(210, 200, 12, "s300")
    return canvas(
        circ(90, 80, 34, "s300") + hills + works + lake + flow + node(120, 262) + node(340, 200) + pump,
        ground="f500",
        gy=236,
    )


@picture("koelevand")
def cooling_water() -> str:
    fjord = rect(0, 240, 480, 60, "f500") + waves(0, 262, 12, "f400") + waves(20, 282, 12, "f300")
    works = (
        plant(150, 130, 120, 110, 5, 3)
        + shape("M150 130 L210 92 L270 130 Z", "f800")
        + chimney(228, 104, 46, "f800")
        + steam(240, 46, "white", 0.7)
    )
    vats = rect(286, 120, 38, 120, "f600", 12) + rect(332, 136, 38, 104, "f500", 12) + rect(286, 226, 84, 14, "f800", 3)
    untaken = (
        pipe([(370, 200), (400, 200), (400, 160), (440, 160)]) + node(370, 200) + node(440, 160, "s300", "white", 12)
    )
    intake = pipe([(70, 262), (70, 190), (150, 190)], "f500", 6) + node(70, 262, "f700", "white", 8)
    return canvas(circ(86, 84, 34, "s300") + fjord + works + vats + intake + untaken, ground="f500")


@picture("dambrug")
def fish_in_warm_water() -> str:
    works = plant(30, 120, 96, 96, 3, 3) + chimney(80, 120, 60, "f800") + steam(92, 48, "white", 0.8)
    ponds = "".join(oval(x, 248, 84, 34, "f700") + oval(x, 243, 84, 34, "f400") for x in (206, 390))
    shoal = fish(190, 236, 0.9) + fish(228, 254, 0.7, "c500") + fish(376, 252, 0.8) + fish(410, 234, 0.7, "white")
    warm = pipe([(126, 180), (206, 180), (206, 214)]) + pipe([(206, 180), (390, 180), (390, 214)]) + node(126, 180)
    return canvas(circ(420, 76, 34, "s300") + works + ponds + warm + shoal, ground="m300", gy=216)


@picture("regnvand")
def rain_water() -> str:
    sky = cloud(60, 82, 1.1) + cloud(220, 66, 0.8, "f300")
    rain = "".join(
        drop(x, y, 0.7) for x, y in ((90, 120), (130, 138), (164, 116), (244, 100), (276, 120), (108, 164), (150, 180))
    )
    bed = (
        shape("M60 240 Q140 296 250 240 Z", "f400")
        + waves(96, 252, 3, "f300", 5)
        + sprout(80, 240)
        + sprout(232, 240)
        + sprout(258, 244, 0.8)
    )
    home = house(330, 240, 84, 70, "white", "f700") + line("M424 176 V240", "f500", 6)
    return canvas(
        sky
        + rain
        + home
        + tree(300, 240, 84)
        + pipe([(424, 244), (424, 274), (190, 274), (190, 262)], w=7)
        + bed
        + node(424, 240),
        ground="m300",
    )


@picture("stroemme-oversigt")
def streams_at_a_glance() -> str:
    thick = pipe([(86, 92), (240, 92), (240, 150)], w=12) + pipe([(240, 150), (394, 150), (394, 92)], w=12)
    back = pipe([(240, 150), (240, 222), (112, 222)], "f400", 10) + pipe([(240, 222), (368, 222)], "f400", 10)
    homes = (
        circ(112, 222, 38, "white")
        + house(94, 240, 36, 24, "f200", "f600", "f500")
        + circ(368, 222, 38, "white")
        + tank(352, 242, 32, 42, "f500", "f200")
    )
    givers = (
        circ(86, 92, 40, "f700")
        + plant(66, 78, 40, 34, 0, 0, "f300")
        + chimney(72, 80, 24, "f300", 9, "f700")
        + circ(394, 92, 40, "f700")
    )
    fields = shape("M370 104 h48 v8 h-48 Z M370 90 h48 v8 h-48 Z", "s300") + waves(374, 78, 1, "f300", 5)
    return canvas(
        thick + back + homes + givers + fields + circ(240, 150, 34, "f800") + node(240, 150, "s500", "f800", 15),
        ground=None,
    )


@picture("roer")
def pipes() -> str:
    fjord = pipe(
        [(-10, 90), (120, 90), (120, 190), (260, 190), (260, 70), (400, 70), (400, 220), (490, 220)], "f600", 16, 30
    )
    pale = pipe([(-10, 150), (70, 150), (70, 250), (330, 250), (330, 130), (490, 130)], "f400", 16, 30)
    straw = pipe([(-10, 220), (180, 220), (180, 60), (340, 60), (340, -10)], "s500", 16, 30)
    knots = ((120, 140, "f600"), (260, 130, "f600"), (180, 140, "s500"), (330, 190, "f400"))
    return canvas(fjord + pale + straw + "".join(node(x, y, colour, r=20) for x, y, colour in knots), ground=None)
