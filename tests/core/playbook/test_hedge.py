"""Are VIX calls priced on their own future, chosen by where they break even, and stressed as the example says?"""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.measures.spot_vol import BASE, HIGH, LOW
from core.playbook.hedge import (
    NoHedgeError,
    aligned,
    by_delta,
    call_spreads,
    calls,
    expiry_near,
    future,
    priced_expiries,
    put_wing,
)
from core.playbook.stress import CALL, VX, VXM, Hedge, Stress, gain_in, gains_in
from core.valuation.forwards import MarketNow
from tests.core.histories import calendar
from tests.core.valuation.positions import iron_condor, layer

NOW = datetime(2018, 6, 18, 13, 30, tzinfo=UTC)
EXPIRIES = [date(2018, 6, 20), date(2018, 7, 18), date(2018, 8, 22), date(2018, 9, 19), date(2018, 10, 17)]
RATE = 0.045


def market(**changes: object) -> MarketNow:
    curve = dict(zip(EXPIRIES, (18.1, 18.8, 19.6, 19.9, 20.3), strict=True))
    known = {"now": NOW, "spx": 5000.0, "vix": 18.0, "curve": curve, "rate": RATE, "rate_note": ""}
    return MarketNow(**(known | {"calendar": calendar()} | changes))


def example(days: int, strike: float, sigma: float, premium: float, forward: float) -> Hedge:
    """Return a call of the worked example, so many days from now."""
    return Hedge(CALL, date(2018, 7, 20), NOW + timedelta(days), days, forward, strike, sigma, premium)


def dollars(hedge: Hedge, spx: float, days: float) -> float:
    return gain_in(hedge, Stress(spx, NOW + timedelta(days)), market(), BASE)


def near(days: float, **changes: object) -> date:
    return expiry_near(days, priced_expiries(market(**changes)), market(**changes))


LEVELS = (4900, 4800, 4700, 4500, 4250)


@pytest.mark.parametrize(
    ("hedge", "printed"),
    [
        (example(32, 19, 0.90, 1.90, 18.8), (45, 105, 179, 381, 761)),
        (example(112, 21, 0.66, 2.62, 20.3), (26, 57, 94, 189, 365)),
        (example(222, 22, 0.55, 3.09, 21.0), (18, 40, 65, 129, 244)),
    ],
)
def test_one_day_gains_are_those_of_the_worked_example(hedge: Hedge, printed: tuple[int, ...]) -> None:
    # the printed dollars follow from premiums rounded to the cent
    assert [dollars(hedge, level, 1) for level in LEVELS] == pytest.approx(printed, abs=1.0)


def test_at_the_condors_expiry_the_example_takes_a_call_at_intrinsic_on_vix() -> None:
    # the example's convention for a call with two days left is ours for one that settles at the horizon itself
    settled = example(30, 19, 0.90, 1.90, 18.8)
    assert [dollars(settled, level, 30) for level in LEVELS] == pytest.approx((-119, 73, 288, 802, 1650), abs=1.0)


def test_four_calls_of_32_days_cover_a_quarter_of_the_loss_at_the_long_put() -> None:
    # playbook 0.3: max loss 3,658; 25 % is 914.50; 4 calls, 760 dollars, 57 % of the credit of 1,342
    gain = dollars(example(30, 19, 0.90, 1.90, 18.8), 4700, 30)
    assert math.ceil(0.25 * 3658 / gain) == 4
    assert 4 * example(32, 19, 0.90, 1.90, 18.8).outlay / 1342 == pytest.approx(0.57, abs=0.005)


def test_a_future_gains_by_its_beta_and_has_no_premium() -> None:
    vx, vxm = future(VX, EXPIRIES[1], market()), future(VXM, EXPIRIES[1], market())
    assert (vx.exposure, vxm.exposure, vx.outlay) == (18_800, 1880, 0)
    # SPX 4700 a day on: VIX 18 x 0.94^-4.5 = 23.78; 29 days left after one of 30, beta 1/sqrt(3.9)
    move = 18 * 0.94**-4.5 - 18
    assert dollars(vx, 4700, 1) == pytest.approx(1000 * move / math.sqrt(1 + 29 / 10))
    assert dollars(vxm, 4700, 1) == pytest.approx(dollars(vx, 4700, 1) / 10)


def test_a_stronger_response_gains_more() -> None:
    hedge = example(32, 19, 0.90, 1.90, 18.8)
    gains = [
        gain_in(hedge, Stress(4700, NOW + timedelta(1)), market(), response) for response in (LOW, BASE, HIGH)
    ]
    assert gains == sorted(gains)


@pytest.mark.playbook("000-16")
def test_hedges_gain_together_what_they_gain_alone() -> None:
    held = [(example(32, 19, 0.90, 1.90, 18.8), 4.0), (future(VXM, EXPIRIES[2], market()), 3.0)]
    stress = Stress(4700.0, NOW + timedelta(1))
    together = gains_in(held, stress, market(), [LOW, BASE, HIGH])
    alone = [sum(n * gain_in(hedge, stress, market(), r) for hedge, n in held) for r in (LOW, BASE, HIGH)]
    assert together == pytest.approx(alone)


@pytest.mark.playbook("000-16")
def test_the_alignments_of_the_worked_example() -> None:
    # playbook 4.4: 19 call at 1.90 -> rho 2.73, 22 call at 1.12 -> rho 0.59, condor 4700/4750
    expiry = EXPIRIES[1]
    quotes = {(expiry, 19.0): 1.90, (expiry, 22.0): 1.12}
    found = {hedge.strike: hedge for hedge in calls(expiry, 0.90, market(), iron_condor(), quotes)}
    assert found[19.0].rho == pytest.approx(2.73, abs=0.01)
    assert found[22.0].rho == pytest.approx(0.59, abs=0.01)
    assert (found[22.0].premium, found[22.0].note) == (1.12, "as quoted")
    assert (found[21.0].sigma, found[21.0].note) == (0.90, "volatility 90% assumed")
    # a stress of nothing at this moment gains nothing: the quote's own volatility values it
    assert gain_in(found[22.0], Stress(5000.0, NOW + timedelta(seconds=1)), market(), BASE) == pytest.approx(
        0, abs=0.01
    )
    assert aligned(list(found.values()), 0.5, None, market()).strike == 22.0


def test_a_quote_that_implies_no_volatility_is_left_out() -> None:
    found = calls(EXPIRIES[1], 0.90, market(), None, {(EXPIRIES[1], 15.0): 3.0})  # intrinsic value is 3.79
    assert 15.0 not in {hedge.strike for hedge in found}
    assert len(found) == 80


def test_a_call_is_priced_on_its_future_as_quantlib_does() -> None:
    ql = pytest.importorskip("QuantLib")
    years = 30 / 365
    (found,) = [hedge for hedge in calls(EXPIRIES[1], 0.90, market(), None, {}) if hedge.strike == 20.0]
    theirs = ql.blackFormula(ql.Option.Call, 20.0, 18.8, 0.9 * math.sqrt(years), math.exp(-RATE * years))
    assert found.premium == pytest.approx(theirs, rel=1e-10)
    assert math.isnan(found.rho)


@pytest.mark.playbook("001-7")
def test_no_call_is_aligned_with_a_wing_that_no_break_even_reaches() -> None:
    far = iron_condor((2000, 2010, 5200, 5250))
    found = calls(EXPIRIES[1], 0.90, market(), far, {})
    assert aligned(found, 0.5, None, market()) is None
    assert by_delta(found, 0.5).strike == 19.0  # 19 has 0.533, 20 has 0.45
    assert by_delta(found, 0.45).strike == 20.0


def test_an_aligned_call_that_settles_too_early_to_gain_is_passed_over() -> None:
    # SPX 5000 -> 4700 on July 18: on June 20, two of thirty days on, it stands at 4980 and VIX at 18.3
    found = calls(EXPIRIES[0], 0.90, market(), iron_condor(), {})
    at_expiry = Stress(4700.0, datetime(2018, 7, 18, 13, 30, tzinfo=UTC))
    assert aligned(found, 0.5, None, market()).strike == 23.0
    assert aligned(found, 0.5, at_expiry, market()) is None


def test_the_expiry_is_the_priced_one_nearest_to_the_tenor() -> None:
    assert near(30) == EXPIRIES[1]
    assert near(110) == EXPIRIES[4]  # 121 days; 93 to September
    assert near(400) == EXPIRIES[4]
    assert near(16) == EXPIRIES[1]  # 2 and 30 days are as near: the later
    assert near(30, curve={EXPIRIES[3]: 19.9}) == EXPIRIES[3]


def test_without_a_curve_nothing_can_be_bought() -> None:
    with pytest.raises(NoHedgeError, match="no VX curve"):
        near(30, curve={})
    with pytest.raises(NoHedgeError, match="outside the exchange calendar"):
        near(30, now=datetime(2026, 12, 1, 15, tzinfo=UTC))


def test_the_put_wing_is_in_spx_points() -> None:
    assert put_wing(iron_condor()) == (4700.0, 4750.0)
    assert put_wing(iron_condor((470, 475, 520, 525), root="XSP")) == (4700.0, 4750.0)
    assert put_wing(replace(iron_condor(), fills=layer("+1 SPX 2018-07-18 P 4700 @ 1").fills)) is None


def spread_of(strike: float, width: float, **quotes: float) -> Hedge:
    """Return the July spread that buys this strike; quotes by "k21"."""
    known = {(EXPIRIES[1], float(key[1:])): value for key, value in quotes.items()}
    found = call_spreads(calls(EXPIRIES[1], 0.90, market(), iron_condor(), known), width, market(), iron_condor())
    return next(hedge for hedge in found if hedge.strike == strike)


@pytest.mark.playbook("000-10", "002-3")
def test_a_spread_costs_and_moves_as_its_two_calls_in_quantlib() -> None:
    ql = pytest.importorskip("QuantLib")
    years, spread = 30 / 365, spread_of(21.0, 10)
    two = [
        ql.BlackCalculator(
            ql.PlainVanillaPayoff(ql.Option.Call, strike), 18.8, 0.9 * math.sqrt(years), math.exp(-RATE * years)
        )
        for strike in (21.0, 31.0)
    ]
    assert spread.premium == pytest.approx(two[0].value() - two[1].value(), rel=1e-10)
    slope = two[0].deltaForward() - two[1].deltaForward()
    assert spread.delta == pytest.approx(slope, rel=1e-10)
    assert spread.exposure == pytest.approx(100 * slope * 18.8)
    assert spread.outlay == pytest.approx(100 * (two[0].value() - two[1].value()))
    assert spread.text == "VIX 2018-07-18 C 21/31"


@pytest.mark.playbook("000-10")
@pytest.mark.parametrize(("response", "b"), [(LOW, 2.5), (BASE, 4.5), (HIGH, 7.0)])
@pytest.mark.parametrize("spx", [4900, 4700, 4400, 3800])
def test_a_spread_gains_no_more_than_its_width_in_every_response(response: object, b: float, spx: float) -> None:
    # the SPX condor and the VIX calls of July settle on the same morning: intrinsic on VIX
    spread = spread_of(21.0, 10)
    vix = min(18 * (spx / 5000) ** -b, 90)
    worth = min(max(vix - 21, 0), 10)
    gain = gain_in(spread, Stress(spx, datetime(2018, 7, 18, 13, 30, tzinfo=UTC)), market(), response)  # type: ignore[arg-type]
    assert gain == pytest.approx(100 * (worth - spread.premium), abs=1e-6)
    assert gain <= spread.most + 1e-6
    assert spread.most == pytest.approx(100 * (10 - spread.premium))


def test_a_spread_breaks_even_at_its_lower_strike_and_premium() -> None:
    spread = spread_of(22.0, 10, k22=1.12, k32=0.42)
    assert spread.premium == pytest.approx(0.70)
    spx = 5000 * (22.70 / 18) ** (-1 / 4.5)  # the base response turned round
    assert spread.rho == pytest.approx((spx - 4700) / 50)
    assert spread.note == "as quoted"
    assert spread_of(22.0, 10, k22=1.12).note == "22: as quoted; 32: volatility 90% assumed"
    assert math.isinf(example(32, 19, 0.90, 1.90, 18.8).most)


def test_a_spread_is_chosen_by_the_delta_of_the_call_it_buys() -> None:
    found = call_spreads(calls(EXPIRIES[1], 0.90, market(), None, {}), 10, market(), None)
    chosen = by_delta(found, 0.5)
    assert (chosen.strike, chosen.cap) == (19.0, 29.0)
    assert chosen.delta < chosen.long_delta
    assert call_spreads(calls(EXPIRIES[1], 0.90, market(), None, {}), 90, market(), None) == []
    assert max(one.cap for one in found) == 90.0


def test_dollars_for_a_point_of_vix_go_through_the_futures_beta() -> None:
    vx = future(VX, EXPIRIES[1], market())
    assert vx.per_vix_point == pytest.approx(1000 / math.sqrt(1 + 30 / 10))
