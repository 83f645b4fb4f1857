"""Do the pages hold every row once, unbroken, with warning and number, whatever the text?"""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPdfWriter

from core.journal.log import COLUMNS
from core.journal.log_columns import ColumnKind
from db.exports.blocks import Document, FactList, Head, Picture, Prose, Table, shown
from db.exports.progress import ExportCancelledError
from db.exports.report import heads_of
from gui.report.columns import columns_of
from gui.report.lines import Type
from gui.report.pdf import pdf_of
from tests.gui.market_files import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

NEEDS_TOOL = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not here to read the PDF by"
)
HEADS = (
    Head("No.", ColumnKind.WHOLE, "", 5),
    Head("What", ColumnKind.TEXT, "", 40),
    Head("Cash", ColumnKind.DOLLARS, "$"),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="98" height="30"><rect width="98" height="30"/></svg>'


def document(rows: int, words: int = 4) -> Document:
    listed = [(n, " ".join([f"row{n}"] * words), Decimal(n) / 100) for n in range(rows)]
    total = (None, "Together", sum((row[2] for row in listed), Decimal(0)))
    table = Table("Entries", HEADS, [*listed, total], "A note below.", sums=1)
    facts = FactList("Facts", [("Name", "journal.db"), ("Hash", "ab" * 32)])
    blocks = [facts, Picture("Chart", SVG, "a box"), table, Prose("", ["End."])]
    return Document("Hedge log", "SIMULATED", "head 7", blocks)


def pages(data: bytes, folder: Path) -> list[str]:
    (folder / "x.pdf").write_bytes(data)
    command = ["pdftotext", "-layout", str(folder / "x.pdf"), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return said.stdout.split("\f")[:-1]


@NEEDS_TOOL
def test_every_row_is_there_once_and_never_on_two_pages(qapp: QApplication, tmp_path: Path) -> None:
    found = pages(pdf_of(document(150, words=40)), tmp_path)
    assert len(found) > 5
    for number in range(150):
        having = [page for page in found if f"row{number} " in page]
        assert len(having) == 1, number
        assert len(re.findall(rf"row{number}\b", having[0])) == 40


@NEEDS_TOOL
def test_each_page_has_title_warning_foot_number_and_the_head_of_its_table(
    qapp: QApplication, tmp_path: Path
) -> None:
    found = pages(pdf_of(document(150)), tmp_path)
    for number, page in enumerate(found, start=1):
        assert re.search(r"Hedge log\s+SIMULATED", page)
        assert re.search(rf"head 7\s+Page {number} of {len(found)}\s*$", page)
    assert all("Entries, continued" in page and "Cash" in page for page in found[1:])
    assert re.search(r"Together\s+111\.75", found[-1])  # 0.00 + 0.01 + .. + 1.49
    assert "End." in found[-1]


@NEEDS_TOOL
def test_one_page_is_one_page(qapp: QApplication, tmp_path: Path) -> None:
    found = pages(pdf_of(document(40), is_full=False), tmp_path)
    assert len(found) == 1
    assert "Page 1 of 1" in found[0]


def test_the_paper_is_a4_across_or_upright(qapp: QApplication) -> None:
    for is_full, (width, height) in ((True, (842, 595)), (False, (595, 842))):
        box = re.search(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf_of(document(3), is_full=is_full))
        assert box is not None
        assert (round(float(box[1])), round(float(box[2]))) == (width, height)


def test_progress_is_told_and_may_end_it(qapp: QApplication) -> None:
    told: list[tuple[int, int]] = []
    pdf_of(document(1200), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1201), (500, 1201), (1000, 1201), (1201, 1201)]

    def stop(_done: int, _total: int) -> None:
        raise ExportCancelledError("enough")

    with pytest.raises(ExportCancelledError):
        pdf_of(document(1200), progress=stop)


@pytest.mark.parametrize("text", ["one two three " * 30, "x" * 900, "\U0001f4c8 chart " * 60, "a\nb\tc " * 90])
def test_lines_hold_the_whole_text_and_none_is_too_wide(qapp: QApplication, tmp_path: Path, text: str) -> None:
    device = QPdfWriter(str(tmp_path / "x.pdf"))
    device.setResolution(300)
    type_ = Type(8, device)
    lines = type_.lines(text, 700.0)
    assert len(lines) > 1
    assert "".join("".join(line.split()) for line in lines) == "".join(text.split())
    assert all(type_.width(line) <= 700.5 for line in lines)


def test_no_number_is_wider_than_its_column_with_every_column_shown(qapp: QApplication, tmp_path: Path) -> None:
    device = QPdfWriter(str(tmp_path / "x.pdf"))
    device.setResolution(300)
    width, heads = 3224.0, heads_of(COLUMNS)  # A4 across within its margins
    row = [
        12345,
        NOW,
        NOW,
        "condor_opened",
        4,
        12,
        "open +3 SPX",
        100,
        Decimal("1229.7125"),
        Decimal("-123456.78"),
    ]
    row += [Decimal("1234.56"), 12345.67, 82.69, 12.34, 31, "ab" * 32, "a note " * 30, "cd" * 32]
    columns = columns_of(Table("", heads, [row] * 3), device, 8.0, width, 12.0)
    assert sum(columns.widths) == pytest.approx(width)
    for number, (head, value) in enumerate(zip(heads, row, strict=True)):
        text = shown(value, head.kind)
        if head.is_number or head.kind in (ColumnKind.MOMENT, ColumnKind.HASH):
            assert columns.plain.width(text) <= columns.room(number, is_number=head.is_number), head.title
        assert columns.bold.width(head.title) <= columns.widths[number], head.title
