"""Are break-evens, distances and states right through partial closes, rolls, settlements and XSP?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from core.journal import acts
from core.market.times import new_york
from core.playbook.verdict import PositionState
from tests.core.histories import history_of
from tests.core.journal.desk import MONTHLY, VIX_MARCH, Desk, calendar, d, legs
from tests.core.monitor.scene import edr_a, facts, hv20, state

if TYPE_CHECKING:
    from core.market.quote import Quote
    from core.market.series import History
    from core.state import CondorState, MonitorState

# one condor of 10: puts 2600/2625, calls 2825/2850, 5.20 credit, opened 2018-01-10 10:00 New York
CLOSE = new_york(date(2018, 1, 10))
SPX, VIX, VIX9D = 2748.23, 9.82, 9.15


def market(**last: float) -> History:
    """Return 80 sessions that end on 2018-01-10 with SPX 2748.23, VIX 9.82, VIX9D 9.15 and a flat VX curve."""
    values = {"SPX": SPX, "VIX": VIX, "VIX9D": VIX9D, **{f"VX{n}": 11.0 + n / 4 for n in range(1, 9)}, **last}
    start = str(calendar().days[np.searchsorted(calendar().days, np.datetime64("2018-01-10")) - 79])
    wave = 1 + 0.004 * np.sin(np.arange(80.0) - 79)
    return history_of(start, **{name: value * wave for name, value in values.items()})


def seen(desk: Desk, now: datetime = CLOSE, *quotes: Quote, **last: float) -> MonitorState:
    return state(now, *quotes, history=market(**last), book=desk.book)


def opened(**given: Any) -> Desk:
    desk = Desk()
    desk.do(acts.open_condor, **given)
    return desk


def only(found: MonitorState) -> CondorState:
    (condor,) = found.condors
    return condor


def test_bare_break_evens_count_the_fees() -> None:
    found = only(seen(opened(fees=d("30.00"))))
    # (5200 - 30) / 1000 = 5.17 points a condor
    assert found.bare.points == pytest.approx([2619.83, 2830.17])
    assert found.max_loss.value == pytest.approx(-(25_000 - 5_170))
    assert found.hedged == found.bare
    assert (found.status, found.dte.value) == ("open", 37)


def test_a_partial_close_moves_the_break_evens_by_what_it_cost() -> None:
    desk = opened()
    desk.do(acts.close_condor, quantity=4, debit=d("9.20"))
    # 10 x 5.20 - 4 x 9.20 = 15.20 points over the 6 that are left
    assert only(seen(desk)).bare.points == pytest.approx([2625 - 15.2 / 6, 2825 + 15.2 / 6])
    assert only(seen(desk)).condor.quantity == 6


def test_a_roll_carries_the_loss_of_what_was_rolled() -> None:
    desk = opened(fees=d("10"))
    desk.do(acts.roll_condor, fees=d("20"))
    # 5.20 - 7.50 + 6.10 = 3.80 points less 30 dollars over 1000, on puts 2500/2525 and calls 2800/2825 of March
    found = only(seen(desk))
    assert found.bare.points == pytest.approx([2525 - 3.77, 2800 + 3.77])
    assert found.condor.expiry == date(2018, 3, 16)
    assert found.dte.value == 65


def test_a_condor_that_lost_more_than_it_can_earn_never_breaks_even() -> None:
    desk = opened()
    desk.do(acts.close_condor, quantity=9, debit=d("20"))
    found = only(seen(desk))
    assert found.bare.points == ()
    assert [zone.kind for zone in found.bare.zones] == ["loss"]
    assert found.nearest is None


@pytest.mark.playbook("004-3")
def test_distances_are_in_points_percent_and_edrs() -> None:
    found = only(seen(opened()))
    edr = edr_a(VIX9D, hv20(market().column("SPX"))) / 100 * SPX
    for item, side, strike, points in zip(
        found.distances, ("short_put", "short_call"), (2625, 2825), (SPX - 2625, 2825 - SPX), strict=True
    ):
        assert (item.side, item.level) == (side, strike)
        assert item.points.value == pytest.approx(points)
        assert item.pct.value == pytest.approx(100 * points / SPX)
        assert item.edrs.value == pytest.approx(points / edr)
    assert (found.nearest.side, found.nearest.level) == ("call side", pytest.approx(2830.2))
    assert found.nearest.points.value == pytest.approx(2830.2 - SPX)


@pytest.mark.parametrize(
    ("spx", "put", "call", "side", "nearest"),
    [
        (2610.0, -15.0, 215.0, "put side", -(2619.8 - 2610.0)),
        (2622.0, -3.0, 203.0, "put side", 2622.0 - 2619.8),
        (2840.0, 215.0, -15.0, "call side", -(2840.0 - 2830.2)),
        (2590.0, -35.0, 235.0, "put side", -(2619.8 - 2590.0)),
    ],
)
def test_what_has_been_crossed_is_negative(spx: float, put: float, call: float, side: str, nearest: float) -> None:
    found = only(seen(opened(), SPX=spx))
    assert [item.points.value for item in found.distances] == pytest.approx([put, call])
    assert (found.nearest.side, found.nearest.points.value) == (side, pytest.approx(nearest))


def test_without_spx_no_distance_is_told() -> None:
    found = only(seen(opened(), SPX=np.nan))
    for item in found.distances:
        assert (item.points.value, item.pct.value, item.edrs.value) == (None, None, None)
        assert "SPX" in item.points.unknown
    assert found.nearest is None
    assert found.bare.points


def test_without_edr_points_stay() -> None:
    found = only(seen(opened(), VIX9D=np.nan, VIX=np.nan))
    assert found.nearest.points.is_known
    assert "VIX" in found.nearest.edrs.unknown


def test_an_xsp_condor_is_measured_in_spx_points() -> None:
    terms = {"root": "XSP", "puts": (d("260"), d("262.5")), "calls": (d("282.5"), d("285")), "credit": d("0.52")}
    found = only(seen(opened(**terms)))
    assert found.bare.points == pytest.approx([2619.8, 2830.2])
    assert [item.level for item in found.distances] == [2625, 2825]
    assert found.max_loss.value == pytest.approx(-(2_500 - 520))


def test_a_condor_being_built_says_so() -> None:
    desk = Desk()
    desk.do(acts.open_condor_legs, fills=legs("-10 SPX 2018-02-16 P 2625 @ 12", "+10 SPX 2018-02-16 P 2600 @ 9"))
    found = only(seen(desk))
    assert found.status == "open, legs missing"
    assert found.bare.points == pytest.approx([2622.0])
    assert (found.nearest.side, [item.side for item in found.distances]) == ("put side", ["short_put"])


def test_an_expired_condor_awaits_its_settlement_and_is_measured_from_nothing() -> None:
    morning = new_york(MONTHLY).replace(hour=14, minute=30)  # 9:30 in New York, when SET is struck
    before, after = (only(seen(opened(), moment)) for moment in (morning.replace(minute=29), morning))
    assert before.status == "open"
    assert after.status == "expired, awaiting settlement"
    assert after.bare.points == pytest.approx([2619.8, 2830.2])
    assert after.hedged.unknown == f"the condor expired on {MONTHLY}: enter its settlement"
    assert after.nearest is None
    for item in after.distances:
        assert item.points.unknown == f"expired {MONTHLY}: enter its settlement"


def test_layers_of_the_condor_move_its_hedged_break_evens_and_those_of_others_do_not() -> None:
    call = legs("+2 VIX 2018-02-14 C 15 @ 0.60")  # settles before the condor
    desk = opened()
    desk.do(acts.open_layer, fills=call, condor_id=1)
    mine = only(seen(desk))
    assert mine.hedged.points != mine.bare.points
    assert mine.hedged.points[-1] == pytest.approx(2825 + (5200 - 120) / 1000)  # above the body VIX 15 is far away
    alone = opened()
    alone.do(acts.open_layer, fills=call)
    of_the_book = seen(alone)
    assert only(of_the_book).hedged == only(of_the_book).bare
    assert of_the_book.book_break_evens.points == pytest.approx(mine.hedged.points)


def test_what_a_closed_layer_brought_counts_for_its_condor() -> None:
    desk = opened()
    desk.do(acts.open_layer, fills=legs("+2 VIX 2018-02-14 C 15 @ 0.60"), condor_id=1, fees=d("3"))
    desk.do(acts.close_layer, fills=legs("-2 VIX 2018-02-14 C 15 @ 2.10"), condor_id=1, fees=d("3"))
    # 5200 + 2 x 100 x (2.10 - 0.60) - 6 = 5494
    found = only(seen(desk))
    assert found.hedged.points == pytest.approx([2625 - 5.494, 2825 + 5.494])
    assert seen(desk).book_break_evens.points == found.hedged.points


def test_a_layer_of_the_book_counts_only_since_it_was_last_flat() -> None:
    desk = opened()
    desk.do(acts.open_layer, fills=legs("+2 VIX 2018-01-17 C 12 @ 1.00"))
    desk.do(acts.close_layer, fills=legs("-2 VIX 2018-01-17 C 12 @ 0.10"))
    flat = seen(desk).book_break_evens
    assert flat.points == pytest.approx([2619.8, 2830.2])  # what is over is over
    desk.do(acts.open_layer, fills=legs("+2 VIX 2018-02-14 C 40 @ 0.10"))
    # 180 dollars were lost before; only the 20 dollars of the calls that are on count
    assert seen(desk).book_break_evens.points[-1] == pytest.approx(2825 + (5200 - 20) / 1000)


def test_a_layer_that_cannot_be_valued_leaves_the_bare_break_even_and_says_so() -> None:
    desk = opened()
    desk.do(acts.open_layer, fills=legs("+100 VXX @ 27.1"), condor_id=1)
    found = only(seen(desk))
    assert found.hedged.unknown == "VXX: no price of VXX: enter a quote"
    assert found.nearest.side == "call side, bare"
    assert found.nearest.level == pytest.approx(2830.2)


def test_the_side_is_that_of_the_losses() -> None:
    """A VX future bought high: the position loses from below the middle of the body upwards."""
    desk = opened(puts=(d("2600"), d("2650")), calls=(d("2850"), d("2900")), credit=d("5"), quantity=1)
    desk.do(acts.open_layer, fills=legs(f"+1 VX {VIX_MARCH} @ 13.10"), condor_id=1)
    found = only(seen(desk, CLOSE, VX3=11.75, SPX=2760.0))
    top = max(found.hedged.points)
    assert top < 2750
    assert (found.nearest.side, found.nearest.level) == ("call side", top)
    assert found.nearest.points.value == pytest.approx(top - 2760.0)


def test_hedge_legs_have_their_own_break_evens_until_they_expire() -> None:
    desk = Desk()
    desk.do(acts.open_layer, fills=legs(f"+4 VIX {VIX_MARCH} C 16 @ 1.20", f"-4 VIX {VIX_MARCH} C 25 @ 0.35"))
    desk.do(acts.close_layer, fills=legs(f"-1 VIX {VIX_MARCH} C 16 @ 2.00"))
    long, short = seen(desk).layers[0].legs
    assert (long.text, short.text) == ("+3 VIX 2018-03-21 C 16", "-4 VIX 2018-03-21 C 25")
    assert (long.break_even.vix.value, short.break_even.vix.value) == (pytest.approx(17.2), pytest.approx(25.35))
    assert long.break_even.spx.value == pytest.approx(SPX * (17.2 / VIX) ** (-1 / 4.5))
    expired = seen(desk, new_york(VIX_MARCH)).layers[0].legs[0]
    assert expired.break_even.vix.value == pytest.approx(17.2)
    assert expired.break_even.spx.unknown == f"expired {VIX_MARCH}: enter its settlement"


def test_a_spread_breaks_even_as_a_whole_with_its_fees() -> None:
    desk = Desk()
    spread = legs(f"+4 VIX {VIX_MARCH} C 16 @ 1.20", f"-4 VIX {VIX_MARCH} C 25 @ 0.35")
    desk.do(acts.open_layer, fills=spread, fees=d("4"))
    (found,) = seen(desk).layers[0].break_evens
    assert found.vix.value == pytest.approx(16 + 0.85 + 0.01)  # net debit 0.85, fees 4 / 400 points
    assert found.spx.value == pytest.approx(SPX * (16.86 / VIX) ** (-1 / 4.5))
    assert seen(desk, new_york(VIX_MARCH)).layers[0].break_evens == ()


def test_position_words() -> None:
    desk = Desk()
    assert seen(desk).layers[0].position is PositionState.NONE
    desk.do(acts.open_layer, fills=legs(f"+4 VIX {VIX_MARCH} C 16 @ 1.20"))
    assert seen(desk).layers[0].position is PositionState.LIVE
    assert seen(desk).layers[1].position is PositionState.NONE
    assert seen(desk, new_york(VIX_MARCH)).layers[0].position is PositionState.EXPIRED
    desk.do(acts.close_layer, fills=legs(f"-4 VIX {VIX_MARCH} C 16 @ 1.20"))
    assert seen(desk).layers[0].position is PositionState.CLOSED


def test_condors_are_listed_by_id_and_closed_ones_are_not() -> None:
    desk = opened()
    desk.do(acts.open_condor, quantity=2)
    desk.do(acts.open_condor, quantity=3)
    desk.do(acts.close_condor, condor_id=2)
    assert [(item.condor.id, item.condor.quantity) for item in seen(desk).condors] == [(1, 10), (3, 3)]


def test_the_book_is_seen_at_the_last_expiry_with_the_early_condor_on_the_way() -> None:
    desk = opened()
    desk.do(acts.open_condor, expiry=date(2018, 3, 16))
    found = seen(desk).book_break_evens
    assert found.horizon == date(2018, 3, 16)
    assert found.points == pytest.approx([2619.8, 2830.2])
    assert any("intrinsic at the same SPX" in note for note in found.notes)


def test_an_empty_book_has_no_break_evens() -> None:
    found = seen(Desk())
    assert found.condors == ()
    assert found.book_break_evens.unknown == "no condor is open, so there is no expiry to look at"


def test_facts_hold_the_book_that_was_given() -> None:
    desk = opened()
    held = facts(CLOSE, history=market(), book=desk.book)
    assert replace(held, book=Desk().book).book.condors == {}
    assert set(held.book.condors) == {1}


def test_a_spread_of_vix_calls_breaks_even_as_a_whole_and_each_holding_keeps_its_own() -> None:
    desk = opened()
    desk.do(
        acts.open_layer, number=2, fills=legs(f"+4 VIX {VIX_MARCH} C 20 @ 2.32", f"-4 VIX {VIX_MARCH} C 35 @ 0.45")
    )
    desk.do(acts.open_layer, number=2, condor_id=1, fills=legs(f"+4 VIX {VIX_MARCH} C 16 @ 1.20"))
    layer = seen(desk).layers[1]
    found = {
        holding.condor_id: [round(level.vix.value or 0, 3) for level in whole]
        for holding, _, whole in layer.by_holding()
    }
    fees = {holding.condor_id: float(holding.fees) / 400 for holding in layer.holdings}
    assert found == {None: [round(21.87 + fees[None], 3)], 1: [round(17.2 + fees[1], 3)]}
    assert len(layer.break_evens) == 2
