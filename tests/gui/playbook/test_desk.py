"""Is a changed parameter written as a file, put in force, and kept for the next start?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.playbook.edr_study import rung_shares
from core.playbook.parameters import with_values
from db.playbooks import load_playbook, save_playbook
from gui.playbook.model import VALUE
from tests.core.playbooks import composite
from tests.gui.market_files import filled_journal
from tests.gui.opened import WAIT_MS, opened, options_of
from tests.gui.playbook.test_model import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.app import Application


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    with opened(qtbot, options_of(tmp_path, filled_journal(tmp_path / "journal.db"))) as application:
        yield application


def test_a_changed_parameter_is_in_force_and_is_kept(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    desk, path = application.context.menus.parameters, tmp_path / "mine.toml"
    desk.show_parameters()
    assert desk.dialog is not None
    assert "by formula:\nA: 0.90 on " in desk.dialog.shares.text()
    assert desk.dialog.model.setData(row_of(desk.dialog.model, "ladder.start", VALUE), "0.5")
    desk.save_and_use(path, desk.dialog.model.playbook)
    store = application.context.the_store
    qtbot.waitUntil(lambda: store.state is not None and store.state.playbook_name == "mine", timeout=WAIT_MS)
    assert desk.dialog is None
    assert store.state is not None
    assert store.state.playbook_hash == load_playbook(str(path)).hash
    assert store.state.playbook_hash == with_values(composite(), {"ladder.start": 0.5}).hash
    assert json.loads((tmp_path / "settings.json").read_text("utf-8"))["playbook.name"] == str(path)
    rules = application.context.menus._groups["Rules"]
    assert [action.text() for action in rules.actions() if action.isChecked()] == ["Your own: mine.toml"]


def test_the_menu_opens_one_dialog_only(application: Application) -> None:
    from gui.actions import PLAYBOOK

    desk = application.context.menus.parameters
    menu = application.context.window.actions_.menus[PLAYBOOK]
    (entry,) = [action for action in menu.actions() if action.text() == "&Parameters…"]
    entry.trigger()
    first = desk.dialog
    entry.trigger()
    assert first is not None
    assert desk.dialog is first
    first.reject()
    assert desk.dialog is None


def test_a_file_that_cannot_be_written_is_said(application: Application, tmp_path: Path) -> None:
    desk = application.context.menus.parameters
    desk.show_parameters()
    assert desk.dialog is not None
    changed = with_values(composite(), {"ladder.start": 0.5})
    desk.save_and_use(tmp_path / "nowhere" / "mine.toml", changed)
    assert desk.dialog is not None
    assert desk.dialog.said.text().startswith("Not saved: ")
    desk.save_and_use(tmp_path / "mine.txt", changed)
    assert "must end in .toml" in desk.dialog.said.text()
    desk.dialog.reject()


def test_what_stands_in_the_dialog_is_compared_with_presets_and_files(
    application: Application, tmp_path: Path
) -> None:
    desk = application.context.menus.parameters
    desk.show_parameters()
    assert desk.dialog is not None
    assert desk.dialog.model.setData(row_of(desk.dialog.model, "ladder.start", VALUE), "0.5")
    desk.dialog.compare_requested.emit(desk.dialog.model.playbook)
    comparison = desk.comparison
    assert (comparison.first.currentText(), comparison.second.currentText()) == ("as it stands here", "composite")
    assert comparison.model.index(0, 0).data() == "ladder.start"
    path = tmp_path / "other.toml"
    save_playbook(path, with_values(composite(), {"ladder.base": 30.0}))
    desk.compare_with(path)
    keys = [comparison.model.index(row, 0).data() for row in range(comparison.model.rowCount())]
    assert keys == ["ladder.start", "ladder.base"]
    desk.compare_with(tmp_path / "none.toml")
    assert comparison.said.text().startswith("Not compared: no playbook")
    comparison.reject()
    desk.dialog.reject()


def test_each_formula_in_the_menu_says_how_often_its_rungs_were_on(application: Application) -> None:
    facts = application.context.the_store.facts
    assert facts is not None
    found = [action.text() for action in application.context.menus._groups["Formula of EDR"].actions()]
    shares = rung_shares(facts.past.measured, facts.playbook, slice(None))
    assert [text.split()[0] for text in found] == [share.formula for share in shares]
    for text, share in zip(found, shares, strict=True):
        first = share.rung_pct[0.90].value
        assert f"0.90 on {first:.0f} %" in text if first is not None else "0.90" not in text


def test_the_size_of_the_hedge_is_a_key_away(qtbot: QtBot, application: Application) -> None:
    panes, window = application.context.panes, application.context.window
    assert panes is not None
    with qtbot.waitSignal(panes.sizing.answer.answered, timeout=WAIT_MS):
        window.actions_.by_key["size"].trigger()
    assert window.tabs.currentWidget() is panes.sizing
    assert panes.sizing.head.text() == "The hedge cannot be sized: no condor is open."
