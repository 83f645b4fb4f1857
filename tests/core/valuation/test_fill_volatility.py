"""Is a leg's volatility the one that its fills imply on the forward of their own moment?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.market.times import new_york
from core.positions.contract import MORNING
from core.positions.leg import Leg
from core.valuation.fill_volatility import Unvalued, fill_volatilities
from core.valuation.forwards import MarketThen
from tests.core.valuation.positions import NOW, THEN, VIX_62, fills

EXPIRY = new_york(VIX_62, MORNING)


def fill_volatility(held: Leg, expiry: datetime, then: MarketThen, rate: float) -> float | Unvalued:
    return fill_volatilities([(held, expiry)], then, rate)[0]


def leg(*texts: str, when: datetime = NOW) -> Leg:
    opened = fills(texts, when)
    return Leg(opened[0].fill.contract, sum(one.fill.quantity for one in opened), opened)


def test_the_worked_examples_call_implies_its_volatility() -> None:
    # 2.32 is rounded to the cent: 78 % +- what half a cent is worth
    sigma = fill_volatility(leg(f"+4 VIX {VIX_62} C 20 @ 2.32"), EXPIRY, THEN, 0.045)
    assert sigma == pytest.approx(0.78, abs=0.0025)


def test_several_fills_count_by_their_quantity() -> None:
    one = fill_volatility(leg(f"+1 VIX {VIX_62} C 20 @ 2.00"), EXPIRY, THEN, 0.045)
    other = fill_volatility(leg(f"+3 VIX {VIX_62} C 20 @ 2.60"), EXPIRY, THEN, 0.045)
    both = leg(f"+1 VIX {VIX_62} C 20 @ 2.00", f"+3 VIX {VIX_62} C 20 @ 2.60")
    assert fill_volatility(both, EXPIRY, THEN, 0.045) == pytest.approx((one + 3 * other) / 4)


def test_the_forward_is_that_of_the_fills_own_moment() -> None:
    asked = []
    then = MarketThen(vx=lambda expiry, when: asked.append((expiry, when)) or 19.6, spx=lambda _when: None)
    when = datetime(2018, 6, 4, 15, 0, tzinfo=UTC)
    fill_volatility(leg(f"+1 VIX {VIX_62} C 20 @ 2.32", when=when), EXPIRY, then, 0.045)
    assert asked == [(VIX_62, when)]


def test_an_spx_put_goes_through_spx_at_its_fill() -> None:
    ql = pytest.importorskip("QuantLib")
    years = 62 / 365
    forward = 5000 * 2.718281828459045 ** (0.045 * years)
    paid = ql.blackFormula(
        ql.Option.Put, 4700.0, forward, 0.17 * years**0.5, 2.718281828459045 ** (-0.045 * years)
    )
    held = leg(f"+1 SPX {VIX_62} P 4700 @ {paid:.6f}")
    assert fill_volatility(held, EXPIRY, THEN, 0.045) == pytest.approx(0.17, abs=1e-7)
    tenth = leg(f"+1 XSP {VIX_62} P 470 @ {paid / 10:.7f}")
    assert fill_volatility(tenth, EXPIRY, THEN, 0.045) == pytest.approx(0.17, abs=1e-7)


def test_without_a_price_a_forward_or_time_value_the_leg_is_named() -> None:
    held = leg(f"+1 VIX {VIX_62} C 20 @ 2.32")
    package = replace(held, opened_by=tuple(replace(d, fill=replace(d.fill, price=None)) for d in held.opened_by))
    nothing = MarketThen(vx=lambda _expiry, _when: None, spx=lambda _when: None)
    cases = {
        "only its package has a price": fill_volatility(package, EXPIRY, THEN, 0.045),
        "no VX future of that expiry at its fill, 2018-06-18": fill_volatility(held, EXPIRY, nothing, 0.045),
        "no SPX value at its fill": fill_volatility(leg(f"+1 SPX {VIX_62} P 4700 @ 9"), EXPIRY, nothing, 0.045),
        "not above the intrinsic value": fill_volatility(leg(f"+1 VIX {VIX_62} C 12 @ 7.00"), EXPIRY, THEN, 0.045),
        "no time is left": fill_volatility(held, NOW - timedelta(days=1), THEN, 0.045),
    }
    for words, found in cases.items():
        assert isinstance(found, Unvalued)
        assert words in found.reason
        assert found.reason.startswith(("VIX 2018-08-19 C", "SPX 2018-08-19 P 4700"))


def test_legs_are_solved_together_and_answered_in_order() -> None:
    good, bad = leg(f"+4 VIX {VIX_62} C 20 @ 2.32"), leg(f"+1 VIX {VIX_62} C 12 @ 7.00")
    other = leg(f"+1 VIX {VIX_62} P 18 @ 1.50", f"+1 VIX {VIX_62} P 18 @ 1.50")
    found = fill_volatilities([(held, EXPIRY) for held in (other, bad, good)], THEN, 0.045)
    assert found[0] == fill_volatility(other, EXPIRY, THEN, 0.045)
    assert isinstance(found[1], Unvalued)
    assert found[2] == fill_volatility(good, EXPIRY, THEN, 0.045)
    assert fill_volatilities([], THEN, 0.045) == []
