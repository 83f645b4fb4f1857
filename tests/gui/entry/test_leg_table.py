"""Are legs read as they stand, from the line and from the table alike?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.positions.leg import parse_fill
from core.positions.values import ActRefusedError
from core.refusal import RefusedError
from gui.entry.leg_table import PRICE, STRIKE, LegTable, cells_of, closing_cells
from gui.entry.typed import StillEmptyError
from tests.gui.states import LAYER_2, LAYER_4

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableWidget
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

CALL, FUTURE, SHARES = "+4 VIX 2018-03-21 C 25 @ 1.2", "+1 VX 2018-03-21 @ 15.1", "+9 VXX @ 27.1"


@pytest.fixture
def legs(qtbot: QtBot, theme: Theme) -> LegTable:
    legs = LegTable("fills")
    qtbot.addWidget(legs)
    with qtbot.waitExposed(legs):
        legs.show()
    return legs


def cell(legs: LegTable, row: int, column: int) -> str:
    item = legs.table.item(row, column)
    assert item is not None
    return item.text()


def write(table: QTableWidget, row: int, column: int, text: str) -> None:
    item = table.item(row, column)
    assert item is not None
    item.setText(text)


@pytest.mark.parametrize("text", [CALL, FUTURE, SHARES])
def test_enter_puts_a_typed_leg_into_the_table(legs: LegTable, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(legs.line, text)
    qtbot.keyClick(legs.line, Qt.Key.Key_Return)
    assert legs.line.text() == ""
    assert legs.table.rowCount() == 1
    assert legs.fills() == (parse_fill(text),)


def test_a_leg_still_on_the_line_counts(legs: LegTable) -> None:
    legs.line.setText(CALL)
    legs.add_line()
    legs.line.setText(FUTURE)
    assert legs.fills() == (parse_fill(CALL), parse_fill(FUTURE))


def test_a_leg_that_is_refused_stays_on_its_line(legs: LegTable) -> None:
    legs.line.setText("+4 VIX 2018-03-21 C @ 1.2")
    legs.add_line()
    assert legs.line.text() == "+4 VIX 2018-03-21 C @ 1.2"
    assert legs.table.rowCount() == 0
    with pytest.raises(RefusedError, match="write it like"):
        legs.fills()


def test_a_cell_can_be_mended_and_a_wrong_one_is_refused(legs: LegTable, qtbot: QtBot) -> None:
    legs.line.setText(CALL)
    legs.add_line()
    with qtbot.waitSignal(legs.edited):
        write(legs.table, 0, STRIKE, "30")
    assert legs.fills()[0].contract.strike == 30
    write(legs.table, 0, PRICE, "1,20")
    with pytest.raises(ActRefusedError) as refused:
        legs.fills()
    assert refused.value.field == "fills"


def test_without_a_leg_or_a_price_something_is_still_needed(legs: LegTable) -> None:
    with pytest.raises(StillEmptyError):
        legs.fills()
    legs.set_rows(closing_cells(LAYER_2.legs))
    with pytest.raises(StillEmptyError) as missing:
        legs.fills()
    assert missing.value.field == "price of -4 VIX 2018-04-18 C 20"


def test_closing_rows_have_the_opposite_sign_and_no_price() -> None:
    assert closing_cells(LAYER_2.legs) == [
        ("-4", "VIX", "2018-04-18", "C", "20", ""),
        ("+4", "VIX", "2018-04-18", "C", "35", ""),
    ]
    assert closing_cells(LAYER_4.legs) == [("-1", "VX", "2018-05-16", "", "", "")]
    assert cells_of(parse_fill(CALL))[PRICE] == str(Decimal("1.2"))


def test_delete_takes_a_row_out(legs: LegTable, qtbot: QtBot) -> None:
    legs.set_rows(closing_cells(LAYER_2.legs))
    legs.table.closePersistentEditor(legs.table.currentItem())
    legs.table.setCurrentCell(0, 1)
    legs.remove_selected()
    assert legs.table.rowCount() == 1
    assert cell(legs, 0, STRIKE) == "35"
