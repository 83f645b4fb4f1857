"""Is what is held counted in delta notional, and unknown as soon as one leg has no future of its own?"""

import math

import pytest

from core.market.figure import known, unknown
from core.playbook.held import excess, held_exposure
from core.valuation.black76 import delta, price
from core.valuation.forwards import MarketThen
from tests.core.playbook.test_hedge import EXPIRIES, RATE, market
from tests.core.valuation.positions import layer

CURVE = market().curve
THEN = MarketThen(vx=lambda expiry, _when: CURVE.get(expiry), spx=lambda _when: 5000.0)
JULY = EXPIRIES[1]


def test_futures_count_in_full_and_shorts_negative() -> None:
    held = [layer(f"+2 VX {JULY} @ 18.5"), layer(f"-3 VXM {JULY} @ 18.5")]
    assert held_exposure(held, market(), THEN).value == pytest.approx(2 * 18_800 - 3 * 1880)


def test_an_option_counts_by_the_delta_of_its_own_fill() -> None:
    years = 30 / 365
    discount = math.exp(-RATE * years)
    paid = round(float(price(18.8, 20.0, 0.85, years, 1, discount)), 4)
    slope = float(delta(18.8, 20.0, 0.85, years, 1, discount))
    found = held_exposure([layer(f"+4 VIX {JULY} C 20 @ {paid}")], market(), THEN)
    assert found.value == pytest.approx(4 * 100 * slope * 18.8, rel=1e-4)
    spread = held_exposure([layer(f"+4 VIX {JULY} C 20 @ {paid}", f"-4 VIX {JULY} C 20 @ {paid}")], market(), THEN)
    assert spread.value == 0


def test_nothing_held_is_nothing() -> None:
    assert held_exposure([], market(), THEN).value == 0


@pytest.mark.parametrize(
    ("leg", "reason"),
    [
        ("+100 VXX @ 27.1", "VXX: it has no VX future"),
        (f"+1 SPX {JULY} P 4700 @ 15", "it has no VX future"),
        ("+1 VX 2018-06-13 @ 18", "has expired: enter its settlement"),
        ("+1 VX 2018-12-19 @ 18", "no VX future of 2018-12-19"),
        (f"+1 VIX {JULY} C 15 @ 3.0", "its fill implies no volatility"),
    ],
)
def test_a_leg_without_a_delta_makes_the_whole_unknown(leg: str, reason: str) -> None:
    found = held_exposure([layer(f"+2 VX {JULY} @ 18.5"), layer(leg)], market(), THEN)
    assert found.value is None
    assert reason in found.unknown


@pytest.mark.playbook("000-6")
def test_excess_begins_a_fifth_above_the_target() -> None:
    target = known(10_000, "$")
    assert excess(known(11_900, "$"), target, 20).value == 0
    assert excess(known(13_000, "$"), target, 20).value == pytest.approx(1000)
    assert excess(known(500, "$"), known(0, "$"), 20).value == 500
    assert excess(unknown("no curve", "$"), target, 20).unknown == "no curve"
