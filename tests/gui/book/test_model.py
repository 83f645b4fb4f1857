"""Does the model keep its order, tell only of what changed, and obey Qt's rules?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from core.market.figure import known
from gui.book.columns import COLUMNS, TRIGGER_COLUMN
from gui.book.model import BookModel
from gui.book.rows import groups_of
from gui.flat_model import RECORD_ROLE, SORT_ROLE
from gui.holding import HoldingKey
from tests.gui.states import CONDOR_STATES, STATE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

DTE = next(number for number, column in enumerate(COLUMNS) if column.title == "DTE")
DESCENDING = Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(theme: Theme) -> BookModel:
    model = BookModel(theme)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_groups(groups_of(STATE))
    return model


def titles(model: BookModel) -> list[str]:
    return [str(model.index(row, 0).data()).strip() for row in range(model.rowCount())]


def test_rows_come_in_groups(model: BookModel) -> None:
    assert titles(model) == ["Condor 1", "L1 inner", "L2 middle", "Condor 2", "Whole book", "L4 last rung"]


def test_a_tick_tells_only_of_the_rows_that_changed(model: BookModel, qtbot: QtBot) -> None:
    moved = replace(CONDOR_STATES[1], dte=known(76, "days"))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_groups(groups_of(replace(STATE, condors=(CONDOR_STATES[0], moved))))
    assert told == [(3, 3)]
    told.clear()
    model.show_groups(groups_of(replace(STATE, condors=(CONDOR_STATES[0], moved))))
    assert told == []


def test_a_new_holding_makes_the_table_anew(model: BookModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show_groups(groups_of(replace(STATE, condors=CONDOR_STATES[:1])))
    assert "Condor 2" not in titles(model)


def test_sorting_moves_groups_and_keeps_layers_under_their_condor(model: BookModel) -> None:
    layer = QPersistentModelIndex(model.index(1, 0))
    model.sort(DTE, DESCENDING)
    assert titles(model) == ["Condor 2", "Condor 1", "L1 inner", "L2 middle", "Whole book", "L4 last rung"]
    assert layer.row() == 2
    model.sort(-1, Qt.SortOrder.AscendingOrder)


def test_a_tick_does_not_move_rows_about(model: BookModel) -> None:
    model.sort(DTE, DESCENDING)
    before = titles(model)
    swapped = (replace(CONDOR_STATES[0], dte=known(90, "days")), CONDOR_STATES[1])
    model.show_groups(groups_of(replace(STATE, condors=swapped)))
    assert titles(model) == before


def test_the_roles_of_a_cell(model: BookModel, theme: Theme) -> None:
    cell = model.index(0, DTE)
    assert (cell.data(), cell.data(SORT_ROLE)) == ("42", 42.0)
    assert cell.data(RECORD_ROLE).key == HoldingKey(1)
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert cell.data(Qt.ItemDataRole.BackgroundRole).name() == theme.panel_alternate
    assert model.headerData(DTE, Qt.Orientation.Horizontal) == "DTE"
    assert not model.index(1, TRIGGER_COLUMN).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index(0, TRIGGER_COLUMN).data(Qt.ItemDataRole.DecorationRole) is None


def test_every_cell_and_tooltip_can_be_made(model: BookModel) -> None:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert isinstance(model.index(row, column).data(), str)
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            assert tip == "" or tip.startswith("<qt>")
