"""Is the newest entry on top, and are appended ones only inserted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.flat_model import RECORD_ROLE, SORT_ROLE
from gui.log.columns import COLUMNS
from gui.log.model import LogFilter, LogModel
from tests.gui.log_rows import LAYER, NOTE, ROWS, log_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

CASH = next(number for number, column in enumerate(COLUMNS) if column.title == "Cash")


@pytest.fixture
def model(qapp: QApplication) -> LogModel:
    model = LogModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_rows(ROWS)
    return model


def numbers(model: LogModel | LogFilter) -> list[int]:
    return [model.index(row, 0).data(RECORD_ROLE).sequence for row in range(model.rowCount())]


def test_the_newest_is_on_top(model: LogModel) -> None:
    assert numbers(model) == [3, 2, 1]
    assert model.index(1, CASH).data() == "-$760.00"
    assert model.index(1, CASH).data(SORT_ROLE) == LAYER.cash


def test_appended_rows_are_only_inserted(model: LogModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as told:
        model.show_rows([*ROWS, log_row(4), log_row(5)])
    _, first, last = told.args
    assert (first, last) == (0, 1)
    assert numbers(model) == [5, 4, 3, 2, 1]


def test_the_same_rows_tell_nothing_and_others_make_it_anew(model: LogModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsInserted):
        model.show_rows(list(ROWS))
    with qtbot.waitSignal(model.modelReset):
        model.show_rows([log_row(9)])
    assert numbers(model) == [9]


def test_the_filter_wants_every_word_in_any_column(model: LogModel) -> None:
    shown = LogFilter(model)
    shown.set_text("LAYER vix")
    assert numbers(shown) == [2]
    shown.set_text("opened")
    assert numbers(shown) == [2, 1]
    shown.set_text("nowhere")
    assert numbers(shown) == []
    shown.set_text("")
    assert numbers(shown) == [3, 2, 1]


def test_an_appended_row_passes_the_filter_or_not(model: LogModel) -> None:
    shown = LogFilter(model)
    shown.set_text("condor opened")
    model.show_rows([*ROWS, log_row(4), NOTE])
    assert numbers(shown) == [4, 1]


def test_sorted_by_cash_it_goes_by_amount_and_empty_first(model: LogModel) -> None:
    shown = LogFilter(model)
    shown.sort(CASH, Qt.SortOrder.AscendingOrder)
    assert numbers(shown) == [3, 2, 1]  # none, -760, +2684
    shown.sort(CASH, Qt.SortOrder.DescendingOrder)
    assert numbers(shown) == [1, 2, 3]


def test_a_tooltip_of_a_note_is_escaped(model: LogModel) -> None:
    column = next(number for number, column in enumerate(COLUMNS) if column.title == "Note")
    tip = model.index(0, column, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>=HYPERLINK(1)<br>&lt;b&gt;x&lt;/b&gt;</qt>"
