"""Works that give each other what they have left: steam, gypsum, ash, wood, gas, yeast."""

from .buildings import chimney, plant, sawtooth, silo, steam, tank
from .catalogue import picture
from .outdoors import tree
from .shapes import canvas, circ, line, node, pipe, rect, shape, windows


@picture("damp")
def steam_to_the_factory() -> str:
    power = plant(40, 160, 120, 80, 4, 2) + chimney(60, 160, 80) + chimney(110, 160, 60, "f800") + steam(76, 66)
    factory = sawtooth(320, 140, 120, 100, 3) + windows(340, 170, 4, 2, "f200")
    there = (
        pipe([(160, 210), (200, 210), (200, 170), (250, 170), (250, 210), (320, 210)]) + node(160, 210) + node(320, 210)
    )
    back = pipe([(340, 240), (340, 270), (140, 270), (140, 240)], "f500", 6)
    return canvas(circ(400, 70, 36, "s300") + power + factory + there + back)


@picture("gips")
def gypsum_from_smoke_to_boards() -> str:
    power = plant(30, 130, 100, 110, 4, 3) + chimney(50, 130, 70, "f800") + steam(62, 46, "white", 0.8)
    heap = shape("M190 240 L240 150 L290 240 Z", "white") + shape(
        "M215 195 L240 150 L265 195 Q240 180 215 195 Z", "f300"
    )
    boards = "".join(rect(340, 224 - i * 18, 110, 14, ("f500", "white", "f300")[i % 3], 3) for i in range(6))
    flow = pipe([(130, 200), (190, 200)]) + node(130, 200) + pipe([(282, 200), (330, 200)]) + node(330, 200)
    return canvas(power + heap + flow + boards + rect(340, 238, 110, 6, "f800"))


@picture("flyveaske")
def ash_to_cement() -> str:
    power = plant(30, 140, 100, 100, 4, 3) + chimney(50, 140, 64, "f800") + steam(62, 62, "white", 0.8)
    ash = pipe([(130, 196), (176, 196), (176, 96), (248, 96), (248, 116)]) + node(130, 196)
    bags = "".join(
        rect(334 + i * 42 + j * 21, 218 - j * 24, 38, 20, ("white", "f300")[j % 2], 6)
        for j in range(3)
        for i in range(3 - j)
    )
    out = pipe([(248, 226), (248, 268), (392, 268), (392, 242)], "f500", 6)
    return canvas(circ(420, 76, 34, "s300") + power + silo(206, 240, 84, 76) + ash + node(248, 116) + out + bags)


@picture("asnaes-flis")
def wood_chips_to_the_power_station() -> str:
    logs = "".join(
        circ(46 + i * 40 + j * 20, 222 - j * 34, 19, "c500") + circ(46 + i * 40 + j * 20, 222 - j * 34, 11, "s300")
        for j in range(2)
        for i in range(3 - j)
    )
    chips = shape("M168 240 Q206 150 220 150 Q236 150 276 240 Z", "s300") + shape(
        "M196 190 Q210 150 220 150 Q230 150 246 190 Q220 176 196 190 Z", "s100"
    )
    power = plant(330, 110, 116, 130, 4, 4) + chimney(360, 110, 44, "f800") + steam(372, 54, "white", 0.7)
    belt = pipe([(252, 200), (296, 200), (296, 164), (330, 164)]) + node(252, 200) + node(330, 164)
    return canvas(
        tree(60, 190, 120, "m300") + tree(120, 200, 96, "m300") + logs + chips + power + belt, bg="m100", ground="m300"
    )


@picture("raffinaderi-gas")
def gas_from_the_refinery() -> str:
    columns = (
        rect(44, 84, 34, 156, "f700", 16) + rect(92, 116, 28, 124, "f600", 14) + rect(134, 60, 22, 180, "f500", 11)
    )
    decks = "".join(rect(40, y, 42, 6, "f300") for y in (120, 160, 200)) + "".join(
        rect(88, y, 36, 6, "f300") for y in (150, 190)
    )
    sphere = (
        rect(200, 196, 8, 44, "f800")
        + rect(252, 196, 8, 44, "f800")
        + circ(230, 176, 42, "f500")
        + rect(188, 172, 84, 8, "f300")
    )
    boards = plant(340, 150, 104, 90, 4, 3, "f600", "f300") + chimney(360, 150, 50, "f800")
    gas = pipe([(156, 90), (230, 90), (230, 134)], "s500") + pipe([(272, 190), (306, 190), (306, 210), (340, 210)])
    return canvas(
        steam(372, 86, "white", 0.7) + columns + decks + sphere + boards + gas + node(156, 90) + node(340, 210),
        bg="s100",
        ground="s300",
    )


@picture("gaerslam")
def yeast_to_feed() -> str:
    vats = "".join(tank(36 + i * 58, 240, 48, 120 - i * 18, ("f700", "f600", "f500")[i], "f300") for i in range(3))
    barn = (
        rect(320, 160, 130, 80, "c500")
        + shape("M308 164 L385 104 L462 164 Z", "f800")
        + rect(364, 190, 42, 50, "white")
        + line("M364 190 l42 50 M406 190 l-42 50", "c500", 4)
    )
    feed = pipe([(200, 186), (250, 186), (250, 268), (346, 268), (346, 240)]) + node(200, 186)
    trough = rect(232, 222, 66, 18, "f800", 6) + shape("M240 222 q26 -24 50 0 Z", "s300")
    return canvas(circ(80, 70, 32, "s300") + vats + barn + feed + trough, bg="m100", ground="m300")


@picture("vaerksted")
def workshop() -> str:
    hall = (
        sawtooth(60, 130, 240, 110, 4, "f700")
        + rect(90, 176, 70, 64, "f200", 4)
        + windows(190, 160, 4, 2, "f400", 14, 26)
    )
    bench = rect(320, 196, 130, 10, "f800", 3) + rect(334, 206, 8, 34, "f800") + rect(428, 206, 8, 34, "f800")
    pump = tank(346, 196, 40, 52, "f500", "f200") + rect(398, 176, 36, 20, "f600", 4)
    hose = pipe([(125, 208), (125, 268), (385, 268), (385, 206)], "s500", 7) + node(125, 208)
    return canvas(circ(410, 78, 32, "s300") + hall + bench + pump + hose)


@picture("bryg")
def brewery() -> str:
    house = (
        plant(70, 120, 150, 120, 6, 4)
        + shape("M66 120 L145 72 L224 120 Z", "f800")
        + chimney(176, 104, 40, "f800")
        + steam(188, 52, "white", 0.7)
    )
    vats = tank(250, 240, 52, 110, "f600", "f300") + tank(314, 240, 52, 92, "f500", "f200")
    bottle = shape("M410 240 v-66 q0 -12 10 -20 v-32 h24 v32 q10 8 10 20 v66 Z", "m500") + rect(
        410, 190, 44, 26, "s100"
    )
    return canvas(
        house + vats + bottle + pipe([(366, 200), (388, 200), (388, 170), (410, 170)]) + node(366, 200) + node(410, 170)
    )
