from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.market.snapshot import Ages
from db.lock import hold_journal
from db.playbooks import load_playbook
from gui.desk import Desk
from gui.jobs import Closes, Loaded, Rules, keep_past, open_journal
from tests.gui.market_files import NOW, days, empty_journal, filled_journal
from tests.gui.opened import WAIT_MS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot


def rules() -> Rules:
    return Rules(load_playbook(), Ages())


@pytest.fixture
def seen() -> list[object]:
    return []


@pytest.fixture
def desk(qapp: QObject, seen: list[object]) -> Iterator[Desk]:
    desk = Desk(lambda: NOW, rules, qapp)
    for signal in (desk.closes_read, desk.loaded, desk.refused):
        signal.connect(seen.append)
    yield desk
    desk.close()


def test_what_was_kept_comes_first_and_everything_then(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    path = filled_journal(tmp_path / "journal.db")
    with open_journal(path, NOW) as journal:
        keep_past(journal, rules(), NOW)
    desk.open(path)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=WAIT_MS)
    assert [type(one) for one in seen] == [Closes, Loaded]
    assert isinstance(seen[1], Loaded)
    assert seen[1].facts.past.history.length == len(days())


def test_where_nothing_was_kept_everything_comes_at_once(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    desk.open(filled_journal(tmp_path / "journal.db"))
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=WAIT_MS)
    assert isinstance(seen[0], Loaded)


def test_a_refusal_is_said_once_and_leaves_the_desk_closed(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    path = tmp_path / "notes.db"
    path.write_text("my notes", encoding="utf-8")
    desk.open(path)
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=WAIT_MS)
    assert "not a journal" in str(seen[0])
    assert not desk.is_open
    with pytest.raises(RuntimeError, match="no journal"):
        desk.read_again(seen.append, seen.append)


def test_another_journal_takes_the_place_of_the_first_and_its_late_answers_are_dropped(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    first, second = filled_journal(tmp_path / "first.db"), filled_journal(tmp_path / "second.db")
    desk.open(first)
    desk.open(second)
    qtbot.waitUntil(lambda: any(isinstance(one, Loaded) for one in seen), timeout=WAIT_MS)
    assert {one.path.name for one in seen if isinstance(one, Loaded)} == {"second.db"}
    with hold_journal(first):
        pass


def test_a_journal_is_made_there_and_then_opened(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    desk.begin(lambda now: empty_journal(tmp_path / "new.db", now))
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT_MS)
    assert isinstance(seen[0], Loaded)
    assert len(seen[0].log) == 1


def test_after_closing_the_journal_is_free_for_others(
    qtbot: QtBot, desk: Desk, seen: list[object], tmp_path: Path
) -> None:
    path = filled_journal(tmp_path / "journal.db")
    desk.open(path)
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT_MS)
    desk.close()
    desk.close()
    with hold_journal(path):
        assert not desk.is_open
