"""Is EDR shown with its formula, inputs and rung, by every formula, or with the reason why not?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.core.monitor.scene import SESSIONS, close_of, hv20, market, open_of, quote, state, with_last
from tests.core.playbooks import changed

CLOSED, NOON = close_of(SESSIONS - 1), open_of(SESSIONS, 150)
COLUMNS = market().columns
VIX9D, VIX, SPX, HV = COLUMNS["VIX9D"][-1], COLUMNS["VIX"][-1], COLUMNS["SPX"][-1], hv20(COLUMNS["SPX"])
ROOT = math.sqrt(252)
FORMULAS = {
    "A": (0.6 * VIX9D + 0.4 * HV) / ROOT,
    "B": VIX / ROOT,
    "C": VIX9D / ROOT,
    "G": (VIX9D / 6 + 5 * HV / 6) / ROOT,
    "H": (VIX9D + HV) / 2 / ROOT,
}


@pytest.mark.playbook("000-4")
@pytest.mark.parametrize("name", FORMULAS)
def test_each_formula_of_the_playbook(name: str) -> None:
    found = state(CLOSED, playbook=changed(edr__formula=name))
    assert found.edr_formula == name
    assert found.edr.value == pytest.approx(FORMULAS[name], rel=1e-12)
    assert found.edr_points.value == pytest.approx(FORMULAS[name] / 100 * SPX, rel=1e-12)
    assert found.edr.formula.startswith(f"EDR {name} = ")


def test_the_inputs_are_those_of_the_formula_with_their_own_moments() -> None:
    inputs = state(NOON).edr.inputs
    assert [(item.name, item.value) for item in inputs] == [("VIX9D", VIX9D), ("HV20", pytest.approx(HV))]
    assert {item.time for item in inputs} == {CLOSED}
    assert [item.name for item in state(NOON).edr_points.inputs] == ["SPX", "VIX9D", "HV20"]
    assert [item.name for item in state(NOON, playbook=changed(edr__formula="B")).edr.inputs] == ["VIX"]


def test_a_formula_on_vix_alone_does_not_wait_for_spx() -> None:
    blind = with_last(market(), SPX=np.nan)
    found = state(CLOSED, history=blind, playbook=changed(edr__formula="B"))
    assert found.edr.value == pytest.approx(VIX / ROOT)
    assert found.edr_points.value is None
    assert "SPX" in found.edr_points.unknown
    assert found.ladder.rung.is_known


def test_a_missing_vix9d_makes_edr_unknown_by_name() -> None:
    found = state(CLOSED, history=with_last(market(), VIX9D=np.nan))
    day = market().days[-2]
    assert found.edr.unknown.startswith(f"VIX9D: last close {day}")
    for figure in (found.edr_points, found.ladder.rung, found.ladder.coverage, found.ladder.next_trigger):
        assert (figure.value, figure.unknown) == (None, found.edr.unknown)


def test_before_vix9d_there_was_vix_stands_in() -> None:
    late = COLUMNS["VIX9D"].copy()
    late[:100] = np.nan
    from tests.core.monitor.scene import with_columns

    history = with_columns(market(), VIX9D=late)
    hv = hv20(COLUMNS["SPX"][:100])
    found = state(close_of(99), history=history)
    assert found.edr.value == pytest.approx((0.6 * COLUMNS["VIX"][99] + 0.4 * hv) / ROOT)
    assert found.edr.note == found.edr.inputs[0].note == "VIX stands in for VIX9D, which has no value for the day"
    assert state(close_of(100), history=history).edr.note == ""


# EDR -> rung, steps, depth, coverage, next (playbook section 9), reached by choosing the multiplier of formula B
VECTORS = [
    (0.89, 0, 0, 0, 0, 0.90),
    (0.90, 1, 25, 0, 25, 0.95),
    (0.92, 1, 25, 10, 35, 0.95),
    (0.95, 2, 50, 25, 50, 1.00),
    (0.99, 2, 50, 45, 70, 1.00),
    (1.00, 3, 75, 50, 75, 1.05),
    (1.05, 4, 100, 75, 100, 1.10),
    (1.10, 5, 100, 100, 100, 1.15),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_ladder_of_the_worked_example(vector: tuple[float, ...]) -> None:
    edr, *expected = vector
    vix = with_last(market(), VIX=edr * ROOT)
    found = state(CLOSED, history=vix, playbook=changed(edr__formula="B"))
    ladder = found.ladder
    assert found.edr.value == pytest.approx(edr, abs=1e-12)
    figures = (ladder.rung, ladder.step_coverage, ladder.layer_depth, ladder.coverage, ladder.next_trigger)
    assert [figure.value for figure in figures] == pytest.approx(expected, abs=1e-9)
    assert ladder.distance.value == pytest.approx(expected[-1] - edr, abs=1e-9)


@pytest.mark.playbook("000-4")
@pytest.mark.parametrize(("edr", "zone"), [(0.899, "green"), (0.90, "amber"), (1.10, "amber"), (1.101, "red")])
def test_zones(edr: float, zone: str) -> None:
    found = state(CLOSED, history=with_last(market(), VIX=edr * ROOT), playbook=changed(edr__formula="B"))
    assert found.edr_zone == zone


def test_a_live_rung_is_provisional() -> None:
    found = state(NOON, quote("SPX", SPX, NOON), quote("VIX", 60.0, NOON))
    assert found.ladder.rung.is_provisional
    assert found.ladder.rung.value == math.floor((found.edr.value - 0.90) / 0.05 + 1e-7) + 1
    assert not state(NOON).ladder.rung.is_provisional
