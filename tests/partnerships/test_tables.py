"""Tables that are taken along: readable by a spreadsheet, and carried out by none."""

import csv
import io

import pytest

from partnerships import tables


def read_back(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", " =", "＝", "＋"])
def test_what_begins_like_a_formula_is_text(start):
    (_columns, (cell,)) = read_back(tables.as_csv(["navn"], [[f"{start}1+1"]], name="liste"))
    assert cell == f"'{start}1+1"


@pytest.mark.parametrize("text", ["Ærø & Søn", 'A "B", C', "to\nlinjer", "a=b", "100-200"])
def test_other_text_comes_back_as_it_was(text):
    assert read_back(tables.as_csv(["navn"], [[text]], name="liste")) == [["navn"], [text]]


def test_nothing_is_an_empty_cell_and_the_file_has_a_name():
    response = tables.as_csv(["navn", "antal"], [[None, 3]], name="liste")
    assert read_back(response)[1] == ["", "3"]
    assert response["Content-Disposition"] == 'attachment; filename="liste.csv"'
