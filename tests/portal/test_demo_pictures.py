"""The demonstration's drawings: every name its content uses has one, and drawing again changes nothing."""

import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from portal.demo.pictures.catalogue import PICTURES, picture
from portal.demo.pictures.draw import draw_all

CONTENT = Path(__file__).parents[2] / "portal" / "demo" / "content"


def names_in(value) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(names_in, value), set())
    if not isinstance(value, dict):
        return set()
    own = {value["picture"]} if value.get("picture") else set()
    return own.union(*map(names_in, value.values()))


def test_every_picture_that_the_content_names_is_drawn():
    asked = set().union(*(names_in(tomllib.loads(file.read_text())) for file in CONTENT.rglob("*.toml")))
    assert len(asked) > 20
    assert asked <= set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_calm_and_wordless(name):
    drawing = ElementTree.fromstring(PICTURES[name]())
    assert drawing.get("viewBox") == "0 0 480 300"
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= {
        "svg",
        "g",
        "rect",
        "circle",
        "ellipse",
        "path",
    }


def test_drawing_again_leaves_the_files_alone(tmp_path):
    draw_all(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    (tmp_path / "damp.svg").write_text("spoilt")
    draw_all(tmp_path)
    changed = {file.name for file, moment in before.items() if file.stat().st_mtime_ns != moment}
    assert changed == {"damp.svg"}


def test_two_pictures_cannot_share_a_name():
    with pytest.raises(ValueError, match="damp"):
        picture("damp")(lambda: "")
