"""The page of market data in the real window: what is listed, and what taking an import back leaves behind."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.market.quality import FindingKind
from db.connection import connect_reader
from db.quality import check_data
from db.sessions import load_calendar
from gui.data.dialog import FINDINGS, IMPORTS, STORED, DataDialog
from tests.gui.market_files import closes, days, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return filled_journal(tmp_path / "journal.db")


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, journal: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        yield application


def page(qtbot: QtBot, application: Application) -> DataDialog:
    """Open the page and wait until it is read."""
    application.window.actions_.by_key["data"].trigger()
    dialog = application.context.menus.market_data.dialog
    assert isinstance(dialog, DataDialog)
    qtbot.waitUntil(lambda: dialog.said.text() != "Reading…", timeout=WAIT_MS)
    return dialog


def texts(dialog: DataDialog, tab: int) -> list[list[str]]:
    model = dialog.models[tab]
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_what_is_stored_is_listed_by_symbol(qtbot: QtBot, application: Application) -> None:
    dialog = page(qtbot, application)
    rows = {row[0]: row for row in texts(dialog, STORED)}
    first, last, count = str(days()[0]), str(days()[-1]), f"{len(days()):,}"
    assert rows["VIX"][:6] == ["VIX", "daily", count, first, last, "0"]
    assert rows["VX8"][:6] == ["VX8", "daily", count, first, last, "0"]


def test_findings_are_those_of_the_command(qtbot: QtBot, application: Application, journal: Path) -> None:
    file = journal.parent / "SPX_History.csv"
    file.write_text("DATE,OPEN,HIGH,LOW,CLOSE\n01/06/2018,2731,2743,2727,2743\n01/08/2018,2742,2700,2737,2747\n")
    application.window.files_dropped.emit([file])
    round_ = application.context.menus.importing.round
    assert round_ is not None
    qtbot.waitUntil(lambda: round_._left == 0, timeout=WAIT_MS)
    round_.dialog.replace_.setChecked(True)
    round_.dialog.import_.click()
    qtbot.waitUntil(lambda: round_._left == 0, timeout=WAIT_MS)
    round_.dialog.reject()
    dialog = page(qtbot, application)
    with closing(connect_reader(journal)) as connection:
        found = check_data(connection, load_calendar(connection))
    assert [row[:5] for row in texts(dialog, FINDINGS)] == [
        [one.symbol, str(one.day), one.kind.value.replace("_", " "), one.words, one.done] for one in found
    ]
    assert {one.kind for one in found if one.symbol == "SPX"} == {FindingKind.CLOSED_DAY, FindingKind.BROKEN_RANGE}
    dialog.filter.setText("spx closed")
    assert [row[1] for row in texts(dialog, FINDINGS)] == ["2018-01-06"]


def test_an_import_is_taken_back_exactly_and_the_window_shows_it(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    dialog = page(qtbot, application)
    dialog.tabs.setCurrentIndex(IMPORTS)
    panes = application.context.panes
    assert panes is not None
    assert panes.strip.cell("vix").face.value == f"{closes()['VIX'][-1]:.2f}"
    rows = texts(dialog, IMPORTS)
    number = next(n for n, row in enumerate(rows) if row[2].startswith("VIX_"))
    dialog.views[IMPORTS].selectRow(number)
    assert dialog.undo.isEnabled()
    dialog.undo.click()
    qtbot.waitUntil(lambda: dialog.models[IMPORTS].rowCount() == len(rows) - 1, timeout=WAIT_MS)
    assert f"{len(days())} rows removed" in dialog.said.text()
    assert "VIX" not in {row[0] for row in texts(dialog, STORED)}
    assert panes.strip.cell("vix").face.value != f"{closes()['VIX'][-1]:.2f}"
    with closing(connect_reader(journal)) as connection:
        left = connection.execute("SELECT DISTINCT symbol FROM market_bar ORDER BY 1").fetchall()
    assert ("VIX",) not in left
    assert ("SPX",) in left


def test_a_click_on_a_title_sorts_numbers_as_numbers(qtbot: QtBot, application: Application) -> None:
    dialog = page(qtbot, application)
    model = dialog.models[IMPORTS]
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert [int(row[0]) for row in texts(dialog, IMPORTS)] == list(range(1, model.rowCount() + 1))
