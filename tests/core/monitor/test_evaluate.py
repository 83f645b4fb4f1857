"""Does the evaluation look at nothing later, say the same again, and give the figures of the worked example?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.journal import acts
from core.market.times import new_york
from core.monitor.evaluate import evaluate, stamp
from core.monitor.record import status_record
from core.playbook.verdict import Trigger
from resources.sample.market import simulate
from tests.core.histories import NAN, calendar, history_of
from tests.core.journal.desk import Desk, d, legs
from tests.core.monitor.scene import SESSIONS, close_of, facts, hv20, market, open_of, quote, state

if TYPE_CHECKING:
    from core.market.series import History


@cache
def simulated() -> History:
    """The demo's market on the sessions from 2012 on, with a second breadth universe that ends early."""
    days_left = np.tile(np.arange(1, 9) * 30 - 10, (900, 1))
    found = simulate(days_left)
    columns: dict[str, Any] = {"SPX": found.spx.close, "VIX": found.vix.close, "VIX9D": found.vix9d.close}
    columns |= {f"VX{n}": found.vx[:, n - 1] for n in range(1, 9)}
    for name, values in (("advances", found.advances), ("declines", found.declines)):
        columns[f"BREADTH__SP500__{name}"] = values
        columns[f"BREADTH__NYSE__{name}"] = np.where(np.arange(len(values)) < 500, values * 6 + 1, NAN)
    return history_of("2012-01-03", **columns)


def after_all() -> datetime:
    return datetime.fromtimestamp(int(simulated().closes[-1]), UTC)


@settings(max_examples=40, deadline=None)
@given(session=st.integers(1, 899), minutes=st.sampled_from([0, 45, -30, -200]), quoted=st.booleans())
def test_what_comes_later_changes_nothing(session: int, minutes: int, quoted: bool) -> None:
    """The state of a day is the same whether the data end there or go on: closes, quotes, universe, entries."""
    whole = simulated()
    now = datetime.fromtimestamp(int(whole.closes[session]), UTC) + timedelta(minutes=minutes)
    quotes = [quote("SPX", 2000.0, now - timedelta(minutes=5)), quote("VIX", 22.0, now - timedelta(minutes=5))]
    later = [quote("SPX", 1.0, now + timedelta(seconds=1)), quote("VX1", 99.0, now + timedelta(days=3))]
    known = whole.calendar.closed_by(now) - whole.first
    ends = state(now, *(quotes if quoted else ()), history=whole.until(known))
    all_of_it = facts(after_all(), *(quotes if quoted else ()), *later, history=whole)
    goes_on = evaluate(replace(all_of_it, now=now))
    assert status_record(goes_on) == status_record(ends)
    assert goes_on.universe == ("NYSE" if known <= 500 else "SP500")


def test_the_same_facts_give_the_same_state() -> None:
    given_facts = facts(close_of(100))
    assert status_record(evaluate(given_facts)) == status_record(evaluate(given_facts))


def test_layers_say_why_by_the_quotes_while_there_are_any_and_by_the_closes_else() -> None:
    noon = open_of(SESSIONS, 150)
    closed = state(noon)
    live = state(noon, quote("SPX", market().columns["SPX"][-1], noon), quote("VIX", 60.0, noon))
    for before, now in zip(closed.layers, live.layers, strict=True):
        assert now.trigger is before.trigger  # the word of the closes stays
        assert before.provisional is None
        assert now.provisional in {Trigger.ARMED, Trigger.CONFIRMED, Trigger.BLOCKED}
        assert now.trigger_reason.lower().startswith(now.provisional.value)
        assert before.trigger_reason.lower().startswith(before.trigger.value)
        assert now.since == before.since


def test_the_oldest_input_is_named() -> None:
    noon = open_of(SESSIONS, 150)
    found = state(noon, quote("SPX", 2100.0, noon))
    assert found.oldest_age_s == (noon - close_of(SESSIONS - 1)).total_seconds()
    assert found.oldest_input in {"VIX", "VIX9D", *(f"VX{n}" for n in range(1, 9))}
    nothing = state(noon, history=history_of(SPX=[]))
    assert (nothing.oldest_input, nothing.oldest_age_s) == ("", None)


def test_a_stamp_is_the_market_of_the_moment() -> None:
    found = stamp(facts(close_of(100)))
    columns = market().columns
    assert (found.spx, found.vix) == (columns["SPX"][100], columns["VIX"][100])
    edr = (0.6 * columns["VIX9D"][100] + 0.4 * hv20(columns["SPX"][:101])) / 252**0.5
    assert found.edr_pct == pytest.approx(edr, rel=1e-12)
    assert found.rung == max(int((edr - 0.90) / 0.05 + 1 + 1e-7), 0)
    assert found.playbook_hash == facts(close_of(100)).playbook.hash


def test_a_stamp_leaves_unknown_what_is_unknown() -> None:
    found = stamp(facts(close_of(SESSIONS)))
    assert (found.spx, found.vix, found.edr_pct, found.rung) == (None, None, None, None)


# The worked example of playbook section 9 on days that have its distances: 30 days to SPX, 62 to VIX.
FILLED = new_york(date(2024, 4, 17)).replace(hour=13, minute=30)  # 9:30 in New York
SPX_EXPIRY, VIX_EXPIRY = date(2024, 5, 17), date(2024, 6, 18)


def example(*hedge: str) -> Desk:
    desk = Desk()
    desk.do(
        acts.open_condor,
        expiry=SPX_EXPIRY,
        quantity=1,
        puts=(d("4700"), d("4750")),
        calls=(d("5200"), d("5250")),
        credit=d("13.42"),
        at=FILLED,
    )
    if hedge:
        desk.do(acts.open_layer, fills=legs(*hedge), condor_id=1, at=FILLED)
    return desk


def worked(*hedge: str) -> Any:
    """Return the condor's state with SPX 5000, VIX 18 and the June future 19.6, as of the fill."""
    history = history_of("2024-04-16", SPX=[5000.0], VIX=[18.0], VX1=[18.1], VX2=[18.8], VX3=[19.6])
    (condor,) = state(FILLED, history=history, book=example(*hedge).book).condors
    return condor


def test_the_days_are_those_of_the_example() -> None:
    assert (new_york(SPX_EXPIRY) - new_york(FILLED.date())).days == 30
    assert (VIX_EXPIRY - FILLED.date()).days == 62
    assert calendar().is_session(VIX_EXPIRY)


def test_the_bare_condor_of_the_example() -> None:
    found = worked()
    assert found.bare.points == pytest.approx((4736.58, 5213.42), abs=0.005)
    assert found.max_loss.value == pytest.approx(-3658, abs=0.5)
    assert found.dte.value == 30


def test_four_calls_of_62_days_give_three_break_evens_under_each_response() -> None:
    found = worked("+4 VIX 2024-06-18 C 20 @ 2.32").hedged
    assert found.low_response == pytest.approx((3552.65, 4736.51, 5209.30), abs=0.1)
    assert found.points == pytest.approx((4135.39, 4733.38, 5208.53), abs=0.1)
    assert found.high_response == pytest.approx((4425.52, 4728.09, 5208.01), abs=0.1)
    assert found.min_profit.value == pytest.approx(-4473, abs=2)
    assert [zone.kind for zone in found.zones] == ["profit", "loss", "profit", "loss"]
    assert any("rate 4.50%" in note for note in found.notes)


def test_hedge_break_evens_through_the_map_of_the_example() -> None:
    """VIX 18: a 19 call at 1.90 pays from SPX 4836.7, a 22 call at 1.12 from 4729.5 (playbook 4.4)."""
    history = history_of("2024-04-16", SPX=[5000.0], VIX=[18.0])
    desk = Desk()
    desk.do(
        acts.open_layer, fills=legs("+4 VIX 2024-05-22 C 19 @ 1.90", "+1 VIX 2024-05-22 C 22 @ 1.12"), at=FILLED
    )
    found = state(FILLED, history=history, book=desk.book).layers[0].legs
    assert [leg.break_even.vix.value for leg in found] == pytest.approx([20.90, 23.12])
    assert [leg.break_even.spx.value for leg in found] == pytest.approx([4836.7, 4729.5], abs=0.05)


def test_without_the_future_of_its_expiry_spot_vix_stands_in_and_says_which_way_it_errs() -> None:
    history = history_of("2024-04-16", SPX=[5000.0], VIX=[18.0], VX1=[18.1], VX2=[18.8])
    book = example("+4 VIX 2024-06-18 C 20 @ 2.32").book
    (found,) = state(FILLED, history=history, book=book).condors
    (warning,) = (note for note in found.hedged.notes if "spot VIX 18.00 stands in" in note)
    assert "no VX future of 2024-06-18, no quotes for parity" in warning
    assert "calls come out too low" in warning
    assert len(found.hedged.points) == 3
    assert found.bare.points == pytest.approx((4736.58, 5213.42), abs=0.005)
