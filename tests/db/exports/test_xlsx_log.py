"""Does a workbook hold typed numbers and no formula, by another library's reading?"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from core.journal.log import COLUMNS
from db.exports.formats import LogFormat
from tests.db.exports.handed import NOTE

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from tests.db.exports.handed import Handed


@pytest.fixture
def data(handed: Handed) -> bytes:
    return handed.data(LogFormat.XLSX)


@pytest.fixture
def book(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_the_log_is_typed(handed: Handed, book: Workbook) -> None:
    head, *rows = book["Log"].iter_rows(values_only=True)
    assert [str(title).partition(",")[0] for title in head][:4] == ["No.", "Recorded", "Happened", "Kind"]
    kept = handed.log(LogFormat.XLSX).rows
    assert len(rows) == len(kept)
    for row, one in zip(rows, kept, strict=True):
        found = dict(zip(COLUMNS, row, strict=True))
        assert found["cash"] == (None if one.cash is None else float(one.cash))
        happened = found["event_time"]
        assert isinstance(happened, datetime)
        assert happened.replace(tzinfo=UTC) == one.event_time
    assert rows[-1][COLUMNS.index("note")].replace("_x000D_", "\r") == NOTE


def test_nothing_in_it_is_a_formula_or_a_link(book: Workbook, data: bytes) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        sheets = [archive.read(name) for name in names if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert not any("external" in name.lower() for name in names)


def test_the_head_stays_and_filters(book: Workbook) -> None:
    for name in ("Log", "Totals", "Ledger", "Budgets", "Chains", "About"):
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref is not None


def test_it_says_where_it_comes_from(handed: Handed, book: Workbook) -> None:
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert about["Receipt: hash"] == handed.log(LogFormat.CSV).receipt.hash
    assert about["Receipt: entry"] == "15"
    assert about["Times"] == "UTC"


def test_the_same_log_is_the_same_file(handed: Handed, data: bytes) -> None:
    assert handed.data(LogFormat.XLSX) == data
