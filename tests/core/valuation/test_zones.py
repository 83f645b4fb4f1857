"""Are closed-form roots, zones and their extremes those that a hand calculation gives?"""

import numpy as np
import pytest

from core.valuation.payoff import HorizonLeg, payoff_of
from core.valuation.zones import Straight, Zone, straight, zones_between


def lines(cash: float, *legs: tuple[int, int, int]) -> Straight:
    return straight(payoff_of([HorizonLeg(q * 100, s, k, spx_weight=1) for q, s, k in legs], cash))


def zones(found: Straight) -> tuple[Zone, ...]:
    return zones_between(found.profits, found.changes, found.roots)


def test_a_naked_call_loses_beyond_strike_plus_credit() -> None:
    found = lines(2000.0, (-1, 1, 5200))
    assert found.roots == pytest.approx([5220.0])
    assert found.end_slope == -100
    assert [zone.kind for zone in zones(found)] == ["profit", "loss"]


def test_a_long_strangle_gains_outside() -> None:
    found = lines(-1500.0, (1, -1, 4800), (1, 1, 5200))
    assert found.roots == pytest.approx([4785.0, 5215.0])
    assert zones(found)[1] == Zone("loss", 4785.0, 5215.0, 0.0, -1500.0)
    assert zones(found)[0].best == pytest.approx(478_500)  # SPX at zero


def test_a_position_that_only_breaks_even_on_one_side_never_loses_there() -> None:
    # a 50-wide put spread sold for 50.00: nothing gained or lost below 4700
    found = lines(5000.0, (1, -1, 4700), (-1, -1, 4750))
    assert found.roots.size == 0
    assert [zone.kind for zone in zones(found)] == ["profit"]


def test_no_legs_are_one_zone_of_cash() -> None:
    found = zones(lines(-12.5))
    assert found == (Zone("loss", None, None, -12.5, -12.5),)


def test_zones_alternate_and_share_their_edges() -> None:
    profits = np.array([5.0, 3.0, -2.0, -4.0, 1.0])
    found = zones_between(profits, np.array([1, 3]), np.array([11.0, 19.0]))
    assert found == (
        Zone("profit", None, 11.0, 5.0, 0.0),
        Zone("loss", 11.0, 19.0, 0.0, -4.0),
        Zone("profit", 19.0, None, 1.0, 0.0),
    )
