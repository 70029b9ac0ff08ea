"""Draws every picture of the demonstration: `python -m portal.demo.pictures.draw FOLDER`.

The build turns the drawings into PNG afterwards. A file that would not change is left alone, and so is its PNG.
"""

import sys
from pathlib import Path

from . import energy, industry, land, learning, logos, town, water
from .catalogue import PICTURES

SUBJECTS = (energy, industry, land, learning, logos, town, water)


def draw_all(folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        file, svg = folder / f"{name}.svg", draw()
        if not file.exists() or file.read_text() != svg:
            file.write_text(svg)
    return sorted(PICTURES)


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]))
