"""Are the curves what Black's formula says, and the same on the map's line as the heat map and the scenarios?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.measures.spot_vol import BASE, HIGH, LOW, vix_at
from core.monitor.risk_curves import dollars_along, risk_curves, risk_grid, sides
from core.monitor.risk_heat import heat_map, scenario_grid
from core.monitor.risk_moments import At, curve_moments
from core.monitor.risk_moved import moved_table
from core.risk_state import RiskAsked
from core.valuation.greeks import greeks
from tests.core.monitor.risk_scene import black, ground, hedged, implied
from tests.core.monitor.scene import market as history
from tests.core.valuation.positions import NOW, VIX_32, VIX_62, iron_condor, layer

EXPIRY = datetime(2018, 7, 18, 13, 30, tzinfo=UTC)


def test_the_grid_reaches_from_minus_30_to_plus_20_percent_and_has_the_strikes() -> None:
    grid = risk_grid(hedged())
    assert (grid[0], grid[-1]) == (3500.0, 6000.0)
    assert {4700.0, 4750.0, 5000.0, 5200.0, 5250.0} <= set(grid.tolist())
    assert (np.diff(grid) > 0).all()
    wide = risk_grid(ground(condor=iron_condor((3000, 3050, 7000, 7050))))
    assert wide[0] < 3000
    assert wide[-1] > 7050


def test_a_curve_for_each_moment_bare_and_hedged() -> None:
    found = hedged()
    grid = risk_grid(found)
    curves = risk_curves(found, grid, curve_moments(found.book, None, NOW, found.market.calendar))
    assert [curve.key for curve in curves] == ["now", "day", "expiry", f"layer:{VIX_62}"]
    for curve in curves:
        assert curve.bare.shape == curve.hedged.shape == (3, len(grid))
        for root in curve.break_evens.points:
            # between the two levels around a break-even the curve changes its sign
            at = int(np.searchsorted(grid, root))
            assert curve.hedged[1, at - 1] * curve.hedged[1, at] <= 0
    expiry = curves[2]
    assert not expiry.path_dependent
    assert np.ptp(expiry.bare, axis=0).max() == 0  # at expiry no VIX response matters to the condor
    assert expiry.bare[1, grid.searchsorted(5000.0)] == pytest.approx(1342)
    assert curves[3].path_dependent == ("SPX legs of 2018-07-18",)


@pytest.mark.parametrize("asked", ["low", "base", "high"])
def test_zones_and_sides_of_all_three_responses(asked: str) -> None:
    """Playbook 9, 4 x 62d K20: roots of each response; gains beyond the outermost, least -4,473 at 6000."""
    found = hedged(asked=RiskAsked(response=asked))
    at = At("expiry", "condor expiry", EXPIRY)
    (curve,) = risk_curves(found, risk_grid(found), [at])
    roots = {
        "low": (3552.65, 4736.51, 5209.30),
        "base": (4135.39, 4733.38, 5208.53),
        "high": (4425.52, 4728.09, 5208.01),
    }
    assert [one.response for one in curve.responses] == list(roots)
    for one in curve.responses:
        assert one.points == pytest.approx(roots[one.response], abs=0.1)
        assert [zone.kind for zone in one.zones] == ["profit", "loss", "profit", "loss"]
        assert [zone.high for zone in one.zones] == [*one.points, None]
        put, call = one.sides
        assert (put.side, call.side) == ("put", "call")
        assert put.worst.value == pytest.approx(one.zones[1].worst)
        assert call.worst.value == pytest.approx(one.zones[3].worst)
    base = curve.responses[1].sides
    assert base[1].worst.value == pytest.approx(-4473, abs=2)
    assert base[1].worst_at == 6000.0
    assert curve.break_evens.points == pytest.approx(roots[asked], abs=0.1)


def test_hedge_legs_that_settle_before_are_marked() -> None:
    early = ground(layer(f"+4 VIX {VIX_32} C 19 @ 1.90"), condor=iron_condor(expiry=VIX_62))
    grid = risk_grid(early)
    curves = risk_curves(early, grid, curve_moments(early.book, None, NOW, early.market.calendar))
    by_key = {curve.key: curve for curve in curves}
    assert by_key["expiry"].path_dependent == (f"+4 VIX {VIX_32} C 19",)
    assert by_key[f"layer:{VIX_32}"].path_dependent == ()


def test_the_curve_of_tomorrow_by_hand() -> None:
    found = ground(layer(f"+4 VIX {VIX_62} C 20 @ 2.32"), condor=iron_condor(credit="13.42"))
    table, rate = found.table, 0.045
    when, spx = NOW + timedelta(days=1), 4800.0
    for row, (slope, response) in enumerate(zip((2.5, 4.5, 7.0), (LOW, BASE, HIGH), strict=True)):
        vix = 18 * (spx / 5000) ** -slope
        assert float(vix_at(spx, 5000, 18, response)) == pytest.approx(vix)
        sigma = implied(2.32, 19.6, 20.0, 62 / 365, rate)
        future = 19.6 + (vix - 18) / math.sqrt(1 + 61 / 10)
        calls = 400 * (black(future, 20.0, sigma, 61 / 365, 1, rate) - 2.32)
        condors = 1342.0
        for at, (strike, sign, count) in enumerate(((4700, -1, 1), (4750, -1, -1), (5200, 1, -1), (5250, 1, 1))):
            k0, k1 = math.log(strike / 5000), math.log(strike / spx)
            skew = [(-0.55 if k < 0 else -0.35) * k + 0.8 * k * k for k in (k0, k1)]
            rise = 0.8 * min(math.sqrt(30 / 29), 1.5) * (vix - 18) / 100
            moved = float(table.sigma[at]) + skew[1] - skew[0] + rise
            forward = spx * math.exp(rate * 29 / 365)
            condors += 100 * count * black(forward, strike, moved, 29 / 365, sign, rate)
        bare, both = dollars_along(found, np.array([spx]), (found.groups[0], found.whole), when)[:, row, 0]
        assert bare == pytest.approx(condors, abs=0.02)
        assert both == pytest.approx(condors + calls, abs=0.02)


LEGS = st.lists(
    st.tuples(
        st.sampled_from([VIX_32, VIX_62]), st.sampled_from(["C", "P", ""]), st.integers(12, 40), st.integers(-4, 4)
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=40, deadline=None)
@given(LEGS, st.floats(0.0, 40.0), st.floats(-25.0, 15.0), st.sampled_from(["low", "base", "high"]))
def test_on_the_map_s_line_heat_map_and_scenarios_are_the_curve(
    legs: list[tuple], days: float, shock: float, response: str
) -> None:
    texts = [
        f"{quantity or 1:+d} VIX {day} {right} {strike} @ 2.50"
        if right
        else f"{quantity or 1:+d} VX {day} @ 18.10"
        for day, right, strike, quantity in legs
    ]
    found = ground(layer(*dict.fromkeys(texts)), asked=RiskAsked(response=response))
    if not found.table.is_valued.all():
        return  # a price that implies no volatility
    when, spx = NOW + timedelta(days=days), 5000 * (1 + shock / 100)
    vix = float(found.line(spx, found.response))
    curve = dollars_along(found, np.array([spx]), (found.groups[0], found.whole), when)[:, found.row, 0]
    grid = scenario_grid(found, when, np.array([0.0, shock]), np.array([3.0, vix - 18.0]))
    assert (grid.bare[1, 1], grid.hedged[1, 1]) == pytest.approx(tuple(curve), abs=0.02)


def test_the_heat_map_is_the_curve_where_the_line_crosses_a_row() -> None:
    found = hedged()
    at = At("day", "in one day", NOW + timedelta(days=1))
    heat = heat_map(found, at, history())
    grid = risk_grid(found)
    (curve,) = risk_curves(found, grid, [at])
    for row, vix in enumerate(heat.vix.tolist()):
        spx = 5000 * (vix / 18) ** (-1 / (4.5 if vix > 18 else 3.4))
        if not heat.spx[0] < spx < heat.spx[-1]:
            continue
        on_map = np.interp(spx, heat.spx, heat.dollars[row])
        on_curve = np.interp(spx, grid, curve.hedged[1])
        assert on_map == pytest.approx(on_curve, abs=12.0)  # straight lines between levels of 25 and 12 points
    assert heat.dollars.shape == (len(heat.vix), len(heat.spx))
    assert heat.line_vix[1] == pytest.approx(vix_at(heat.spx, 5000, 18, BASE))


def test_the_worst_and_the_best_of_each_side() -> None:
    found = hedged()
    grid = np.array([4000.0, 4500.0, 5000.0, 5500.0, 6000.0])
    put, call = sides(found, grid, np.array([10.0, -7.0, 3.0, 5.0, -20.0]))
    assert (put.side, put.worst.value, put.worst_at, put.best.value, put.best_at) == ("put", -7, 4500, 10, 4000)
    assert (call.side, call.worst.value, call.worst_at, call.best_at) == ("call", -20, 6000, 5500)
    assert sides(found, grid, np.full(5, np.nan)) == ()


@settings(max_examples=30, deadline=None)
@given(st.floats(3900, 5900), st.floats(10, 70), st.floats(0, 20))
def test_a_moved_table_is_worth_what_revaluing_says(spx: float, vix: float, days: float) -> None:
    found, when = hedged(), NOW + timedelta(days=days)
    moved = moved_table(found.table, spx, vix, when.timestamp())
    there = found.profits(spx, vix, when)
    legs = greeks(moved).value
    assert legs[:4].sum() + 1342 == pytest.approx(there[0], abs=1e-6)
    assert legs[4:].sum() - 928 == pytest.approx(there[1], abs=1e-6)


@pytest.mark.parametrize(("vix", "days"), [(30.0, 0.0), (12.0, 5.0), (70.0, 30.0)])
def test_a_moved_table_has_futures_and_funds_where_revaluing_has_them(vix: float, days: float) -> None:
    short = replace(layer("-50 VXX @ 27.10", f"+2 VX {VIX_62} @ 19.60"), number=2)
    found, when = ground(layer("+100 VXX @ 27.10"), short, shares={"VXX": 27.1}), NOW + timedelta(days=days)
    moved = moved_table(found.table, 4900.0, vix, when.timestamp())
    there, again = found.profits(4900.0, vix, when)[1:], greeks(moved).value[4:]
    assert np.isfinite(again).all()
    assert again[0] - 2710 == pytest.approx(there[0], abs=1e-6)
    assert again[1] + again[2] + 1355 - 39200 == pytest.approx(there[1], abs=1e-6)
    # moved on from there it is where it would be had it moved at once
    on = moved_table(moved, 4800.0, vix + 4.0, when.timestamp())
    at_once = moved_table(found.table, 4800.0, vix + 4.0, when.timestamp())
    assert on.forward == pytest.approx(at_once.forward)
    assert on.sigma == pytest.approx(at_once.sigma)


def test_a_what_if_of_vix_moves_the_whole_map_through_its_point() -> None:
    found = hedged()
    moved = replace(found, table=moved_table(found.table, 4900.0, 30.0, NOW.timestamp()), spx=4900.0, vix=30.0)
    assert float(moved.line(4900.0, BASE)) == 30.0
    assert float(moved.line(4700.0, BASE)) == pytest.approx(30 * (4700 / 4900) ** -4.5)
    assert moved.profits(4900.0, 30.0, NOW) == pytest.approx(found.profits(4900.0, 30.0, NOW), abs=1e-6)
