"""Is a sheet read as the CSV file of the same table, and is an archive that would swell refused before it does?"""

from __future__ import annotations

import io
import stat
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.file_text import ImportRefusedError, file_text
from db.import_file import commit_import, plan_import
from db.workbook import WorkbookRefusedError, workbook_text
from tests.core.market.exchange import calendar, utc
from tests.db.market_journal import market_journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

NOW = utc("2024-01-02T12:00")
HEADER = ("Date", "Open", "High", "Low", "Close")
MAX_PEAK = 50 * 1024 * 1024


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return an archive with a workbook's parts, those that are given in place of its own."""
    own = {"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**own, **{name.replace("__", "/"): data for name, data in parts.items()}}.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_sheet_is_the_csv_of_its_table() -> None:
    rows = [
        HEADER,
        (date(2018, 2, 2), 13.64, 17.86, 13.64, 17.31),
        (datetime(2018, 2, 5), 18.44, 38.8, 16.8, 37),  # noqa: DTZ001 - a sheet knows no zone
        ("2018-02-06", None, "a,b", 'say "x"', True),
        (20180207, 0.3, 1e-7, 2648.93994140625, "  two\nlines "),
    ]
    text, left_out = workbook_text(workbook(rows))
    assert text.splitlines() == [
        "Date,Open,High,Low,Close",
        "2018-02-02,13.64,17.86,13.64,17.31",
        "2018-02-05,18.44,38.8,16.8,37",
        '2018-02-06,,"a,b","say ""x""",TRUE',
        "20180207,0.3,0.0000001,2648.93994140625,two lines",
    ]
    assert left_out == ()


def test_blank_rows_keep_their_number_and_an_empty_margin_is_dropped() -> None:
    text, _ = workbook_text(workbook([(), (None, *HEADER), (None, "2018-02-05", 1, 2, 1, 2)]))
    assert text.splitlines() == ["", "Date,Open,High,Low,Close", "2018-02-05,1,2,1,2"]


def test_the_first_sheet_with_anything_on_it_is_read_and_the_others_named() -> None:
    text, left_out = workbook_text(workbook([], [("a", "b"), (1, 2)], [("c",)]))
    assert text == "a,b\n1,2\n"
    assert left_out == ("the sheet 'Sheet3' is not read",)
    with pytest.raises(WorkbookRefusedError, match="without a cell"):
        workbook_text(workbook([]))


def test_a_workbook_comes_in_as_its_csv_would(tmp_path: Path) -> None:
    rows = [HEADER, (date(2018, 2, 2), 13.64, 17.86, 13.64, 17.31), (date(2018, 2, 5), 18.44, 38.8, 16.8, 37.32)]
    path = tmp_path / "VIX_History.xlsx"
    path.write_bytes(workbook(rows))
    with market_journal(tmp_path) as connection:
        plan = plan_import(connection, path, calendar=calendar(), now=NOW)
        assert commit_import(connection, plan, NOW).new == 2
        assert _closes(connection) == [("VIX", "2018-02-02", 17.31), ("VIX", "2018-02-05", 37.32)]


def _closes(connection: sqlite3.Connection) -> list[tuple[str, str, float]]:
    return connection.execute("SELECT symbol, time, close FROM market_bar ORDER BY time").fetchall()


def lying(size: int) -> bytes:
    """Return an archive that states a part of a few bytes and holds many more."""
    data = bytearray(archive(**{"xl__big.xml": b"0" * size}))
    for at in (data.index(b"xl/big.xml") - 8, data.rindex(b"xl/big.xml") - 22):
        data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def link() -> bytes:
    out = io.BytesIO(archive())
    with zipfile.ZipFile(out, "a") as made:
        info = zipfile.ZipInfo("xl/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


NEST = b"<a>" * 200_000 + b"</a>" * 200_000
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(xl__big=b"0" * 210_000_000), "unpacks to 200 MB"),
        (archive(xl__big=b"0" * 30_000_000), "unpacks to 29 MB"),
        (archive(**{f"xl__{number}": b"" for number in range(2001)}), "more than 2,000 parts"),
        (archive(**{"..__x": b""}), "lead out of it"),
        (archive(__etc__x=b""), "lead out of it"),
        (archive(**{"C:__x": b""}), "lead out of it"),
        (link(), "lead out of it"),
        (lying(100_000), "a damaged archive"),
        (archive(**{"xl__workbook.xml": NEST}), "nests deeper than 64"),
        (archive(**{"xl__styles.xml": LAUGHS}), "declares types or entities"),
        (archive(**{"xl__styles.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "declares types"),
        (archive(**{"xl__styles.xml": b"<a" + b" " * 15_000_000}), "XML that does not end"),
        (archive(**{"xl__styles.xml": b"<a>"}), "damaged XML"),
        (archive(), "not a workbook that can be read"),
        (b"PK\x03\x04" + b"\0" * 100, "a damaged archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bomb_is_refused_in_a_moment_and_in_little_memory(data: bytes, words: str) -> None:
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(ImportRefusedError, match=words) as refusal:
            file_text("x.xlsx", data)
        assert time.process_time() - began < 1
        assert tracemalloc.get_traced_memory()[1] < MAX_PEAK
    finally:
        tracemalloc.stop()
    assert "\n" not in str(refusal.value)


def test_a_sheet_that_claims_to_be_endless_is_read_by_its_cells() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([("a", "b"), (1, 2)]))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    began = time.process_time()
    assert workbook_text(archive(**parts))[0] == "a,b\n1,2\n"
    assert time.process_time() - began < 1
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="B2"', b'r="XFD2"')
    with pytest.raises(WorkbookRefusedError, match="more than 256 columns"):
        workbook_text(archive(**parts))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    try:
        said = workbook_text(bytes(whole))[0].removesuffix("\n").splitlines()
    except WorkbookRefusedError as error:
        said = [str(error)]
    assert len(said) == 1 or said[0]


WHOLE = workbook([HEADER, (date(2018, 2, 2), 13.64, 17.86, 13.64, 17.31)])
