"""Does the ladder give the playbook's test vectors, to the last rung?"""

import math

import pytest

from core.playbook.ladder import LadderNumbers, ladder, rung_level, rungs_reached, zone
from tests.core.playbooks import changed, composite

# Playbook 9: EDR -> rung, step coverage, layer depth, base + depth; then the next trigger
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


@pytest.mark.playbook("000-17")
@pytest.mark.playbook("000-5")
@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_playbook(vector: tuple[float, int, float, float, float, float]) -> None:
    edr, *numbers, following = vector
    assert ladder(edr, composite()) == LadderNumbers(*numbers, following, round(following - edr, 10))


def test_uncapped_the_fifth_rung_covers_125_percent() -> None:
    found = ladder(1.10, changed(ladder__max_cover=150.0, ladder__max_layers=8))
    assert (found.step_coverage_pct, found.layer_depth_pct, found.coverage_pct) == (125, 100, 125)


def test_layers_cap_coverage_where_they_are_fewer() -> None:
    found = ladder(1.20, changed(ladder__max_cover=150.0, ladder__max_layers=5))
    assert (found.rung, found.step_coverage_pct, found.coverage_pct) == (7, 125, 125)


@pytest.mark.playbook("000-5")
@pytest.mark.parametrize("number", range(1, 30))
def test_every_rung_is_reached_at_its_level_and_not_a_hair_below(number: int) -> None:
    level = rung_level(number, composite())
    assert level == pytest.approx(0.90 + 0.05 * (number - 1), abs=1e-12)
    for edr in (level, level - 5e-10, 0.90 + 0.05 * (number - 1), 0.85 + 0.05 + 0.05 * (number - 1)):
        assert rungs_reached(edr, composite()) == number
    assert rungs_reached(level - 2e-9, composite()) == number - 1


def test_far_below_the_ladder_the_next_trigger_is_its_start() -> None:
    assert ladder(0.30, composite()) == LadderNumbers(0, 0, 0, 0, 0.90, 0.60)


@pytest.mark.parametrize("edr", [math.nan, math.inf])
def test_an_unknown_edr_has_no_rung(edr: float) -> None:
    with pytest.raises(ValueError, match="has no rung"):
        ladder(edr, composite())


@pytest.mark.parametrize(
    ("edr", "colour"),
    [(0.30, "green"), (0.899, "green"), (0.90, "amber"), (0.9 - 1e-10, "amber"), (1.10, "amber"), (1.1001, "red")],
)
def test_zones(edr: float, colour: str) -> None:
    assert zone(edr, composite()) == colour
