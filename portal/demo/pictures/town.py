"""The town: towers, homes, the harbour, the school, and the pipes between them."""

from .buildings import church, house
from .catalogue import picture
from .outdoors import bicycle, cloud, tree
from .shapes import canvas, circ, line, node, pipe, rect, shape, waves, windows


@picture("by")
def town() -> str:
    old = (
        church(50, 240, 1.2, "f600")
        + house(210, 240, 52, 50, "white", "c500")
        + house(276, 240, 52, 66, "s100", "f700")
    )
    new = (
        rect(344, 120, 62, 120, "f700", 4)
        + windows(356, 138, 2, 4, "f300", 14, 24)
        + house(420, 240, 44, 36, "white", "f600")
    )
    return canvas(
        cloud(290, 76, 0.8)
        + circ(96, 70, 30, "s300")
        + old
        + new
        + tree(200, 240, 60)
        + tree(338, 240, 54, "m300")
        + pipe([(122, 240), (122, 272), (374, 272), (374, 240)], w=7)
    )


@picture("smartcity")
def connected_town() -> str:
    buildings = (
        church(40, 240, 1.1, "f600") + rect(200, 130, 60, 110, "f700", 4) + windows(212, 150, 2, 4, "f300", 12, 22)
    )
    buildings += (
        rect(270, 170, 70, 70, "f500", 4)
        + windows(284, 186, 3, 2, "f100", 10, 18)
        + house(362, 240, 70, 44, "white", "f700")
    )
    signals = line("M100 90 L230 60 L305 110 L398 80", "f400", 5, "2 14")
    pipes = pipe([(106, 240), (106, 272), (230, 272), (230, 240)], w=7) + pipe(
        [(230, 272), (305, 272), (305, 240)], w=7
    )
    dots = node(100, 90, "f600") + node(230, 60) + node(305, 110, "f600") + node(398, 80, "f500")
    return canvas(buildings + signals + pipes + dots)


@picture("boliger")
def homes() -> str:
    blocks = "".join(
        rect(x, y, 92, 240 - y, colour, 4) + windows(x + 16, y + 18, 3, rows, "s100", 14, 24)
        for x, y, rows, colour in ((44, 108, 4, "f700"), (152, 136, 3, "f600"))
    )
    row = "".join(house(270 + i * 66, 240, 54, 44, "white", ("c500", "f700", "c500")[i], "f500") for i in range(3))
    heat = pipe([(90, 240), (90, 272), (429, 272), (429, 242)]) + "".join(
        pipe([(x, 272), (x, 242)], w=6) for x in (198, 297, 363)
    )
    return canvas(circ(410, 84, 34, "s300") + tree(258, 240, 70) + blocks + row + heat + node(90, 244), "f100", "m300")


@picture("havn")
def harbour() -> str:
    sea = rect(0, 240, 480, 60, "f500") + waves(0, 260, 12, "f400") + waves(20, 282, 12, "f300")
    quay = rect(0, 222, 210, 78, "f800") + rect(0, 216, 214, 10, "f300")
    crane = (
        rect(60, 84, 12, 132, "f600")
        + rect(130, 84, 12, 132, "f600")
        + rect(40, 74, 250, 14, "f700", 4)
        + line("M262 88 V142", "f800", 4)
        + rect(244, 142, 36, 22, "s500", 3)
    )
    boxes = "".join(
        rect(76 + i * 30, 194 - j * 22, 28, 20, ("c500", "s300", "f400", "m500")[(i + j) % 4], 2)
        for i in range(2)
        for j in range(2)
    )
    ship = (
        shape("M226 206 H460 L436 252 H250 Z", "f700")
        + rect(400, 162, 40, 46, "white", 3)
        + windows(408, 172, 2, 1, "f400", 10, 16)
        + "".join(rect(240 + i * 38, 186, 34, 20, ("f300", "c500", "s300", "m300")[i], 2) for i in range(4))
    )
    return canvas(circ(380, 76, 36, "s300") + sea + ship + quay + crane + boxes, "f100", "f500")


@picture("skole")
def school() -> str:
    wings = (
        rect(50, 156, 380, 84, "white", 4)
        + rect(190, 116, 100, 124, "f700", 4)
        + shape("M178 120 L240 72 L302 120 Z", "f800")
    )
    clock = (
        circ(240, 142, 18, "s100") + line("M240 142 V130 M240 142 h9", "f800", 4) + rect(220, 186, 40, 54, "f300", 3)
    )
    panes = "".join(rect(x, 180, 30, 30, "f400", 3) for x in (70, 110, 150, 302, 342, 382))
    flag = line("M450 240 V90", "f600", 5) + shape("M386 92 h62 v34 h-62 l14 -17 Z", "s500")
    return canvas(
        cloud(70, 80, 0.8) + wings + clock + panes + flag + tree(36, 240, 90) + rect(0, 238, 480, 4, "m500"),
        "f100",
        "m300",
    )


@picture("cykel")
def bicycle_path() -> str:
    path = rect(0, 246, 480, 34, "f500") + line("M10 263 H470", "white", 4, "22 22")
    signs = (
        line("M420 246 V140", "f600", 6)
        + circ(420, 126, 26, "f700")
        + shape("M408 116 h16 v-9 l17 18 l-17 18 v-9 h-16 Z", "white")
    )
    return canvas(
        circ(90, 76, 34, "s300")
        + church(276, 240, 0.8, "f300")
        + tree(60, 240, 110)
        + tree(128, 240, 76, "m300")
        + path
        + bicycle(170, 250)
        + signs,
        "m100",
        "m300",
    )
