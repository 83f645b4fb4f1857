"""Do imported chains give the forwards and the volatilities of what is held, and only while they hold?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.journal import acts
from core.market.option_chain import STRIKE_UNIT, OptionChain
from core.monitor.chain_now import held_expiries
from core.monitor.evaluate import evaluate
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.valuation_market import market_now, market_then
from core.valuation.black76 import price
from core.valuation.forwards import years_between
from tests.core.histories import history_of
from tests.core.journal.desk import VIX_MARCH, Desk, d, legs
from tests.core.market.exchange import utc
from tests.core.monitor.scene import facts

if TYPE_CHECKING:
    from core.state import Facts

NOW = utc("2018-01-10T21:00")  # the close
SETTLES = utc("2018-03-21T13:30")
FORWARD, SIGMA = 13.1, 0.85


def chain() -> OptionChain:
    """Return VIX options of March on a future of 13.10 at 85 %, as quoted at the close."""
    years = years_between(NOW, SETTLES)
    pairs = [
        (right, sign, strike) for strike in (11.0, 12.0, 13.0, 14.0, 25.0) for right, sign in (("C", 1), ("P", -1))
    ]
    mids = np.array([float(price(FORWARD, k, SIGMA, years, sign, np.exp(-0.045 * years))) for _, sign, k in pairs])
    count, blank = len(pairs), np.full(len(pairs), np.nan)
    return OptionChain(
        "VIX",
        "test",
        NOW,
        np.array(["VIX"] * count),
        np.array([VIX_MARCH] * count, "datetime64[D]"),
        (np.array([k for *_, k in pairs]) * STRIKE_UNIT).astype(np.int64),
        np.array([right for right, *_ in pairs]),
        {
            **dict.fromkeys(("last", "iv", "delta", "gamma", "volume", "open_interest"), blank),
            "bid": mids * 0.999,
            "ask": mids * 1.001,
        },
    )


def given(*, curve: bool) -> Facts:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.open_layer, fills=legs(f"+4 VIX {VIX_MARCH} C 25 @ 1.20"), fees=d("0"))
    futures = {f"VX{n}": [11.0 + n / 4] * 2 for n in range(1, 9)} if curve else {}
    history = history_of("2018-01-09", SPX=[2751.29, 2748.23], VIX=[10.08, 9.82], VIX9D=[9.15] * 2, **futures)
    return facts(NOW + timedelta(minutes=5), history=history, book=desk.book)


def notes(seen: Facts) -> str:
    return "; ".join(evaluate(seen).book_break_evens.notes)


def test_the_expiries_that_are_held() -> None:
    assert held_expiries(given(curve=True).book) == {date(2018, 2, 16), VIX_MARCH}


def test_a_mark_has_the_word_before_the_fill() -> None:
    seen = given(curve=True)
    assert "implied by its fill of" in notes(seen)
    marked = notes(replace(seen, chains=(chain(),)))
    assert "VIX 2018-03-21 C 25: volatility 85.0% implied by its mid of the test chain" in marked


def test_without_a_curve_the_forward_is_by_parity() -> None:
    seen = replace(given(curve=False), chains=(chain(),))
    market = market_now(read_market(seen, live_session(seen)))
    assert market.vix_forwards[VIX_MARCH].points == pytest.approx(FORWARD, abs=0.01)
    assert "spot VIX" not in notes(seen)
    assert "spot VIX 9.82 stands in" in notes(replace(seen, chains=()))


def test_a_chain_holds_until_the_next_session_has_closed() -> None:
    seen = replace(given(curve=True), chains=(chain(),))
    assert market_then(seen).marks
    assert market_then(replace(seen, now=utc("2018-01-11T20:59"))).marks
    assert market_then(replace(seen, now=utc("2018-01-11T21:00"))).marks == {}


def test_nothing_is_worked_out_again_on_a_tick() -> None:
    seen = replace(given(curve=True), chains=(chain(),))
    later = replace(seen, now=seen.now + timedelta(seconds=1))
    assert market_then(later).marks is market_then(seen).marks
