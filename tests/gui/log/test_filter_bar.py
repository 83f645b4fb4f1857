"""Is what is picked and typed the choice that a file is written of?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.journal.log_choice import LogChoice, log_choice
from core.refusal import RefusedError
from gui.log.filter_bar import FilterBar
from tests.gui.log_rows import ROWS, log_row

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> FilterBar:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.offer(ROWS)
    return bar


def pick(bar: FilterBar, name: str, text: str) -> None:
    combo = getattr(bar, name)
    combo.setCurrentIndex(combo.findText(text))


def test_it_asks_for_everything_at_first(bar: FilterBar) -> None:
    assert bar.choice() == LogChoice()


def test_what_is_picked_is_the_choice(bar: FilterBar, qtbot: QtBot) -> None:
    told: list[LogChoice] = []
    bar.changed.connect(told.append)
    pick(bar, "layer", "layer 1")
    pick(bar, "condor", "condor 1")
    pick(bar, "kind", "layer opened")
    qtbot.keyClicks(bar.first, "2018-01-02")
    qtbot.keyClicks(bar.last, "2018-01-31")
    wanted = log_choice(
        first=date(2018, 1, 2), last=date(2018, 1, 31), layers=[1], condors=[1], kinds=["layer_opened"]
    )
    assert bar.choice() == wanted == told[-1]
    assert len(told) == 5  # a date that is half typed is asked for by nobody


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("2018-02-30", "", "not a day"),
        ("2018-02-02", "2018-02-01", "before it begins"),
        ("yesterday!", "", "not a date"),
    ],
)
def test_what_cannot_be_read_is_said(bar: FilterBar, first: str, last: str, reason: str) -> None:
    told: list[str] = []
    bar.refused.connect(told.append)
    bar.last.setText(last)
    bar.first.setText(first)
    assert reason in told[-1]
    with pytest.raises(RefusedError):
        bar.choice()


def test_what_was_picked_stays_when_an_entry_is_added(bar: FilterBar, qtbot: QtBot) -> None:
    pick(bar, "condor", "condor 1")
    with qtbot.assertNotEmitted(bar.changed):
        bar.offer([*ROWS, log_row(4, condor=7)])
    assert bar.choice() == log_choice(condors=[1])
    assert bar.condor.findText("condor 7") > 0


def test_another_bar_takes_it_on(bar: FilterBar, qtbot: QtBot, theme: Theme) -> None:
    other = FilterBar()
    qtbot.addWidget(other)
    other.offer(ROWS)
    pick(bar, "kind", "note written")
    bar.first.setText("2018-01-02")
    other.set_like(bar)
    assert other.choice() == bar.choice()
