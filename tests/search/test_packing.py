"""What a hit is shown from comes out of an index as it went in, and takes less room there."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.packing import packed, unpacked


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_out_as_it_went_in(text):
    assert unpacked(packed(text)) == text


def test_even_a_short_row_takes_much_less_room():
    summary = "Fjernvarmen i Kalundborg kommer nu fra havvand og overskudsvarme, og det er billigere for alle."
    row = (
        f'{{"texts":[["da","En varmepumpe ved havnen","{summary}",""]],"names":[],"facts":{{"status":[]}},"years":[]}}'
    )
    assert len(packed(row)) < len(row.encode()) * 0.6
