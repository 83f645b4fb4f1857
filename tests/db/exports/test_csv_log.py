"""Is the CSV exact, and does the one for spreadsheets come back to it letter by letter?"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from core.journal.log import COLUMNS
from core.journal.log_choice import log_choice
from core.market.times import iso_utc
from db.exports.csv_log import exact_of
from db.exports.formats import LogFormat
from tests.db.exports.handed import NOTE

if TYPE_CHECKING:
    from tests.db.exports.handed import Handed


def test_every_value_is_there_as_it_was_entered(handed: Handed) -> None:
    rows = list(csv.DictReader(io.StringIO(handed.text(LogFormat.CSV), newline="")))
    assert tuple(rows[0]) == COLUMNS
    for row, kept in zip(rows, handed.log(LogFormat.CSV).rows, strict=True):
        assert row["event_time"] == iso_utc(kept.event_time)
        assert (row["note"], row["what"], row["entry_hash"]) == (kept.note, kept.what, kept.entry_hash)
        assert (Decimal(row["cash"]) if row["cash"] else None) == kept.cash
    assert rows[-1]["note"] == NOTE


def test_the_one_for_spreadsheets_gives_the_exact_one_back(handed: Handed) -> None:
    exact, safe = handed.text(LogFormat.CSV), handed.text(LogFormat.CSV_SHEET)
    assert safe != exact
    assert exact_of(safe) == exact


def test_a_negative_amount_stays_a_number_in_both(handed: Handed) -> None:
    for form in (LogFormat.CSV, LogFormat.CSV_SHEET):
        table = pd.read_csv(io.StringIO(handed.text(form)))
        assert table["cash"].dtype == float
        assert table["cash"].min() == -840  # four condors closed for 2.10


def test_columns_are_those_chosen_in_their_order(handed: Handed) -> None:
    found = handed.text(LogFormat.CSV, log_choice(columns=["cash", "sequence"], kinds=["layer_opened"]))
    assert found.split("\r\n") == ["cash,sequence", "-480.00,3", "150.00,4", ""]
