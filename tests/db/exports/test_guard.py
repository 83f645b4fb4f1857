"""Is no text left that a spreadsheet would run, and does every text come back?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.exports.guard import guarded, unguarded

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
ENDS = ';,\t\r\n|"'
NASTY = st.text(alphabet=f"{SIGNS}{ENDS}' a1\0", max_size=14)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(1)", "  '@SUM(1)"),
        ("'=1", "''=1"),
        ("-5 points", "'-5 points"),
        ("\t=1", "'\t'=1"),
        ("a;=1", "a;'=1"),
        ("it's 5 - 3 = 2", "it's 5 - 3 = 2"),
        ("don't", "don't"),
        ("", ""),
    ],
)
def test_the_apostrophe_stands_before_the_sign(text: str, written: str) -> None:
    assert guarded(text) == written
    assert unguarded(written) == text


@given(NASTY)
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(NASTY)
def test_no_cell_begins_with_a_sign_whatever_ends_a_cell(text: str) -> None:
    cells = [guarded(text)]
    for end in ENDS:
        cells = [piece for cell in cells for piece in cell.split(end)]
        assert not any(cell.lstrip(" ").startswith(tuple(SIGNS)) for cell in cells)
