"""Is every kind of leg worth at the horizon what a hand calculation or QuantLib says?"""

import math

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from core.measures.spot_vol import BASE, HIGH, LOW, Response
from core.valuation.payoff import HorizonLeg, kinks, payoff_of, profit


def gain(leg: HorizonLeg, spx: ArrayLike, cash: float = 0.0, response: Response = BASE) -> NDArray[np.float64]:
    return profit(payoff_of([leg], cash, 5000.0, 18.0), np.array(spx, float), response)


def test_spx_options_are_worth_their_intrinsic_value() -> None:
    assert gain(HorizonLeg(-200, -1, 4750, spx_weight=1), [4700, 4750, 4800], 500) == pytest.approx(
        [500 - 200 * 50, 500, 500]
    )
    assert gain(HorizonLeg(300, 1, 5200, spx_weight=1), [5190, 5210]) == pytest.approx([0, 3000])


def test_an_xsp_strike_counts_a_tenth_of_spx() -> None:
    assert gain(HorizonLeg(100, -1, 470, spx_weight=0.1), [4650]) == pytest.approx([100 * 5.0])


def test_a_future_that_lives_moves_by_its_beta() -> None:
    # SPX 4500: VIX = 18 x 0.9^-4.5 = 28.919; 30 days left, beta 0.5
    vix = 18 * 0.9**-4.5
    leg = HorizonLeg(1000, 1, 0, forward=19.0, days_left=30)
    assert gain(leg, [4500, 5000]) == pytest.approx([1000 * (19 + 0.5 * (vix - 18)), 19_000])


def test_an_option_that_lives_is_priced_on_its_own_future() -> None:
    ql = pytest.importorskip("QuantLib")
    days, discount = 32, math.exp(-0.045 * 32 / 365)
    future = 19.6 + (18 * 0.9**-4.5 - 18) / math.sqrt(1 + days / 10)
    theirs = ql.blackFormula(ql.Option.Call, 20.0, future, 0.78 * math.sqrt(days / 365), discount)
    leg = HorizonLeg(400, 1, 20, forward=19.6, days_left=days, sigma=0.78, years=days / 365, discount=discount)
    assert gain(leg, [4500], -928) == pytest.approx([400 * theirs - 928], rel=1e-12)


def test_a_leg_that_settles_half_way_sees_half_the_move() -> None:
    # SPX 4500 at the horizon is taken as 4750 half-way there
    vix = 18 * (4750 / 5000) ** -4.5
    leg = HorizonLeg(100, 1, 20, forward=18.0, share=0.5)
    assert gain(leg, [4500]) == pytest.approx([100 * (vix - 20)])


def test_legs_of_all_kinds_add_up() -> None:
    legs = [
        HorizonLeg(-100, -1, 4750, spx_weight=1),
        HorizonLeg(1000, 1, 0, forward=19.0, days_left=30),
        HorizonLeg(100, 1, 20, forward=18.0, share=0.5),
        HorizonLeg(100, 1, 22, forward=18.0),
        HorizonLeg(200, 1, 20, forward=19.6, days_left=32, sigma=0.8, years=0.1),
        HorizonLeg(200, -1, 4600, spx_weight=1, sigma=0.2, years=0.1),
    ]
    spx = np.linspace(3500, 6000, 7)
    together = profit(payoff_of(legs, 321.0, 5000.0, 18.0), spx)
    assert together == pytest.approx(sum((gain(leg, spx) for leg in legs), np.full(7, 321.0)))


def test_each_level_can_have_its_own_response() -> None:
    leg = HorizonLeg(1000, 1, 0, forward=18.0)
    mixed = Response(np.array([2.5, 7.0]), np.array([2.0, 4.5]))
    alone = [gain(leg, [4500], response=response)[0] for response in (LOW, HIGH)]
    assert gain(leg, [4500, 4500], response=mixed) == pytest.approx(alone)


def test_corners_are_where_the_slope_changes() -> None:
    legs = [HorizonLeg(-100, -1, 475, spx_weight=0.1), HorizonLeg(100, 1, 24, forward=18.0, share=0.5)]
    # VIX 24, 90 and 9 on the way: SPX0 (VIX/18)^(-1/b), then twice as far from 5000
    on_the_way = [5000 * (24 / 18) ** (-1 / 4.5), 5000 * 5 ** (-1 / 4.5), 5000 * 0.5 ** (-1 / 3.4)]
    expected = sorted([4750.0, *(5000 + 2 * (level - 5000) for level in on_the_way)])
    found = kinks(payoff_of(legs, 0.0, 5000.0, 18.0), [BASE])
    assert found == pytest.approx(expected)
