"""Does a spreadsheet read back what was copied? Python's own reader stands in for it."""

from __future__ import annotations

import csv
import io

from db.export import SIMULATED
from gui.copying import tsv

ROWS = [["plain", "1.5"], ["tab\there", ""], ["two\nlines", 'and "quotes"']]


def test_rows_come_back_as_they_were() -> None:
    text = tsv(["Name", "Value"], ROWS, is_simulated=False)
    assert list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")) == [["Name", "Value"], *ROWS]


def test_what_is_simulated_says_so_in_every_row() -> None:
    text = tsv(["Name", "Value"], ROWS, is_simulated=True)
    head, *rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    assert head[-1] == "simulated"
    assert {row[-1] for row in rows} == {SIMULATED}
