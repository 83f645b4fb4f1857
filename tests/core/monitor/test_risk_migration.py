"""Do the break-evens move as the playbook's worked example says, and are the first-order ones what they claim?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.monitor.risk_compare import comparisons
from core.monitor.risk_curves import risk_grid
from core.monitor.risk_migration import migration
from core.risk_state import RiskAsked
from tests.core.monitor.risk_scene import CALLS_62, black, ground, hedged, implied
from tests.core.valuation.positions import VIX_62, layer

EXPIRY = datetime(2018, 7, 18, 13, 30, tzinfo=UTC)
YEARS = 62 / 365


@pytest.mark.playbook("001-28")
@pytest.mark.playbook("003-15")
def test_the_worked_example_by_rows() -> None:
    """Playbook 9: bare 4736.58, 5213.42; with 4 x 62d K20 4135.39, 4733.38, 5208.53, least -4,473 at 6000."""
    found = hedged()
    bare, with_layer = migration(found, risk_grid(found), EXPIRY)
    assert (bare.name, with_layer.name) == ("bare", "+L1")
    assert bare.break_evens.points == pytest.approx((4736.58, 5213.42), abs=0.01)
    assert with_layer.break_evens.points == pytest.approx((4135.39, 4733.38, 5208.53), abs=0.1)
    assert with_layer.break_evens.low_response == pytest.approx((3552.65, 4736.51, 5209.30), abs=0.1)
    assert with_layer.break_evens.high_response == pytest.approx((4425.52, 4728.09, 5208.01), abs=0.1)
    assert (bare.gained_put.value, bare.gained_call.value, bare.paid.value) == (0.0, 0.0, 0.0)
    assert with_layer.gained_put.value == pytest.approx(3.20, abs=0.1)
    assert with_layer.gained_call.value == pytest.approx(-4.89, abs=0.1)
    assert with_layer.paid.value == pytest.approx(4 * 232)
    assert with_layer.paid_per_point.value == pytest.approx(928 / 3.20, abs=10)
    assert (bare.least.value, bare.least_at) == (pytest.approx(-3658), 4700.0)  # as in the other wing
    assert with_layer.least.value == pytest.approx(-4473, abs=2)
    assert (with_layer.least_at, with_layer.least_side) == (6000.0, "call")
    assert "call side gets worse: loses 4.8" in with_layer.words
    assert "put side gains 3.2" in with_layer.words


def test_one_row_more_for_each_layer_and_its_cost_is_that_of_all_so_far() -> None:
    second = replace(layer(f"+1 VIX {VIX_62} C 25 @ 1.10", fees="0.65"), number=3)
    found = ground(layer(CALLS_62), second)
    rows = migration(found, risk_grid(found), EXPIRY)
    assert [(row.name, row.layers) for row in rows] == [("bare", ()), ("+L1", (1,)), ("+L1+L3", (1, 3))]
    assert [row.paid.value for row in rows] == pytest.approx([0.0, 928.0, 928.0 + 110.65])


@pytest.mark.playbook("004-13")
def test_first_order_is_the_hedge_by_the_slope_of_the_wing() -> None:
    put, call = comparisons(hedged(), EXPIRY)
    sigma = implied(2.32, 19.6, 20.0, YEARS, 0.045)
    for one, bare, sign in ((put, 4736.58, -1), (call, 5213.42, 1)):
        slope = 4.5 if bare < 5000 else 3.4
        vix = 18 * (bare / 5000) ** -slope
        future = 19.6 + (vix - 18) / math.sqrt(1 + 32 / 10)
        gain = 400 * (black(future, 20.0, sigma, 32 / 365, 1, 0.045) - 2.32)
        assert one.gain.value == pytest.approx(gain, abs=0.05)
        assert one.first_order.value == pytest.approx(bare + sign * gain / 100, abs=0.01)  # 100 dollars a point
        assert math.fsum(term.value or 0.0 for term in one.terms.values()) == pytest.approx(gain, abs=0.05)
    assert put.full == pytest.approx((4135.39, 4733.38), abs=0.1)
    assert call.full == pytest.approx((5208.53,), abs=0.1)
    assert (put.side, call.side) == ("put", "call")


def test_the_terms_are_the_greeks_times_the_move() -> None:
    put, _ = comparisons(hedged(), EXPIRY)
    sigma, rate = implied(2.32, 19.6, 20.0, YEARS, 0.045), 0.045
    move = (18 * (4736.58 / 5000) ** -4.5 - 18) / math.sqrt(1 + 32 / 10)

    def worth(future: float, years: float = YEARS) -> float:
        return 400 * black(future, 20.0, sigma, years, 1, rate)

    up, here, down = (worth(19.6 + bump) for bump in (0.01, 0.0, -0.01))
    day = 1e-4 / 365
    assert put.terms["so far"].value == pytest.approx(0.0, abs=1e-6)
    assert put.terms["delta"].value == pytest.approx((up - down) / 0.02 * move, rel=1e-4)
    assert put.terms["gamma"].value == pytest.approx((up - 2 * here + down) / 0.0001 / 2 * move**2, rel=1e-3)
    assert put.terms["theta"].value == pytest.approx((worth(19.6, YEARS - day) - here) / 1e-4 * 30, rel=1e-3)
    assert put.terms["vega"].value == 0.0


def test_the_response_that_is_asked_for_decides_the_row() -> None:
    found = hedged(asked=RiskAsked(response="high"))
    _, row = migration(found, risk_grid(found), EXPIRY)
    assert row.break_evens.points == pytest.approx((4425.52, 4728.09, 5208.01), abs=0.1)
    assert row.break_evens.points == row.break_evens.high_response


def test_the_sides_are_those_of_the_condor_wherever_spx_is_looked_at() -> None:
    here = hedged()
    there = replace(here, spx=4500.0)
    for one, other in zip(
        migration(here, risk_grid(here), EXPIRY), migration(there, risk_grid(here), EXPIRY), strict=True
    ):
        assert (one.gained_put.value, one.gained_call.value) == (other.gained_put.value, other.gained_call.value)
        assert one.least_side == other.least_side
    assert [one.side for one in comparisons(there, EXPIRY)] == ["put", "call"]


def test_an_unknown_layer_leaves_the_bare_row_known() -> None:
    found = ground(layer("+100 VXX @ 27.10"))
    bare, row = migration(found, risk_grid(found), EXPIRY)
    assert bare.break_evens.points == pytest.approx((4736.58, 5213.42), abs=0.01)
    assert "VXX" in row.break_evens.unknown
    assert row.least.value is None
    assert "VXX" in row.words
    assert row.gained_put.value is None
