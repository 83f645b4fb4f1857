"""On which rung does EDR stand, and how much of the condors' risk does the ladder want covered?

Seed 000: a layer for every 0.05 of EDR from 0.90, each covering the base hedge of 25 %, and
Layer Depth = Base Hedge x (EDR - 0.90) / 0.05. Both agree where coverage = base + depth (playbook 0.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.playbook.parameters import Playbook

AT_THE_RUNG = 1e-9
"""An EDR so close below a level is on it: 0.95 - 0.90 is not 0.05 in floating point."""
_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class LadderNumbers:
    """Where EDR stands, all in percent except `rung`, the count of rungs reached (uncapped).

    `step_coverage_pct` counts whole rungs, `coverage_pct` = base + depth follows EDR between them; both, and
    `layer_depth_pct`, end at the cap: ladder.max_cover, or the base of ladder.max_layers.
    `distance_pct` is the next trigger less EDR.
    """

    rung: int
    step_coverage_pct: float
    layer_depth_pct: float
    coverage_pct: float
    next_trigger_pct: float
    distance_pct: float


def ladder(edr_pct: float, playbook: Playbook) -> LadderNumbers:
    """Return where EDR (percent of SPX) stands on the playbook's ladder.

    Raises ValueError for an EDR that is not a number: an unknown EDR has no rung.
    """
    if not math.isfinite(edr_pct):
        raise ValueError(f"EDR {edr_pct} has no rung")
    base = playbook.number("ladder.base")
    cap = min(playbook.number("ladder.max_cover"), base * playbook.count("ladder.max_layers"))
    steps = (edr_pct - playbook.number("ladder.start")) / playbook.number("ladder.step")
    reached = rungs_reached(edr_pct, playbook)
    depth = base * max(steps, 0.0) if reached else 0.0
    next_trigger = rung_level(reached + 1, playbook)
    return LadderNumbers(
        reached,
        clean(min(base * reached, cap)),
        clean(min(depth, cap)),
        clean(min(base + depth, cap)) if reached else 0.0,
        next_trigger,
        clean(next_trigger - edr_pct),
    )


def rungs_reached(edr_pct: float, playbook: Playbook) -> int:
    """Return how many rungs an EDR is on or above, 0 below the first."""
    above = edr_pct - playbook.number("ladder.start") + AT_THE_RUNG
    return max(math.floor(above / playbook.number("ladder.step")) + 1, 0)


def rung_level(number: int, playbook: Playbook) -> float:
    """Return the EDR (percent) of the rung of that number, from 1: the rung that arms the layer so numbered."""
    return clean(playbook.number("ladder.start") + (number - 1) * playbook.number("ladder.step"))


def zone(edr_pct: float, playbook: Playbook) -> str:
    """Return "green" below zones.amber, "red" above zones.red, "amber" on and between them."""
    if edr_pct < playbook.number("zones.amber") - AT_THE_RUNG:
        return "green"
    return "red" if edr_pct > playbook.number("zones.red") + AT_THE_RUNG else "amber"


def clean(value: float) -> float:
    """Return the value without the dust of binary fractions: 10.0 for 10.000000000000009."""
    return round(value, _DECIMALS)
