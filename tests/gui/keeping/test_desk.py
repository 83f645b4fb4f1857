"""Are acts undone, backups made and restored, and journals checked from the real window?"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog

from core.journal.acts import acknowledge
from db.backup import backups_of
from db.connection import connect_reader
from db.journal_read import load_entries
from gui.keeping.table import TableDialog
from tests.gui.market_files import NOW, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from gui.app import Application


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, filled_journal(tmp_path / "journal.db"))) as application:
        yield application


def entered(qtbot: QtBot, application: Application, *keys: str) -> None:
    """Enter acts and wait until each is saved."""
    saved: list[str] = []
    for key in keys:
        facts = application.context.the_store.facts
        assert facts is not None
        draft = acknowledge(facts.book, alert_key=key, at=NOW)
        application.context.menus.recorder.record(draft, partial(saved.append, key), pytest.fail)
        qtbot.waitUntil(partial(saved.__contains__, key), timeout=WAIT_MS)


def seen(application: Application) -> set[str]:
    facts = application.context.the_store.facts
    assert facts is not None
    return set(facts.book.acknowledged)


def dialog(application: Application) -> TableDialog:
    found = [box for box in application.window.findChildren(QDialog) if isinstance(box, TableDialog)]
    return found[-1]


def texts(box: TableDialog) -> list[list[str]]:
    def text(row: int, column: int) -> str:
        item = box.table.item(row, column)
        return item.text() if item is not None else ""

    return [
        [text(row, column) for column in range(box.table.columnCount())] for row in range(box.table.rowCount())
    ]


def press(application: Application, key: str) -> None:
    application.window.actions_.by_key[key].trigger()


def test_the_last_act_is_undone_and_redone_by_the_menus(qtbot: QtBot, application: Application) -> None:
    entered(qtbot, application, "one", "two")
    assert application.window.actions_.by_key["undo"].shortcut().toString() == "Ctrl+Z"
    assert application.window.actions_.by_key["redo"].shortcut().toString() == "Ctrl+Shift+Z"
    press(application, "undo")
    qtbot.waitUntil(lambda: seen(application) == {"one"}, timeout=WAIT_MS)
    press(application, "undo")
    qtbot.waitUntil(lambda: seen(application) == set(), timeout=WAIT_MS)
    press(application, "redo")
    qtbot.waitUntil(lambda: seen(application) == {"one"}, timeout=WAIT_MS)
    assert [row.kind for row in application.context.the_store.log][-3:] == [
        "act_undone",
        "act_undone",
        "act_redone",
    ]


def test_where_there_is_nothing_to_undo_it_says_so(qtbot: QtBot, application: Application) -> None:
    press(application, "undo")
    banners = application.window.banners
    qtbot.waitUntil(lambda: "nothing to undo" in banners.text_of("undo"), timeout=WAIT_MS)


def test_the_history_lists_acts_and_undoes_the_one_that_is_chosen(qtbot: QtBot, application: Application) -> None:
    entered(qtbot, application, "one", "two")
    press(application, "history")
    qtbot.waitUntil(
        lambda: any(isinstance(box, TableDialog) for box in application.window.findChildren(QDialog)),
        timeout=WAIT_MS,
    )
    box = dialog(application)
    assert [(row[0], row[4]) for row in texts(box)] == [("3", "yes"), ("2", "yes")]
    box.table.selectRow(1)
    undo = next(button for button in box.findChildren(_button()) if button.text() == "&Undo")
    undo.click()
    qtbot.waitUntil(lambda: seen(application) == {"two"}, timeout=WAIT_MS)


def _button() -> type:
    from PySide6.QtWidgets import QPushButton

    return QPushButton


def test_a_backup_is_made_and_restored_and_what_is_missing_is_said(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    entered(qtbot, application, "one")
    press(application, "backup")
    qtbot.waitUntil(lambda: len(backups_of(tmp_path / "journal.db")) == 1, timeout=WAIT_MS)
    entered(qtbot, application, "two")
    (backup,) = backups_of(tmp_path / "journal.db")
    application.context.menus.keeping.restore(backup.path)
    banners = application.window.banners
    qtbot.waitUntil(lambda: bool(banners.text_of("restore")), timeout=WAIT_MS)
    assert "2 entries. 1 entries are to be entered again" in banners.text_of("restore")
    assert seen(application) == {"one"}
    assert list(tmp_path.glob("damaged/*/journal.db"))


def test_a_bad_backup_leaves_the_journal_open_as_it_was(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    entered(qtbot, application, "one")
    (tmp_path / "bad.db").write_bytes(b"nothing of the kind")
    application.context.menus.keeping.restore(tmp_path / "bad.db")
    banners = application.window.banners
    qtbot.waitUntil(lambda: "Not restored" in banners.text_of("restore"), timeout=WAIT_MS)
    assert seen(application) == {"one"}


def test_a_check_is_said_and_damage_stays_on_the_screen(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    press(application, "verify")
    quote_line = application.context.menus.quote_line
    qtbot.waitUntil(lambda: "chain, notes and tables agree" in _said(quote_line), timeout=WAIT_MS)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as raw:
        raw.execute("INSERT INTO layer VALUES ('L9', 9, 'x', NULL, 0, 0, '', 0, '[]')")
        raw.commit()
    press(application, "verify")
    banners = application.window.banners
    qtbot.waitUntil(lambda: "table layer differs" in banners.text_of("verify"), timeout=WAIT_MS)
    press(application, "rebuild")
    qtbot.waitUntil(lambda: "written anew" in _said(quote_line), timeout=WAIT_MS)


def _said(quote_line: object) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in quote_line.findChildren(QLabel))  # type: ignore[attr-defined]


def test_a_session_with_acts_ends_in_a_backup_and_one_without_does_not(qtbot: QtBot, tmp_path: Path) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    with opened(qtbot, options_of(tmp_path, journal)):
        pass
    assert backups_of(journal) == []
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        entered(qtbot, application, "one")
    (backup,) = backups_of(journal)
    with closing(connect_reader(backup.path)) as copy:
        assert [entry.kind.value for entry in load_entries(copy)] == ["journal_created", "alert_acknowledged"]


def test_a_journal_that_was_left_open_is_checked_in_the_background(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    journal = filled_journal(tmp_path / "live" / "journal.db")
    with opened(qtbot, options_of(tmp_path / "live", journal)) as application:
        entered(qtbot, application, "one")
        shutil.copytree(tmp_path / "live", tmp_path / "crashed")
    crashed = tmp_path / "crashed" / "journal.db"
    with opened(qtbot, options_of(tmp_path / "crashed", crashed)) as application:
        banners = application.window.banners
        qtbot.waitUntil(lambda: bool(banners.text_of("checked")), timeout=WAIT_MS)
        assert "All 2 entries were checked: nothing is lost" in banners.text_of("checked")


def test_missing_entries_are_said_and_nothing_can_be_entered(qtbot: QtBot, tmp_path: Path) -> None:
    journal = filled_journal(tmp_path / "journal.db")
    with Path(f"{journal}.anchor").open("a") as anchor:
        anchor.write(f"9 9 {'a' * 64} 2018-01-11T10:00:00Z\n")
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        assert "8 saved entries are missing" in application.window.banners.text_of("read-only")
        assert not application.window.actions_.by_key["condor"].isEnabled()
        assert application.window.actions_.by_key["restore"].isEnabled()
