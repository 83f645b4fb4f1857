"""Do the volatilities move as the playbook's sections 4.3 and 9 say?"""

import math

import numpy as np
import pytest

from core.valuation.surface import STANDARD, Surface, skew, smile, vix_to_volatility


def moved(surface: Surface, strike: float, days: float, spx: float, vix: float) -> float:
    """Return the volatility of an option at 16 % after SPX went from 5000 and VIX from 18."""
    one = smile(np.array([0.16]), np.array([strike]), np.array([days]), 5000.0, surface)
    return float(one.moved(np.log(np.array([spx]) / 5000.0), np.array([vix - 18.0]))[0])


@pytest.mark.parametrize(("k", "expected"), [(-0.05, 0.0275 + 0.002), (0.05, -0.0175 + 0.002), (0.0, 0.0)])
def test_the_skew_is_the_examples(k: float, expected: float) -> None:
    assert skew(k) == pytest.approx(expected)


def test_a_point_of_vix_is_less_for_long_options_and_capped_for_short_ones() -> None:
    # 0.8 sqrt(30/days), the root at most 1.5
    assert vix_to_volatility([30.0, 120.0, 1.0]) == pytest.approx([0.8, 0.4, 1.2])


def test_the_level_follows_vix_and_the_skew_moneyness() -> None:
    assert moved(STANDARD, 5000.0, 30.0, 5000.0, 23.0) == pytest.approx(0.16 + 0.8 * 0.05)
    # SPX falls to the strike: what was a put 5 % out of the money is at it
    assert moved(STANDARD, 4750.0, 30.0, 4750.0, 18.0) == pytest.approx(0.16 - float(skew(math.log(0.95))))


def test_an_ssr_of_one_is_a_sticky_strike_along_a_straight_skew_and_none_a_sticky_delta() -> None:
    # with VIX unheeded; the curvature of 0.8 k^2 is what is left of a fall of 1 %
    small = math.log(0.99)
    sticky = moved(Surface(ssr=1.0), 5000.0, 30.0, 4950.0, 40.0)
    # at the money before; 1 % above it now: call side of the skew, level up by 0.55 x 1 %
    assert sticky == pytest.approx(0.16 + float(skew(-small)) - 0.55 * small)
    below = moved(Surface(ssr=1.0), 4000.0, 30.0, 4950.0, 40.0)
    k = math.log(0.8)
    assert below == pytest.approx(0.16 + 0.8 * ((k - small) ** 2 - k * k))
    assert moved(Surface(ssr=0.0), 4950.0, 30.0, 4950.0, 40.0) == pytest.approx(0.16 - float(skew(small)))


def test_a_volatility_stays_above_nothing() -> None:
    assert moved(STANDARD, 5000.0, 30.0, 5000.0, 0.0) == pytest.approx(0.016)
    assert moved(STANDARD, 5000.0, 1.0, 5000.0, 0.0) == 0.01
