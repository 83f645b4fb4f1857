"""Does the search reproduce the worked example of the playbook, root for root?"""

import math

import numpy as np
import pytest

from core.measures.spot_vol import BASE, HIGH, LOW
from core.valuation.payoff import HorizonLeg, Payoff, payoff_of, profit
from core.valuation.search import search

# Short 4750P 20.91, long 4700P 15.84, short 5200C 21.04, long 5250C 12.69: credit 13.42.
CONDOR = [
    HorizonLeg(-100, -1, 4750, spx_weight=1),
    HorizonLeg(100, -1, 4700, spx_weight=1),
    HorizonLeg(-100, 1, 5200, spx_weight=1),
    HorizonLeg(100, 1, 5250, spx_weight=1),
]
CREDIT = 100 * (20.91 - 15.84 + 21.04 - 12.69)


def two_days_left(quantity: int, strike: float) -> HorizonLeg:
    """Return a VIX call taken at intrinsic on VIX itself: the example's convention for two days and less."""
    return HorizonLeg(100 * quantity, 1, strike, forward=18.0)


SIXTY_TWO = HorizonLeg(
    400, 1, 20, forward=19.6, days_left=32, sigma=0.78, years=32 / 365, discount=math.exp(-0.045 * 32 / 365)
)
EXAMPLES = {
    "none": ([], 0.0, [(4736.58, 5213.42)] * 3, -3658, 1342),
    "4 x 32d K19": (
        [two_days_left(4, 19)],
        -760.0,
        [(4073.52, 4737.80, 5205.82), (4461.96, 4727.53, 5205.82), (4647.12, 4710.94, 5205.82)],
        -4418,
        582,
    ),
    "1 x 32d K22": (
        [two_days_left(1, 22)],
        -112.0,
        [(4737.70, 5212.30), (3830.53, 4736.74, 5212.30), (4212.93, 4733.28, 5212.30)],
        -3770,
        1230,
    ),
    "4 x 62d K20": (
        [SIXTY_TWO],
        -928.0,
        [(3552.65, 4736.51, 5209.30), (4135.39, 4733.38, 5208.53), (4425.52, 4728.09, 5208.01)],
        -4473,
        1062,
    ),
}


def position(name: str) -> Payoff:
    hedge, cost, *_ = EXAMPLES[name]
    return payoff_of(CONDOR + hedge, CREDIT + cost, 5000.0, 18.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_roots_of_the_worked_example(name: str) -> None:
    found = search(position(name))
    for roots, expected in zip(found.roots, EXAMPLES[name][2], strict=True):
        assert roots == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("name", EXAMPLES)
def test_dollars_of_the_worked_example(name: str) -> None:
    found = search(position(name))
    assert (found.levels[0], found.levels[-1]) == (3500, 6000)
    assert found.profits[1].min() == pytest.approx(EXAMPLES[name][3], abs=1)
    assert found.profits[1][found.levels == 5000] == pytest.approx([EXAMPLES[name][4]], abs=1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_roots_are_roots(name: str) -> None:
    payoff = position(name)
    for roots, response in zip(search(payoff).roots, (LOW, BASE, HIGH), strict=True):
        either_side = profit(payoff, np.concatenate([roots - 1e-6, roots + 1e-6]), response).reshape(2, -1)
        assert ((either_side[0] < 0) != (either_side[1] < 0)).all()


def test_hedge_profit_per_contract_of_the_worked_example() -> None:
    # the line "32d K19 at condor expiry" at 4900/4800/4700/4500/4250
    call = payoff_of([two_days_left(1, 19)], -190.0, 5000.0, 18.0)
    at_expiry = profit(call, np.array([4900.0, 4800.0, 4700.0, 4500.0, 4250.0]))
    assert at_expiry == pytest.approx([-119, 73, 288, 802, 1650], abs=1)


def test_strikes_far_from_spx_are_searched_too() -> None:
    far = payoff_of(CONDOR, CREDIT, 2000.0, 18.0)
    assert search(far).roots[1] == pytest.approx([4736.58, 5213.42], abs=1e-6)


def test_spx_may_be_unknown_where_no_leg_follows_vix() -> None:
    assert search(payoff_of(CONDOR, CREDIT)).roots[1] == pytest.approx([4736.58, 5213.42], abs=1e-6)


def test_both_sides_of_a_corner_narrower_than_the_grid_are_found() -> None:
    # a long 5002/5003/5004 butterfly for 0.30: profit only between 5002.30 and 5003.70, inside one step
    fly = [HorizonLeg(100 * q, 1, strike, spx_weight=1) for q, strike in ((1, 5002), (-2, 5003), (1, 5004))]
    assert search(payoff_of(fly, -30.0, 5000.0, 18.0)).roots[1] == pytest.approx([5002.3, 5003.7], abs=1e-6)
