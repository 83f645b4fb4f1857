"""What do the menus do to a real window on a real journal?"""

from __future__ import annotations

import csv
import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from core.journal.log_choice import LogChoice
from core.measures.edr import FORMULAS
from db.connection import connect_reader
from db.exports.formats import LogFormat
from gui.log.export_job import ExportWish
from tests.gui.market_files import closes, filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from gui.app import Application
    from gui.panes import Panes


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, filled_journal(tmp_path / "journal.db"))) as application:
        yield application


def panes_of(application: Application) -> Panes:
    panes = application.context.panes
    assert panes is not None
    return panes


def choice(application: Application, text: str) -> QAction:
    found = [one for group in application.context.menus._groups.values() for one in group.actions()]
    return next(action for action in found if action.text().startswith(text))


def test_another_formula_of_edr_changes_tile_and_chart_and_is_kept(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    panes = panes_of(application)
    assert panes.strip.cell("edr").face.caption == "EDR A"
    choice(application, "B ").trigger()
    expected = f"{closes()['VIX'][-1] / 252**0.5:.3f}"
    qtbot.waitUntil(lambda: panes.strip.cell("edr").face.value == expected, timeout=WAIT_MS)
    assert panes.strip.cell("edr").face.caption == "EDR B"
    assert panes.charts.stack.edr.edr.value_at(259) == pytest.approx(closes()["VIX"][-1] / 252**0.5)
    assert json.loads((tmp_path / "settings.json").read_text("utf-8"))["playbook.edr_formula"] == "B"


def test_the_formulas_are_shown_with_their_text(application: Application) -> None:
    for name, formula in FORMULAS.items():
        assert formula.text in choice(application, f"{name} ").text()
    assert choice(application, "A ").isChecked()


def test_another_playbook_explains_the_layers_by_other_rules(qtbot: QtBot, application: Application) -> None:
    before = application.context.the_store.state
    assert before is not None
    group = application.context.menus._groups["Rules"]
    next(action for action in group.actions() if action.data() == "000-ladder").trigger()
    store = application.context.the_store
    qtbot.waitUntil(lambda: store.state is not None and store.state.playbook_name == "000-ladder", timeout=WAIT_MS)
    assert store.state is not None
    assert [v.rule for v in store.state.layers[0].why] != [v.rule for v in before.layers[0].why]


def test_the_log_is_exported_as_it_is_shown(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    application.context.menus.exporting.export(ExportWish(file, LogFormat.CSV, LogChoice()))
    qtbot.waitUntil(file.exists, timeout=WAIT_MS)
    with file.open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert [row["kind"] for row in rows] == ["journal_created"]
    qtbot.waitUntil(lambda: "1 rows written" in application.context.menus.quote_line.answer.full_text)


def test_an_export_that_fails_is_said(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    wish = ExportWish(tmp_path / "nowhere" / "log.csv", LogFormat.CSV, LogChoice())
    application.context.menus.exporting.export(wish)
    qtbot.waitUntil(lambda: bool(application.window.banners.text_of("export")), timeout=WAIT_MS)
    assert "not exported" in application.window.banners.text_of("export")


@pytest.mark.filterwarnings("ignore")  # the calendar is made here, by a library that uses what pandas will drop
def test_the_demo_opens_simulated_in_a_folder_that_goes_with_the_window(
    qtbot: QtBot, application: Application
) -> None:
    application.window.actions_.by_key["demo"].trigger()
    qtbot.waitUntil(lambda: application.window.windowTitle().endswith("SIMULATED"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: panes_of(application).strip.is_simulated, timeout=WAIT_MS)
    state = application.context.the_store.state
    assert state is not None
    assert state.is_simulated
    assert len(state.condors) >= 1


def test_a_layers_key_explains_that_layer(application: Application) -> None:
    application.window.actions_.by_key["layer3"].trigger()
    assert panes_of(application).why.number == 3
    assert panes_of(application).why.head.text().startswith("L3")


def test_keys_lead_into_every_pane(application: Application) -> None:
    panes = panes_of(application)
    application.window.activateWindow()
    for key, pane in (("log", panes.log), ("positions", panes.book), ("why", panes.why), ("charts", panes.charts)):
        application.window.actions_.by_key[key].trigger()
        focus = application.window.focusWidget()
        assert focus is not None
        assert focus is pane or pane.isAncestorOf(focus), key
    assert application.window.tabs.currentWidget() is panes.book


def test_after_a_typed_quote_the_numbers_choose_a_layer_again(qtbot: QtBot, application: Application) -> None:
    panes, line = panes_of(application), application.context.menus.quote_line
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow, timeout=WAIT_MS)
    application.window.actions_.by_key["quote"].trigger()
    qtbot.keyClicks(line.field, "VIX 18.4")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert application.window.focusWidget() is panes.why
    qtbot.keyClick(panes.why, Qt.Key.Key_3)
    assert panes.why.number == 3


@pytest.mark.parametrize(
    ("key", "words"),
    [("about", ("no advice, no orders", "unverified", "SQLite")), ("shortcuts", ("Ctrl+K", "F11"))],
)
def test_help_says_what_it_is_and_which_keys_there_are(
    application: Application, key: str, words: tuple[str, ...]
) -> None:
    application.window.actions_.by_key[key].trigger()
    box = application.window.findChild(QDialog)
    assert box is not None
    text = "\n".join(label.text() for label in box.findChildren(QLabel))
    assert [word for word in words if word not in text] == []
    box.close()


def test_a_journal_chosen_in_place_of_another_is_shown_and_the_first_is_let_go(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    other = filled_journal(tmp_path / "other.db")
    application.context.open(other)
    qtbot.waitUntil(lambda: "other.db" in application.window.windowTitle(), timeout=WAIT_MS)
    from db.lock import hold_journal

    with hold_journal(tmp_path / "journal.db"), closing(connect_reader(tmp_path / "journal.db")):
        assert application.context.the_store.state is not None
