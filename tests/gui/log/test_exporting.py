"""Is a file written on the database thread, whole or not at all, and cancelled when it is asked?"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.journal.acts import write_note
from core.journal.entry import Stamp
from core.journal.log_choice import LogChoice
from db.connection import connect_reader, connect_writer
from db.exports.formats import FILES, SUFFIXES, LogFormat
from db.exports.receipts import compare_receipt, read_receipt
from db.journal_store import append, load_book
from gui.log.export_job import ExportWish
from resources import check_journal
from tests.gui.market_files import NOW, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application

NOTES = 1200


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = filled_journal(tmp_path / "journal.db")
    with closing(connect_writer(path)) as connection:
        book, at = load_book(connection), NOW - timedelta(days=1)
        drafts = [write_note(book, text=f"note {number}", at=at) for number in range(NOTES)]
        append(connection, book, drafts, [Stamp()] * len(drafts), NOW)
    return path


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, journal: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        yield application


def test_every_form_is_written_for_the_owner_alone(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    exporting = application.context.menus.exporting
    exporting.ask()
    dialog = exporting.dialog
    assert dialog is not None
    for form in FILES:
        path = tmp_path / f"log-{form}{SUFFIXES[form]}"
        exporting.export(ExportWish(path, form, LogChoice()))
        qtbot.waitUntil(lambda path=path: path.name in dialog.said.text(), timeout=WAIT_MS)
        assert dialog.said.text() == f"{NOTES + 1:,} rows written to {path}"
        assert path.stat().st_mode & 0o777 == 0o600
    assert check_journal.main([str(tmp_path / "log-json.json")]) == 0
    assert dialog.progress.maximum() >= NOTES
    assert not list(tmp_path.glob(".*.new"))
    dialog.close()
    assert exporting.dialog is None


def test_a_cancelled_export_leaves_the_old_file(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text("before", encoding="utf-8")
    exporting = application.context.menus.exporting
    exporting.ask()
    dialog = exporting.dialog
    assert dialog is not None
    exporting.export(ExportWish(path, LogFormat.JSON, LogChoice()))
    exporting.cancel()
    qtbot.waitUntil(lambda: "cancelled" in dialog.said.text(), timeout=WAIT_MS)
    assert path.read_text("utf-8") == "before"
    exporting.export(ExportWish(path, LogFormat.JSON, LogChoice()))
    qtbot.waitUntil(lambda: "rows written" in dialog.said.text(), timeout=WAIT_MS)
    assert json.loads(path.read_text("utf-8"))["entries"] == NOTES + 1
    dialog.close()


def test_the_journal_is_never_written_over(qtbot: QtBot, application: Application, journal: Path) -> None:
    exporting = application.context.menus.exporting
    exporting.export(ExportWish(journal, LogFormat.CSV, LogChoice()))
    qtbot.waitUntil(lambda: bool(application.window.banners.text_of("export")), timeout=WAIT_MS)
    assert "is the journal" in application.window.banners.text_of("export")


def test_a_receipt_is_saved_that_the_journal_holds(
    qtbot: QtBot, application: Application, journal: Path, tmp_path: Path
) -> None:
    exporting = application.context.menus.exporting
    exporting.ask()
    dialog = exporting.dialog
    assert dialog is not None
    dialog.receipt_requested.emit(tmp_path / "receipt.json")
    qtbot.waitUntil(lambda: "Receipt of entry" in dialog.said.text(), timeout=WAIT_MS)
    kept = read_receipt((tmp_path / "receipt.json").read_text("utf-8"))
    assert kept.sequence == NOTES + 1
    with closing(connect_reader(journal)) as connection:
        assert compare_receipt(kept, connection) == []
    dialog.close()
