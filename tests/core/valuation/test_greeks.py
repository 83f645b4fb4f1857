"""Are prices and greeks those of QuantLib and vollib, over a wide random sample, and the dollars those by hand?"""

import math
from datetime import timedelta

import numpy as np
import pytest

from core.positions.book import Holding
from core.valuation.black76 import greeks as black_greeks
from core.valuation.black76 import price_and_delta
from core.valuation.greeks import greeks
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import revalue
from tests.core.valuation.positions import CALENDAR, EXPIRY, NOW, THEN, VIX_62, iron_condor, layer, market

RANDOM = np.random.default_rng(20181224)
COUNT = 2000
FORWARD = RANDOM.uniform(8, 6000, COUNT)
STRIKE = FORWARD * np.exp(RANDOM.normal(0, 0.25, COUNT))
SIGMA = RANDOM.uniform(0.05, 2.5, COUNT)
YEARS = RANDOM.uniform(0.5 / 365, 2.0, COUNT)
SIGN = np.where(RANDOM.random(COUNT) < 0.5, 1.0, -1.0)
RATE = 0.045
DISCOUNT = np.exp(-RATE * YEARS)
FOUND = black_greeks(FORWARD, STRIKE, SIGMA, YEARS, SIGN, DISCOUNT, RATE)
TINY_PRICE = 1e-8  # of the forward: below it their own rounding shows


def test_prices_and_greeks_are_quantlibs() -> None:
    ql = pytest.importorskip("QuantLib")
    theirs = np.empty((COUNT, 4))
    for row in range(COUNT):
        right = ql.Option.Call if SIGN[row] > 0 else ql.Option.Put
        payoff = ql.PlainVanillaPayoff(right, STRIKE[row])
        calculator = ql.BlackCalculator(payoff, FORWARD[row], SIGMA[row] * math.sqrt(YEARS[row]), DISCOUNT[row])
        theirs[row] = (
            calculator.value(),
            calculator.deltaForward(),
            calculator.gammaForward(),
            calculator.vega(YEARS[row]),
        )
    told = FOUND.price > TINY_PRICE * FORWARD
    assert told.mean() > 0.9
    for ours, column in zip((FOUND.price, FOUND.delta, FOUND.gamma, FOUND.vega), theirs.T, strict=True):
        assert ours[told] == pytest.approx(column[told], rel=1e-9)


def test_prices_and_greeks_are_vollibs() -> None:
    black = pytest.importorskip("vollib.black")
    from vollib.black.greeks import analytical

    rows = range(0, COUNT, 4)
    for row in rows:
        if FOUND.price[row] < TINY_PRICE * FORWARD[row]:
            continue
        flag = "c" if SIGN[row] > 0 else "p"
        given = (flag, FORWARD[row], STRIKE[row], YEARS[row], RATE, SIGMA[row])
        assert FOUND.price[row] == pytest.approx(black.black(*given), rel=1e-9)
        assert FOUND.delta[row] == pytest.approx(analytical.delta(*given), rel=1e-9)
        assert FOUND.gamma[row] == pytest.approx(analytical.gamma(*given), rel=1e-9)
        # theirs is for one volatility point and one day
        assert FOUND.vega[row] / 100 == pytest.approx(analytical.vega(*given), rel=1e-9)
        assert FOUND.theta[row] / 365 == pytest.approx(analytical.theta(*given), rel=1e-9, abs=1e-12)


def test_price_and_delta_are_those_of_the_greeks() -> None:
    price, delta = price_and_delta(FORWARD, STRIKE, SIGMA, YEARS, SIGN, DISCOUNT)
    assert price == pytest.approx(FOUND.price, rel=1e-12, abs=1e-12)
    assert delta == pytest.approx(FOUND.delta, rel=1e-12, abs=1e-15)


def test_with_no_time_left_there_is_intrinsic_value_and_its_slope() -> None:
    found = black_greeks(100.0, np.array([90.0, 110.0]), 0.2, 0.0, np.array([1.0, 1.0]), 1.0, RATE)
    assert found.price.tolist() == [10.0, 0.0]
    assert found.delta.tolist() == [1.0, 0.0]
    assert (found.gamma.tolist(), found.vega.tolist(), found.theta.tolist()) == ([0, 0], [0, 0], [0, 0])


def book(*holdings: Holding) -> LegTable:
    terms = leg_terms(holdings, CALENDAR)
    now = market()
    return leg_table(terms, leg_volatilities(terms, THEN, now.rate), now)


TABLE = book(
    iron_condor(quantity=3),
    layer(f"+4 VIX {VIX_62} C 20 @ 2.32", f"-2 VIX {VIX_62} P 15 @ 0.40"),
    layer(f"+1 VX {VIX_62} @ 19.6", "-1 XSP 2018-08-17 P 470 @ 4.1"),
)


def test_spx_dollars_are_what_a_small_move_gains() -> None:
    # finite differences of the revaluation itself, volatilities held: sticky strike of no skew is not modelled, so
    # the surface's own move is taken out by asking the VIX legs and the sign of the SPX legs alone
    found, step = greeks(TABLE), 0.01
    up, down = (revalue(TABLE, 5000.0, 18.0 + s, NOW) for s in (step, -step))
    assert found.vix_up == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-6)


def test_spx_delta_and_gamma_are_those_at_fixed_volatility() -> None:
    on_spx = TABLE.terms.on == 0
    found, years = greeks(TABLE), (TABLE.terms.expiry_s - TABLE.now_s) / (365 * 86400)

    def worth(spx: float) -> np.ndarray:
        forward = TABLE.forward * spx / 5000.0
        discount = np.exp(-TABLE.rate * years)
        points = black_greeks(
            forward, TABLE.terms.strike, TABLE.sigma, years, TABLE.terms.sign, discount, 0.0
        ).price
        return TABLE.terms.dollars * points

    one = 50.0  # 1 % of SPX
    slope = (worth(5000.5) - worth(4999.5))[on_spx]
    assert found.spx_down[on_spx] == pytest.approx(-one * slope, rel=1e-5)
    bend = (worth(5005.0) - 2 * worth(5000.0) + worth(4995.0))[on_spx] / 25
    assert found.spx_gamma[on_spx] == pytest.approx(one * one * bend, rel=1e-3)
    assert (found.spx_down[~on_spx] == 0).all()


def test_a_day_of_decay_is_what_the_next_minutes_cost() -> None:
    on_vix = TABLE.terms.on == 1
    minutes = 10
    later = revalue(TABLE, 5000.0, 18.0, NOW + timedelta(minutes=minutes))
    now = revalue(TABLE, 5000.0, 18.0, NOW)
    assert greeks(TABLE).decay[on_vix] == pytest.approx(
        ((later - now) * 1440 / minutes)[on_vix], rel=1e-3, abs=1e-6
    )


def test_a_future_gains_its_beta_for_a_point_of_vix() -> None:
    row = [leg.contract.root for leg in TABLE.terms.legs].index("VX")
    days = (TABLE.terms.expiry_s[row] - TABLE.now_s) / 86400
    assert greeks(TABLE).vix_up[row] == pytest.approx(1000 / math.sqrt(1 + days / 10))
    assert (greeks(TABLE).price[row], greeks(TABLE).decay[row]) == (19.6, 0.0)


def test_a_leg_that_cannot_be_valued_has_no_greeks() -> None:
    found = greeks(book(iron_condor(), layer("+9 VXX @ 27.1")))
    assert np.isnan([getattr(found, name)[-1] for name in ("price", "delta", "value", "spx_down", "decay")]).all()
    assert np.isfinite(found.value[:4]).all()


def test_xsp_counts_a_tenth_of_spx() -> None:
    tenth = book(iron_condor((470, 475, 520, 525), "1.342", 10, root="XSP", expiry=EXPIRY))
    whole = book(iron_condor((4700, 4750, 5200, 5250), "13.42", 1, root="SPXW", expiry=EXPIRY))
    for name in ("value", "spx_down", "spx_gamma", "vix_up", "decay"):
        assert getattr(greeks(tenth), name) == pytest.approx(getattr(greeks(whole), name), rel=1e-6)
