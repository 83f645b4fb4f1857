"""Is the ledger on the screen the one of the files, for what the filter means, and only when it is looked at?"""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.journal import acts
from core.journal.entry import Stamp
from core.journal.log_choice import LogChoice, log_choice
from core.market.snapshot import Ages
from core.positions.leg import parse_fill
from db.connection import connect_writer
from db.exports.formats import LogFormat, load_log, written
from db.journal_store import append, load_book
from db.playbooks import load_playbook
from db.sessions import load_calendar
from gui.log.ledger_view import READING, TableModel
from tests.core.journal.desk import d
from tests.gui.market_files import NOW, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application
    from gui.log.pane import HedgeLogPane


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = filled_journal(tmp_path / "journal.db")
    at = NOW - timedelta(days=1)
    with closing(connect_writer(path)) as connection:
        calendar = load_calendar(connection)
        for layer, leg in ((1, "+4 VIX 2018-03-21 C 25 @ 1.20"), (2, "+1 VX 2018-03-21 @ 15.10")):
            book = load_book(connection)
            given = {"number": layer, "fills": [parse_fill(leg)], "fees": d("2.60"), "at": at}
            append(connection, book, [acts.open_layer(book, calendar, **given)], [Stamp()], NOW)  # type: ignore[arg-type]
    return path


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, journal: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, journal)) as application:
        yield application


def pane_of(application: Application) -> HedgeLogPane:
    assert application.context.panes is not None
    return application.context.panes.log


def cells(model: TableModel | None) -> list[list[str]]:
    if model is None:
        return []
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def in_the_file(journal: Path, choice: LogChoice) -> list[list[str]]:
    """Return the cells of the ledger in the Markdown of the same choice."""
    with closing(connect_writer(journal)) as connection:
        rules = (load_playbook(), Ages())
        log = load_log(connection, journal.name, choice, LogFormat.MARKDOWN, rules, NOW)
        text = written(log, LogFormat.MARKDOWN, connection)
    assert isinstance(text, str)
    part = text[text.index("## Ledger of the hedge") : text.index("## Against the budgets")]
    lines = [line for line in part.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip("* ") for cell in line.strip("| ").split(" | ")] for line in lines]


def test_it_is_added_up_when_it_is_looked_at_and_agrees_with_the_files(
    qtbot: QtBot, application: Application, journal: Path
) -> None:
    pane = pane_of(application)
    assert pane.ledger.lines is None
    pane.ledger_button.click()
    assert pane.pages.currentWidget() is pane.ledger
    assert pane.ledger.head.text() == READING
    qtbot.waitUntil(lambda: len(cells(pane.ledger.lines)) == 3, timeout=WAIT_MS)
    shown = [[" ".join(cell.split()) for cell in row] for row in cells(pane.ledger.lines)]
    assert shown == in_the_file(journal, LogChoice())
    assert shown[0][1] == "480.00"
    assert [row[1] for row in cells(pane.ledger.budgets)] == ["unknown", "unknown", "unknown"]


def test_it_follows_the_filter(qtbot: QtBot, application: Application, journal: Path) -> None:
    pane = pane_of(application)
    pane.ledger_button.click()
    pane.asked.layer.setCurrentIndex(2)
    qtbot.waitUntil(lambda: len(cells(pane.ledger.lines)) == 2, timeout=WAIT_MS)
    shown = [[" ".join(cell.split()) for cell in row] for row in cells(pane.ledger.lines)]
    assert shown == in_the_file(journal, log_choice(layers=[2]))


def test_why_something_is_unknown_is_in_its_tooltip(qtbot: QtBot, application: Application) -> None:
    pane = pane_of(application)
    pane.ledger_button.click()
    qtbot.waitUntil(lambda: pane.ledger.budgets is not None, timeout=WAIT_MS)
    assert pane.ledger.budgets is not None
    tip = pane.ledger.budgets.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "no condor brought a credit" in tip
