"""Do hedges pay for themselves where the playbook says, and are they repriced as the curve has them?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.monitor.risk_curves import dollars_along
from core.monitor.risk_hedges import REPRICED_AT, alignments, repricing
from core.risk_state import RiskAsked
from tests.core.monitor.risk_scene import CALLS_62, black, ground, hedged, implied
from tests.core.valuation.positions import NOW, VIX_32, VIX_62, iron_condor, layer


@pytest.mark.playbook("000-16")
def test_the_alignment_of_the_worked_example() -> None:
    """Playbook 4.4: 19 call at 1.90 -> SPX 4836.7, rho 2.73; 22 call at 1.12 -> SPX 4729.5, rho 0.59, aligned."""
    found = ground(layer(f"+4 VIX {VIX_32} C 19 @ 1.90"), layer(f"+1 VIX {VIX_32} C 22 @ 1.12"))
    first, second = alignments(found)
    assert first.break_even.vix.value == pytest.approx(20.90)
    assert first.break_even.spx.value == pytest.approx(4836.7, abs=0.1)
    assert first.rho.value == pytest.approx(2.73, abs=0.01)
    assert first.is_aligned is False
    assert second.break_even.spx.value == pytest.approx(4729.5, abs=0.1)
    assert second.rho.value == pytest.approx(0.59, abs=0.01)
    assert second.is_aligned is True


@pytest.mark.parametrize(("response", "slope"), [("low", 2.5), ("base", 4.5), ("high", 7.0)])
def test_the_strike_for_rho_half_breaks_even_in_the_middle_of_the_wing(response: str, slope: float) -> None:
    (one,) = alignments(hedged(asked=RiskAsked(response=response)))
    target = 18 * (4725 / 5000) ** -slope
    if one.strike.value is None:
        assert response == "low"  # VIX 20.7 there, less than any strike's own price above it
        assert "no strike breaks even as low" in one.strike.unknown
        return
    sigma = implied(2.32, 19.6, 20.0, 62 / 365, 0.045)
    strike = one.strike.value
    assert strike + black(19.6, strike, sigma, 62 / 365, 1, 0.045) == pytest.approx(target, abs=1e-6)


def test_a_hedge_of_the_book_is_held_against_the_condor_whose_put_is_nearest() -> None:
    far, near = iron_condor((4500, 4550, 5300, 5350)), replace(iron_condor(), id=2)
    found = ground(replace(layer(CALLS_62), condor_id=None), condor=far)
    both = replace(found, book=replace(found.book, condors=(far, near)))
    (one,), (other,) = alignments(both), alignments(found)
    spx = one.break_even.spx.value
    assert one.rho.value == pytest.approx((spx - 4700) / 50)
    assert other.rho.value == pytest.approx((spx - 4500) / 50)


def test_a_future_has_no_strike_and_without_a_wing_there_is_no_rho() -> None:
    (future,) = alignments(ground(layer(f"+1 VX {VIX_62} @ 19.60")))
    assert future.break_even.vix.value == pytest.approx(19.60)
    assert future.strike.unknown == "only a call has such a strike"
    found = hedged()
    (lone,) = alignments(replace(found, book=replace(found.book, condors=())))
    assert lone.rho.unknown == "no condor has a put spread"
    assert lone.is_aligned is None


@pytest.mark.playbook("001-9")
def test_repricing_is_the_curve_of_now_at_the_spx_that_the_map_gives() -> None:
    found = hedged()
    for row in repricing(found):
        spx = 5000 * (row.vix / 18) ** (-1 / 4.5)
        assert row.spx.value == pytest.approx(spx)
        bare, both = dollars_along(found, np.array([spx, 5000.0]), (found.groups[0], found.whole), NOW)[:, 1]
        assert row.condors.value == pytest.approx(bare[0] - bare[1], abs=0.02)
        assert row.total.value == pytest.approx(both[0] - both[1], abs=0.02)
        assert row.by_layer[1].value == pytest.approx(row.total.value - row.condors.value, abs=1e-6)
    assert [row.vix for row in repricing(found)] == list(REPRICED_AT) == [25, 35, 50, 80]


def test_without_spx_or_vix_everything_says_why() -> None:
    (row, *_), (one,) = repricing(hedged(vix=None)), alignments(hedged(vix=None))
    assert row.spx.unknown == "no VIX value"
    assert "no VIX value" in row.total.unknown
    assert "no VIX value" in one.break_even.spx.unknown
    assert "no VIX value" in one.strike.unknown
