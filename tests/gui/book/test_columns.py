"""Does each column say the right thing of the right row, and sort by numbers, not by letters?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.market.figure import unknown
from gui.book.columns import COLUMNS, status_lines
from gui.book.rows import CondorRow, LayerRow, groups_of
from gui.holding import HoldingKey
from tests.gui.states import CONDOR_STATES, SPX, STATE, distance

if TYPE_CHECKING:
    from gui.book.column_kinds import Column
    from gui.book.rows import Row

ROWS = {row.key: row for group in groups_of(STATE) for row in group.rows}


def column(title: str) -> Column:
    return next(column for column in COLUMNS if column.title == title)


def text(title: str, row: Row) -> str:
    return column(title).text(row)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Holding", "Condor 1"),
        ("What", "SPX 2018-03-16  P 2550/2600  C 2875/2925"),
        ("Qty", "2"),
        ("DTE", "42"),
        ("Status", "open"),
        ("Credit / cost", "+$2,684"),
        ("Max loss", "-$7,316"),
        ("Break-evens bare", "2,586.6 / 2,888.4"),
        ("Break-evens hedged", "2,312.0 | 2,577.5 / 2,880.8"),
        ("Short put", "162 pts 5.9 % 5.8 EDR"),
        ("Short call", "113 pts 4.1 % 4.0 EDR"),
        ("Trigger", ""),
        ("Position", ""),
    ],
)
def test_a_condors_row(title: str, shown: str) -> None:
    assert text(title, ROWS[HoldingKey(1)]) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Holding", "    L2 middle"),
        ("What", "+4 VIX 2018-04-18 C 20; -4 VIX 2018-04-18 C 35"),
        ("Qty", "4"),
        ("DTE", "75"),
        ("Credit / cost", "-$748"),
        ("Max loss", ""),
        ("Break-evens bare", "VIX 21.88"),
        ("Break-evens hedged", "SPX 2,670.5"),
        ("Short put", ""),
        ("Trigger", "armed"),
        ("Position", "live"),
    ],
)
def test_a_layers_row(title: str, shown: str) -> None:
    assert text(title, ROWS[HoldingKey(1, 2)]) == shown


def test_a_spread_tells_its_own_break_even_and_its_legs_in_the_tooltip() -> None:
    spread = ROWS[HoldingKey(1, 2)]
    assert isinstance(spread, LayerRow)
    tooltip = column("Break-evens bare").tooltip(spread)
    assert "the layer breaks even at VIX 21.88" in tooltip
    assert "+4 VIX 2018-04-18 C 20 alone breaks even at VIX 22.32" in tooltip
    flat = replace(spread, whole=())
    assert text("Break-evens bare", flat) == "—"
    assert "breaks even at no level of VIX" in column("Break-evens bare").tooltip(flat)


def test_the_whole_books_row_has_break_evens_only() -> None:
    whole = ROWS[None]
    shown = {column.title: column.text(whole) for column in COLUMNS if column.text(whole)}
    assert shown == {"Holding": "Whole book", "Break-evens hedged": "2,312.0 | 2,560.1 / 2,884.4"}


def test_a_short_strike_that_was_crossed_says_so_in_word_sign_and_colour() -> None:
    crossed = replace(CONDOR_STATES[0], distances=(distance("short_put", 2800, SPX, 28.17),))
    row = CondorRow(crossed)
    assert text("Short put", row) == "crossed -38 pts -1.4 % -1.3 EDR"
    assert column("Short put").role(row) == "loss"


def test_what_is_unknown_is_a_dash_whose_tooltip_says_why() -> None:
    gone = unknown("SPX: last quote is 31 min old", "points")
    blind = replace(CONDOR_STATES[0].distances[0], points=gone, pct=gone, edrs=gone)
    row = CondorRow(replace(CONDOR_STATES[0], distances=(blind,), max_loss=unknown("legs missing", "$")))
    assert (text("Short put", row), column("Short put").role(row)) == ("—", "unknown")
    assert "31 min old" in column("Short put").tooltip(row)
    assert (text("Max loss", row), column("Max loss").role(row)) == ("—", "unknown")
    assert "legs missing" in column("Max loss").tooltip(row)


def test_numbers_sort_as_numbers() -> None:
    assert column("DTE").value(ROWS[HoldingKey(1)]) == 42.0
    assert column("Credit / cost").value(ROWS[HoldingKey(1)]) == 2684.0
    assert column("Short call").value(ROWS[HoldingKey(1)]) == pytest.approx(2875 - SPX)
    assert column("DTE").value(ROWS[None]) is None


def test_flags_and_expiry_are_in_the_status() -> None:
    flagged = replace(CONDOR_STATES[0].condor, flags=("unequal wings: puts 50, calls 60 points",))
    row = CondorRow(replace(CONDOR_STATES[0], condor=flagged, status="expired, awaiting settlement"))
    assert text("Status", row) == "expired, awaiting settlement, 1 flag !"
    assert column("Status").role(row) == "amber"
    assert status_lines(row).splitlines()[1] == "! unequal wings: puts 50, calls 60 points"


@pytest.mark.parametrize(
    ("days", "shown"), [(1, "open"), (0, "expires today"), (-1, "expired, awaiting settlement")]
)
def test_a_layer_past_its_expiry_awaits_settlement(days: int, shown: str) -> None:
    layer_1 = ROWS[HoldingKey(1, 1)]
    assert isinstance(layer_1, LayerRow)
    expiry = layer_1.holding.legs[0].contract.expiry
    assert expiry is not None
    moved = replace(layer_1, today=expiry.fromordinal(expiry.toordinal() - days))
    assert text("Status", moved) == shown


def test_cash_says_what_fees_took() -> None:
    assert (
        column("Credit / cost").tooltip(ROWS[HoldingKey(1)])
        == "cash +$2,684.00, fees -$10.40, together +$2,673.60"
    )
