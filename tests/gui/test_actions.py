from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from gui.actions import ALWAYS, JOURNAL, PLAYBOOK, WISHES, WRITER, Actions, shortcut_lines

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    return Actions(window, window.menuBar())


def test_no_key_and_no_mnemonic_of_a_menu_is_given_twice() -> None:
    keys = Counter(QKeySequence(wish.shortcut).toString() for wish in WISHES if wish.shortcut)
    letters = Counter(
        (wish.menu, wish.text[wish.text.index("&") + 1].lower()) for wish in WISHES if "&" in wish.text
    )
    assert {key: count for key, count in (keys + letters).items() if count > 1} == {}


@pytest.mark.parametrize(
    ("key", "shortcut"),
    [
        ("import", "Ctrl+I"),
        ("export", "Ctrl+E"),
        ("condor", "Ctrl+N"),
        ("layer", "Ctrl+L"),
        ("quote", "Ctrl+K"),
        ("acknowledge", "Ctrl+Return"),
    ],
)
def test_the_keys_are_those_of_the_help(actions: Actions, key: str, shortcut: str) -> None:
    action = actions.by_key[key]
    assert action.shortcut() == QKeySequence(shortcut)
    assert dict(shortcut_lines())[QKeySequence(shortcut).toString()] == action.text().replace("&", "").rstrip("…")


def test_what_needs_a_journal_waits_for_one(actions: Actions) -> None:
    def enabled() -> set[str]:
        return {key for key, action in actions.by_key.items() if action.isEnabled()}

    assert {"new", "open", "demo", "quit", "about"} <= enabled()
    assert not {"export", "condor", "import"} & enabled()
    actions.allow(JOURNAL)
    assert "export" in enabled()
    assert not {"condor", "import", "quote", "acknowledge"} & enabled()
    actions.allow(WRITER)
    assert enabled() == set(actions.by_key)
    actions.allow(ALWAYS)
    assert "export" not in enabled()


def test_an_action_does_its_own_work(actions: Actions) -> None:
    done: list[str] = []
    actions.connect({"new": lambda: done.append("new"), "quit": lambda: done.append("quit")})
    actions.by_key["quit"].trigger()
    assert done == ["quit"]


def test_one_of_several_choices_holds_and_the_one_picked_is_told(actions: Actions) -> None:
    picked: list[str] = []
    group = actions.choices(PLAYBOOK, "Formula", [("A", "A m & n"), ("B", "B")], "B", picked.append)
    first, second = group.actions()
    assert (first.isChecked(), second.isChecked()) == (False, True)
    assert first.text() == "A m && n"
    first.trigger()
    assert picked == ["A"]
    assert not second.isChecked()
