"""Is the nearest break-even told as the worked example of the playbook has it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.market.figure import Figure, known, unknown
from core.monitor.risk_nearest import nearest_break_evens
from core.risk_state import RiskPoint
from tests.gui.risk.risks import NOW, risk


def at(spx: float):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the worked example looked at from an SPX."""
    state = risk()
    return replace(state, point=replace(state.point, spx=known(spx, "points")))


EDR_POINTS = known(50.0, "points")


# SPX 5000: 5213.42 - 5000 = 213.42 bare, 5205.82 - 5000 = 205.82 hedged, over 50 points an EDR
@pytest.mark.parametrize(
    ("spx", "bare", "hedged"),
    [
        (5000.0, ("call side", 5213.42, 213.42), ("call side", 5205.82, 205.82)),
        (4800.0, ("put side", 4736.58, 63.42), ("put side", 4727.53, 72.47)),
        (4700.0, ("put side", 4736.58, -36.58), ("put side", 4727.53, -27.53)),
        (4500.0, ("put side", 4736.58, -236.58), ("put side", 4461.96, -38.04)),
        (5230.0, ("call side", 5213.42, -16.58), ("call side", 5205.82, -24.18)),
    ],
)
def test_the_worked_example(spx: float, bare: tuple[str, float, float], hedged: tuple[str, float, float]) -> None:
    found = nearest_break_evens(at(spx), EDR_POINTS)
    for one, (side, level, points) in ((found.bare, bare), (found.hedged, hedged)):
        assert one is not None
        assert (one.side, one.level) == (side, level)
        assert one.points.value == pytest.approx(points)
        assert one.edrs.value == pytest.approx(points / 50)


def test_what_is_unknown_stays_unknown() -> None:
    no_edr: Figure = unknown("no VIX9D", "points")
    found = nearest_break_evens(at(5000.0), no_edr).hedged
    assert found is not None
    assert (found.points.value, found.edrs.unknown) == (pytest.approx(205.82), "no VIX9D")
    state = risk()
    nowhere = RiskPoint(unknown("no SPX", "points"), state.vix, NOW, *(unknown("no SPX", "$"),) * 2)
    assert nearest_break_evens(replace(state, point=nowhere), EDR_POINTS).hedged is None
    gone = tuple(replace(curve, unknown="nothing is held") for curve in state.curves)
    assert nearest_break_evens(replace(state, curves=gone), EDR_POINTS).hedged is None
