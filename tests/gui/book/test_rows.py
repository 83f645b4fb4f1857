"""Are condors and their layers grouped, and do the legs find their own break-evens?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gui.book.rows import LayerRow, WholeRow, groups_of
from gui.holding import HoldingKey
from tests.gui.states import CONDOR_STATES, LAYER_STATES, STATE, layer, leg_state

if TYPE_CHECKING:
    from core.state import MonitorState


def keys(state: MonitorState = STATE) -> list[list[HoldingKey | None]]:
    return [[row.key for row in group.rows] for group in groups_of(state)]


def test_layers_stand_under_their_condor_and_the_books_own_below() -> None:
    assert keys() == [
        [HoldingKey(1), HoldingKey(1, 1), HoldingKey(1, 2)],
        [HoldingKey(2)],
        [None, HoldingKey(0, 4)],
    ]


def test_a_single_condor_needs_no_whole_book() -> None:
    alone = replace(STATE, condors=CONDOR_STATES[1:], layers=())
    assert keys(alone) == [[HoldingKey(2)]]
    assert keys(replace(STATE, condors=(), layers=())) == []


def test_a_layer_whose_condor_is_closed_stays_in_sight() -> None:
    assert keys(replace(STATE, condors=CONDOR_STATES[1:])) == [
        [HoldingKey(2)],
        [None, HoldingKey(1, 1), HoldingKey(1, 2), HoldingKey(0, 4)],
    ]


def test_a_closed_holding_has_no_row_and_each_leg_keeps_its_own_break_even() -> None:
    # layer 1 holds, in this order: one of condor 1 (one leg), a closed one, one of the book (two legs)
    closed = replace(layer(1, 2, "+1 VIX 2018-03-21 C 25 @ 1.00", cash="-100"), fills=())
    books = layer(1, None, "+2 VIX 2018-04-18 C 30 @ 0.80", "+1 VX 2018-04-18 @ 15.10", cash="-15260")
    first = LAYER_STATES[0].holdings[0]
    legs = (leg_state("a", 20.9, 2700.0), leg_state("b", 30.8, 2500.0), leg_state("c", 15.1, 2790.0))
    state = replace(LAYER_STATES[0], holdings=(first, closed, books), legs=legs)
    rows = [row for group in groups_of(replace(STATE, layers=(state,))) for row in group.rows]
    found = {row.key: [leg.text for leg in row.legs] for row in rows if isinstance(row, LayerRow)}
    assert found == {HoldingKey(1, 1): ["a"], HoldingKey(0, 1): ["b", "c"]}


def test_days_left_count_to_the_first_expiry() -> None:
    rows = {row.key: row for group in groups_of(STATE) for row in group.rows}
    layer_2 = rows[HoldingKey(1, 2)]
    assert isinstance(layer_2, LayerRow)
    assert layer_2.days_left == (date(2018, 4, 18) - date(2018, 2, 2)).days == 75
    shares = replace(layer_2, holding=layer(2, 1, "+100 VXX @ 30.00", cash="-3000"))
    assert shares.days_left is None


def test_the_whole_book_has_the_books_break_evens() -> None:
    whole = groups_of(STATE)[-1].rows[0]
    assert isinstance(whole, WholeRow)
    assert whole.break_evens is STATE.book_break_evens
