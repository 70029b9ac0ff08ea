"""Samspil drawing kit: calm flat SVG pictures on a 20-unit grid. Run: python draw.py -> assets/img/*.svg
Only straight lines, quarter arcs and circles. One straw flow per picture = "that which changes hands"."""
import math, pathlib, sys
OUT = pathlib.Path(sys.argv[1])
C = dict(f900="#0A2E36", f800="#0E3F49", f700="#115464", f600="#1D6B7C", f500="#4A92A0", f400="#78B0BA",
         f300="#A3CACF", f200="#CFE3E5", f100="#E6F1F1", f50="#F3F8F8", s700="#7A5200", s500="#E5AE38",
         s300="#F3D58C", s100="#FCF3DB", paper="#FBF9F4", white="#FFFFFF", m500="#5E9A73", m300="#A9CDB3",
         m100="#E1F0E3", c500="#C8643F", c100="#FBE7DF")

def rect(x, y, w, h, c, r=0):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{C[c]}"' + (f' rx="{r}"' if r else "") + "/>"
def circ(x, y, r, c):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{C[c]}"/>'
def path(d, c=None, stroke=None, w=8):
    if stroke:
        return f'<path d="{d}" fill="none" stroke="{C[stroke]}" stroke-width="{w}" stroke-linecap="round" stroke-linejoin="round"/>'
    return f'<path d="{d}" fill="{C[c]}"/>'
def pipe(pts, c="s500", w=8, r=20):
    """Orthogonal polyline with quarter-round corners."""
    d = f"M{pts[0][0]} {pts[0][1]}"
    for (ax, ay), (bx, by), (cx, cy) in zip(pts, pts[1:], pts[2:]):
        l1, l2 = math.hypot(bx-ax, by-ay), math.hypot(cx-bx, cy-by)
        q = min(r, l1/2, l2/2)
        p1 = (bx-(bx-ax)/l1*q, by-(by-ay)/l1*q); p2 = (bx+(cx-bx)/l2*q, by+(cy-by)/l2*q)
        d += f" L{p1[0]:g} {p1[1]:g} Q{bx} {by} {p2[0]:g} {p2[1]:g}"
    return path(d + f" L{pts[-1][0]} {pts[-1][1]}", stroke=c, w=w)
def node(x, y, c="s500", core="white", r=10):
    return circ(x, y, r, c) + circ(x, y, r*.42, core)
def windows(x, y, cols, rows, c="f200", s=10, gap=20):
    return "".join(rect(x+i*gap, y+j*gap, s, s, c, 2) for i in range(cols) for j in range(rows))
def steam(x, y, c="white", k=1.0):
    return circ(x, y, 10*k, c) + circ(x+16*k, y-16*k, 14*k, c) + circ(x+40*k, y-30*k, 19*k, c) + circ(x+74*k, y-38*k, 13*k, c)
def chimney(x, base, h, c="f700", w=20, band="f300"):
    return rect(x, base-h, w, h, c) + rect(x, base-h+10, w, 8, band)
def house(x, base, w=50, h=36, wall="white", roof="f600", door="f300"):
    return rect(x, base-h, w, h, wall) + path(f"M{x-6} {base-h} L{x+w/2:g} {base-h-26} L{x+w+6} {base-h} Z", roof) + rect(x+w/2-6, base-18, 12, 18, door)
def waves(x, y, n, c, w=6, step=40):
    d = f"M{x} {y}"
    for i in range(n): d += f" q{step/4:g} -10 {step/2:g} 0 q{step/4:g} 10 {step/2:g} 0"
    return path(d, stroke=c, w=w)
def turbine(x, base, h, c="white", rot=0, hub="f700"):
    b = h*.5; out = path(f"M{x-3} {base} L{x-1.5} {base-h} L{x+1.5} {base-h} L{x+3} {base} Z", c)
    for k in range(3):
        a = math.radians(rot+k*120-90)
        ex, ey = x+math.cos(a)*b, base-h+math.sin(a)*b
        px, py = math.cos(a+math.pi/2)*h*.035, math.sin(a+math.pi/2)*h*.035
        out += path(f"M{x-px:.1f} {base-h-py:.1f} L{x+px*1.6+math.cos(a)*b*.25:.1f} {base-h+py*1.6+math.sin(a)*b*.25:.1f} L{ex:.1f} {ey:.1f} Z", c)
    return out + circ(x, base-h, max(3, h*.04), hub)
def bale(x, y, r=22):
    return circ(x, y, r, "s500") + f'<path d="M{x} {y} m-{r*.62:g} 0 a{r*.62:g} {r*.62:g} 0 1 1 {r*.62:g} {r*.62:g}" fill="none" stroke="{C["s300"]}" stroke-width="4" stroke-linecap="round"/>' + circ(x, y, 4, "s300")
def church(x, base, k=1.0, c="f600"):
    """Five towers: the town's own silhouette, reduced to rectangles and triangles."""
    def t(cx, w, h, s): return rect(x+(cx-w/2)*k, base-h*k, w*k, h*k, c) + path(f"M{x+(cx-w/2-2)*k:g} {base-h*k:g} L{x+cx*k:g} {base-(h+s)*k:g} L{x+(cx+w/2+2)*k:g} {base-h*k:g} Z", c)
    return rect(x, base-34*k, 120*k, 34*k, c) + t(10, 18, 62, 34) + t(38, 16, 54, 30) + t(60, 24, 84, 44) + t(82, 16, 54, 30) + t(110, 18, 62, 34)
def field(x, y, w, h, rows, c1, c2):
    return rect(x, y, w, h, c1) + "".join(rect(x, y+(i+.5)*h/rows, w, h/rows/2, c2) for i in range(rows))

def save(name, body, bg="f100", ground="f200", w=480, h=300, gy=240, title=None):
    base = (rect(0, 0, w, h, bg) if bg else "") + (rect(0, gy, w, h-gy, ground) if ground else "")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT/f"{name}.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">{base}{body}</svg>\n')

# 1 steam: power station gives, factory takes
save("damp", circ(400, 70, 36, "s300")
     + rect(40, 160, 120, 80, "f700", 4) + chimney(60, 160, 80) + chimney(110, 160, 60, "f800") + steam(76, 66) + windows(60, 180, 4, 2, "f500")
     + rect(320, 140, 120, 100, "f600", 4) + path("M320 140 L320 116 L360 140 L360 116 L400 140 L400 116 L440 140 Z", "f600") + windows(340, 170, 4, 2, "f200")
     + pipe([(160, 210), (200, 210), (200, 170), (250, 170), (250, 210), (320, 210)]) + node(160, 210) + node(320, 210)
     + pipe([(340, 240), (340, 270), (140, 270), (140, 240)], "f500", 6) )
# 2 lake water
save("soe", circ(90, 80, 34, "s300") + path("M0 240 L0 190 Q120 140 240 190 T480 180 L480 240 Z", "m300")
     + rect(340, 120, 40, 120, "f700", 4) + rect(380, 160, 80, 80, "f600", 4) + windows(395, 180, 3, 2, "f200") + windows(352, 140, 1, 4, "f300", 14)
     + rect(0, 232, 480, 68, "f500") + waves(0, 250, 12, "f400") + waves(20, 272, 12, "f300")
     + pipe([(120, 262), (120, 200), (220, 200), (220, 160), (300, 160), (300, 200), (340, 200)]) + node(120, 262) + node(340, 200)
     + circ(210, 200, 22, "f800") + circ(210, 200, 12, "s300"), bg="f100", ground="f500", gy=236)
# 3 straw to ethanol
save("halm", field(0, 220, 480, 80, 4, "s300", "s100") + bale(60, 208, 26) + bale(116, 208, 26) + bale(88, 162, 26)
     + rect(190, 120, 110, 110, "f700", 4) + rect(210, 90, 24, 40, "f600") + rect(250, 100, 24, 30, "f600") + steam(222, 76, "white", .8) + windows(208, 145, 5, 3, "f500", 10, 18)
     + pipe([(146, 190), (190, 190)]) + node(146, 190) + pipe([(300, 190), (350, 190)]) + node(300, 190)
     + path("M386 96 h36 v46 l34 70 q8 20 -14 20 h-76 q-22 0 -14 -20 l34 -70 Z", "white") + path("M374 176 h60 l18 38 q5 12 -8 12 h-80 q-13 0 -8 -12 Z", "s500") + rect(380, 86, 48, 14, "f600", 6), bg="s100", ground="s300", gy=220)
# 4 heat pump
save("varmepumpe", rect(0, 240, 480, 60, "f200")
     + waves(-10, 200, 4, "f500", 8) + waves(-10, 222, 4, "f400", 8) + waves(-10, 178, 4, "f300", 8)
     + rect(170, 120, 120, 120, "f700", 10) + circ(230, 180, 44, "f800") + "".join(path(f"M230 180 L{230+38*math.cos(math.radians(a)):.1f} {180+38*math.sin(math.radians(a)):.1f} A38 38 0 0 1 {230+38*math.cos(math.radians(a+50)):.1f} {180+38*math.sin(math.radians(a+50)):.1f} Z", "f400") for a in (10, 130, 250)) + circ(230, 180, 8, "s500")
     + pipe([(290, 150), (330, 150), (330, 270), (437, 270)]) + node(290, 150)
     + pipe([(369, 270), (369, 240)], "s500", 6) + pipe([(437, 270), (437, 240)], "s500", 6)
     + house(344, 240) + house(412, 240, 50, 52, "white", "f700") + steam(200, 106, "white", .7))
# 5 wind and sun
save("vindsol", circ(350, 110, 52, "s300") + circ(350, 110, 34, "s500") + path("M0 240 L0 200 Q140 130 280 200 T480 190 L480 300 L0 300 Z", "m300")
     + turbine(90, 200, 130, "white", 12) + turbine(190, 190, 96, "white", 48) + turbine(36, 214, 74, "white", 80)
     + "".join(path(f"M{x} 262 L{x+22} 216 L{x+82} 216 L{x+60} 262 Z", "f700") + path(f"M{x+22} 262 L{x+43} 216 M{x+41} 262 L{x+63} 216 M{x+10} 240 L{x+70} 240", stroke="f400", w=3) for x in (250, 340))
     + pipe([(90, 214), (90, 280), (460, 280)], "s500", 6) + node(90, 214, r=8) + node(460, 280, r=8), bg="f100", ground="m300", gy=240)
# 6 people round a table
def person(x, y, body, a):
    dx, dy = math.cos(a), math.sin(a)
    return f'<g transform="translate({x:.0f} {y:.0f}) rotate({math.degrees(a)+90:.0f})">' + path("M-30 8 a30 22 0 0 1 60 0 q0 12 -12 12 h-36 q-12 0 -12 -12 Z", body) + circ(0, 6, 15, "s300" if body != "s500" else "f200") + "</g>"
ppl = "".join(person(240+146*math.cos(math.radians(a)), 150+100*math.sin(math.radians(a)), b, math.radians(a)) for a, b in [(-90, "f700"), (-35, "f500"), (25, "m500"), (90, "f600"), (155, "c500"), (215, "f800")])
save("bord", f'<ellipse cx="240" cy="150" rx="112" ry="70" fill="{C["white"]}"/>' + ppl
     + pipe([(180, 150), (216, 150), (216, 122), (264, 122), (264, 150), (300, 150)], "s500", 7, 14) + pipe([(300, 158), (300, 182), (180, 182), (180, 158)], "f500", 6, 14) + node(180, 152) + node(300, 152), bg="m100", ground=None)
# 7 biogas
save("biogas", field(0, 236, 480, 64, 4, "m300", "m100")
     + path("M60 236 v-50 a60 60 0 0 1 120 0 v50 Z", "f700") + path("M60 186 a60 60 0 0 1 120 0 Z", "f500") + path("M190 236 v-36 a46 46 0 0 1 92 0 v36 Z", "f600") + path("M190 200 a46 46 0 0 1 92 0 Z", "f400")
     + circ(236, 120, 0, "f100") + pipe([(120, 126), (120, 76), (400, 76), (400, 104)]) + node(120, 126) + node(400, 104)
     + path("M398 236 q-40 -8 -36 -46 q4 -26 26 -44 q-2 20 12 28 q2 -30 26 -46 q-4 28 14 46 q14 18 6 38 q-8 22 -30 24 Z", "s500") + path("M402 236 q-20 -6 -18 -26 q4 -16 18 -26 q2 14 10 18 q12 8 8 22 q-4 10 -14 12 Z", "s100")
     + pipe([(236, 252), (236, 276), (60, 276), (60, 254)], "f600", 6), bg="m100", ground="m300", gy=236)
# 8 gypsum: from flue gas to boards
save("gips", rect(30, 130, 100, 110, "f700", 4) + chimney(50, 130, 70, "f800") + steam(62, 46, "white", .8) + windows(50, 150, 4, 3, "f500", 10, 18)
     + pipe([(130, 200), (190, 200)]) + node(130, 200) + path("M190 240 L240 150 L290 240 Z", "white") + path("M215 195 L240 150 L265 195 Q240 180 215 195 Z", "f300")
     + pipe([(282, 200), (330, 200)]) + node(330, 200) + "".join(rect(340, 224-i*18, 110, 14, ("f500", "white", "f300")[i % 3], 3) for i in range(6)) + rect(340, 238, 110, 6, "f800"))
# 9 the town: networked buildings (Smart City, infrastructure)
save("by", church(40, 240, 1.1, "f600") + rect(200, 130, 60, 110, "f700", 4) + windows(212, 150, 2, 4, "f300", 12, 22) + rect(270, 170, 70, 70, "f500", 4) + windows(284, 186, 3, 2, "f100", 10, 18) + house(362, 240, 70, 44, "white", "f700")
     + f'<path d="M100 90 L230 60 L305 110 L398 80" fill="none" stroke="{C["f400"]}" stroke-width="5" stroke-dasharray="2 14" stroke-linecap="round"/>'
     + pipe([(106, 240), (106, 272), (230, 272), (230, 240)], "s500", 7) + pipe([(230, 272), (305, 272), (305, 240)], "s500", 7)
     + node(100, 90, "f600") + node(230, 60, "s500") + node(305, 110, "f600") + node(398, 80, "f500"), bg="f100", ground="f200")
# 10 network of pipes (generic cover)
save("roer", pipe([(-10, 90), (120, 90), (120, 190), (260, 190), (260, 70), (400, 70), (400, 220), (490, 220)], "f600", 16, 30)
     + pipe([(-10, 150), (70, 150), (70, 250), (330, 250), (330, 130), (490, 130)], "f400", 16, 30) + pipe([(-10, 220), (180, 220), (180, 60), (340, 60), (340, -10)], "s500", 16, 30)
     + node(120, 140, "f600", r=20) + node(260, 130, "f600", r=20) + node(180, 140, "s500", r=20) + node(330, 190, "f400", r=20), bg="f100", ground=None)
# 11 brewery by the fjord: cooling water that nobody takes yet ends in an open node
save("bryg", circ(96, 84, 34, "s300") + rect(0, 240, 480, 60, "f500") + waves(0, 262, 12, "f400") + waves(20, 282, 12, "f300")
     + rect(150, 130, 120, 110, "f700", 4) + path("M150 130 L210 92 L270 130 Z", "f800") + windows(168, 152, 5, 3, "f500", 10, 18)
     + "".join(rect(286+i*46, 120+i*16, 38, 120-i*16, ("f600", "f500")[i % 2], 12) for i in range(2)) + rect(286, 226, 84, 14, "f800", 3) + chimney(228, 104, 46, "f800") + steam(240, 46, "white", .7)
     + pipe([(370, 200), (400, 200), (400, 160), (440, 160)]) + node(370, 200) + node(440, 160, "s300", "white", 12)
     + path("M60 240 v-44 q0 -10 8 -16 v-24 h20 v24 q8 6 8 16 v44 Z", "m500") + rect(60, 206, 36, 20, "s100"), bg="f100", ground="f500")
# 12 plan: a map sheet with goals as nodes
save("plan", rect(70, 50, 340, 200, "white", 10) + path("M70 180 Q150 140 210 170 T410 150 V240 Q410 250 400 250 H80 Q70 250 70 240 Z", "f200") + path("M70 210 Q160 180 230 206 T410 190 V240 Q410 250 400 250 H80 Q70 250 70 240 Z", "f300")
     + church(104, 172, .5, "f600") + rect(320, 122, 20, 40, "f700", 2) + rect(344, 136, 34, 26, "f600", 2)
     + pipe([(120, 90), (180, 90), (180, 120), (250, 120), (250, 88), (360, 88)], "s500", 7) + node(120, 90) + node(250, 104, "f600") + node(360, 88) + rect(240, 250, 0, 0, "white"), bg="m100", ground=None)
# 13 district heat: one plant, many houses
save("fjernvarme", circ(392, 76, 34, "s300") + rect(34, 150, 110, 90, "f700", 4) + chimney(60, 150, 84, "f800") + steam(74, 54) + windows(52, 172, 4, 2, "f500", 10, 20)
     + "".join(house(x, 240, 54, h, "white", r, "f500") for x, h, r in ((190, 40, "f600"), (268, 54, "f700"), (346, 40, "f600"), (424, 48, "f700")))
     + pipe([(90, 240), (90, 272), (452, 272), (452, 244)], "s500", 8) + "".join(pipe([(x, 272), (x, 244)], "s500", 6) for x in (217, 295, 373)) + node(90, 240), bg="s100", ground="s300")
# empty state
save("tom", circ(120, 80, 62, "f100") + pipe([(20, 110), (70, 110), (70, 60), (120, 60)], "f400", 7) + node(20, 110, "f400", r=9)
     + f'<path d="M146 60 h70" fill="none" stroke="{C["s500"]}" stroke-width="7" stroke-dasharray="1 16" stroke-linecap="round"/>' + node(120, 60, "s500", r=10) + circ(220, 60, 10, "s300"), bg=None, ground=None, w=240, h=160, gy=0)

# hero panorama: transparent sky, sits on fjord-800
W, B = 1600, 300
hero = (circ(1236, 96, 104, "s500")
  + path(f"M0 {B} L0 210 Q200 150 420 210 T860 200 T1300 190 T1600 210 L1600 {B} Z", "f700")
  + turbine(1452, 222, 240, "f300", 20) + turbine(1548, 228, 150, "f300", 70) + turbine(1372, 226, 130, "f300", 100)
  + church(150, B, 1.35, "f500")
  + house(40, B, 54, 40, "f300", "f500", "f600") + house(340, B, 54, 40, "f300", "f600", "f600") + house(408, B, 54, 54, "f300", "f500", "f600")
  + rect(560, 190, 150, 110, "f600", 4) + chimney(580, 190, 110, "f500", 24, "s300") + chimney(640, 190, 80, "f500", 24, "s300") + steam(594, 62, "f200", 1.1) + steam(654, 92, "f300", .8) + windows(584, 216, 6, 3, "f400", 10, 20)
  + rect(780, 150, 60, 150, "f500", 4) + windows(794, 170, 2, 6, "f200", 12, 20) + rect(840, 210, 110, 90, "f600", 4) + path("M840 210 v-22 l36 22 v-22 l36 22 v-22 l38 22 Z", "f600") + windows(856, 230, 4, 2, "f300", 10, 24)
  + path(f"M1010 {B} v-66 a54 54 0 0 1 108 0 v66 Z", "f500") + path("M1010 234 a54 54 0 0 1 108 0 Z", "f300") + path(f"M1124 {B} v-44 a40 40 0 0 1 80 0 v44 Z", "f600") + path("M1124 256 a40 40 0 0 1 80 0 Z", "f400")
  + rect(0, B, W, 100, "f900")
  + bale(1290, 282, 20) + bale(1332, 282, 20) + bale(1311, 248, 20)
  + pipe([(252, 300), (252, 346), (625, 346), (625, 300)], "s500", 9, 24) + pipe([(625, 346), (895, 346), (895, 300)], "s500", 9, 24) + pipe([(895, 346), (1064, 346), (1064, 300)], "s500", 9, 24) + pipe([(1311, 302), (1311, 346), (1164, 346), (1164, 300)], "s500", 9, 24)
  + pipe([(820, 300), (820, 374), (68, 374), (68, 300)], "f400", 7, 24) + pipe([(1090, 300), (1090, 374), (820, 374)], "f400", 7, 24)
  + "".join(node(x, 300, "s500", "f900", 11) for x in (252, 625, 895, 1064, 1164, 1311)) + "".join(node(x, 300, "f400", "f900", 9) for x in (68, 820, 1090)))
save("panorama", f'<g transform="translate(0 140)">{hero}</g>', bg=None, ground=None, w=W, h=540)
