"""Is each leg taken at the horizon as the playbook says, and is what cannot be valued named?"""

import math
from datetime import date, timedelta
from typing import Any

import pytest

from core.market.times import new_york
from core.positions.contract import MORNING
from core.positions.leg import open_legs
from core.valuation.fill_volatility import Unvalued
from core.valuation.horizon import Horizon, Valued, last_expiry, legs_at, own_terms
from tests.core.valuation.positions import EXPIRY, NOW, THEN, VIX_62, fills, iron_condor, layer, market

MOMENT = new_york(EXPIRY, MORNING)


def at_horizon(text: str, **changes: Any) -> Valued | Unvalued:
    return legs_at(Horizon(MOMENT, market(**changes), THEN), open_legs(fills([text])))[0]


def test_a_condor_leg_is_intrinsic() -> None:
    found = at_horizon(f"-2 SPX {EXPIRY} P 4750 @ 20.91")
    assert found == Valued(own_terms(open_legs(fills([f"-2 SPX {EXPIRY} P 4750 @ 1"]))[0]))
    assert (found.leg.dollars, found.leg.sign, found.leg.strike, found.leg.is_vix) == (-200, -1, 4750, False)


def test_an_earlier_spx_leg_is_intrinsic_and_says_so() -> None:
    found = at_horizon("-1 SPXW 2018-07-06 C 5200 @ 5")
    assert not found.leg.is_priced
    assert "SPXW legs of 2018-07-06: intrinsic at the same SPX" in found.note


def test_a_later_spx_leg_is_priced_on_spx_carried_at_the_rate() -> None:
    found = at_horizon(f"+1 SPX {VIX_62} P 4700 @ 30")
    years = 32 / 365
    assert found.leg.years == pytest.approx(years)
    assert found.leg.spx_weight == pytest.approx(math.exp(0.045 * years))
    assert found.leg.discount == pytest.approx(math.exp(-0.045 * years))
    assert "without dividends" in found.note


def test_a_living_vix_call_is_on_its_own_future() -> None:
    found = at_horizon(f"+4 VIX {VIX_62} C 20 @ 2.32")
    assert (found.leg.dollars, found.leg.forward, found.leg.strike) == (400, 19.6, 20)
    assert found.leg.days_left == pytest.approx(32)
    assert found.leg.years == pytest.approx(32 / 365)
    assert found.leg.sigma == pytest.approx(0.78, abs=0.0025)
    assert "+4 VIX 2018-08-19 C 20: volatility 78.1% implied by its fill" in found.note


def test_a_living_future_needs_no_volatility() -> None:
    found = at_horizon(f"-3 VXM {VIX_62} @ 19.6")
    assert (found.leg.dollars, found.leg.forward, found.leg.strike, found.leg.is_priced) == (-300, 19.6, 0, False)


@pytest.mark.parametrize("text", ["+1 VIX 2018-07-03 C 20 @ 1", "+1 VX 2018-07-03 @ 18"])
def test_a_vix_leg_that_settles_on_the_way_is_path_dependent(text: str) -> None:
    found = at_horizon(text)
    assert found.leg.share == pytest.approx(15 / 30)
    assert (found.leg.forward, found.leg.days_left, found.leg.is_priced) == (18.0, 0.0, False)
    assert "path-dependent" in found.note
    assert "50% of the way" in found.note


def test_a_vix_leg_that_settles_with_the_condor_sees_the_whole_move() -> None:
    assert at_horizon(f"+1 VIX {EXPIRY} C 20 @ 1").leg.share == 1


@pytest.mark.parametrize(
    ("text", "changes", "words"),
    [
        (f"+4 VIX {VIX_62} C 20 @ 2.32", {"curve": {}}, "no VX curve"),
        ("+4 VIX 2018-08-08 C 20 @ 2.32", {}, "no VX future of 2018-08-08 in the data"),
        (f"+4 VIX {VIX_62} C 20 @ 2.32", {"curve": {VIX_62: float("nan")}}, "no VX future of 2018-08-19"),
        (f"+4 VIX {VIX_62} C 20 @ 2.32", {"vix": None}, "no VIX value"),
        (f"+1 VX {VIX_62} @ 19.6", {"spx": None}, "no SPX value"),
        (f"+4 VIX {VIX_62} C 10 @ 2.32", {}, "implies no volatility"),
        ("+9 VXX @ 27.1", {}, "VXX: no model of its value at the horizon"),
        ("+9 UVXY 2018-08-17 C 20 @ 1.1", {}, "UVXY 2018-08-17 C 20: no model of its value"),
        ("+1 VIX 2018-06-13 C 20 @ 1.1", {}, "VIX 2018-06-13 C 20 has expired: enter its settlement"),
        ("+1 SPXW 2031-06-13 P 4000 @ 50", {}, "outside the exchange calendar"),
    ],
)
def test_what_cannot_be_valued_is_named(text: str, changes: dict[str, Any], words: str) -> None:
    found = at_horizon(text, **changes)
    assert isinstance(found, Unvalued)
    assert words in found.reason


def test_the_last_expiry_is_a_moment_of_the_day() -> None:
    book = [iron_condor(), iron_condor(expiry=date(2018, 7, 20), root="SPXW"), layer("+9 VXX @ 27.1")]
    assert last_expiry(book, market()) == new_york(date(2018, 7, 20))
    assert last_expiry(book[:1], market()) == NOW + timedelta(days=30)
    assert last_expiry([], market()) is None
