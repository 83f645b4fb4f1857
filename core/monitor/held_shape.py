"""How does the hedge bend as SPX falls? Gains at once by the response map, and the gamma of what is held."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.monitor.risk_ground import Ground

FALLS_PCT = (2.5, 5.0, 10.0, 20.0)
GAIN = "P/L of the layers from here for SPX down at once, VIX by the response map"
DOUBLING = "gain of this fall / gain of half of it: 2 is straight, above 2 convex"
STEP = 0.01
GAMMA = "second difference of P/L over SPX +-1 %, VIX by the response map: dollars for a percent, a percent on"


@dataclass(frozen=True, slots=True)
class Fall:
    """What the layers gain for one fall of SPX, and against half of that fall (000-7: measured, not asserted)."""

    pct: float
    spx: Figure
    vix: Figure
    gain: Figure
    doubling: Figure


@dataclass(frozen=True, slots=True)
class Gamma:
    """The gamma of the condors, and of the condors with the layers up to each, at a level of SPX."""

    name: str
    spx: Figure
    condors: Figure
    with_layers: Mapping[int, Figure]


def falls(ground: Ground) -> tuple[Fall, ...]:
    """Return what the layers gain for each of FALLS_PCT."""
    gains = {pct: _gain(ground, pct) for pct in sorted({*FALLS_PCT, *(pct / 2.0 for pct in FALLS_PCT)})}
    return tuple(_fall(ground, pct, gains) for pct in FALLS_PCT)


def _fall(ground: Ground, pct: float, gains: Mapping[float, Figure]) -> Fall:
    spx = ground.table.spx0 * (1.0 - pct / 100.0)
    return Fall(
        pct,
        _level(spx, ground, "SPX after the fall"),
        _level(float(ground.line(spx, ground.response)), ground, "VIX by the response map"),
        gains[pct],
        _doubling(gains[pct], gains[pct / 2.0]),
    )


def _gain(ground: Ground, pct: float) -> Figure:
    spx = ground.table.spx0 * np.array([1.0, 1.0 - pct / 100.0])
    dollars = ground.profits(spx, ground.line(spx, ground.response), ground.now)[1:]
    if not len(dollars):
        return unknown("no layer is held", "$", GAIN)
    reasons = [ground.why(group, ground.now) for group in ground.groups[1:]]
    return ground.dollars(float((dollars[:, 1] - dollars[:, 0]).sum()), next(filter(None, reasons), ""), GAIN)


def _doubling(whole: Figure, half: Figure) -> Figure:
    if whole.value is None or half.value is None:
        return unknown(whole.unknown or half.unknown, "x", DOUBLING)
    if half.value <= 0:
        return unknown("half of the fall gains nothing", "x", DOUBLING)
    return known(whole.value / half.value, "x", DOUBLING)


def gammas(ground: Ground, edr_points: Figure) -> tuple[Gamma, ...]:
    """Return the gamma here and one EDR below (004-5: downside gamma before and after layer 1)."""
    here = ground.table.spx0
    below = here - edr_points.value if edr_points.value is not None else math.nan
    reason = edr_points.unknown
    return (_gamma(ground, "here", here, ""), _gamma(ground, "one EDR below", below, reason))


def _gamma(ground: Ground, name: str, spx: float, reason: str) -> Gamma:
    if math.isnan(spx):
        nothing = unknown(reason or ground.why_nowhere, "$", GAMMA)
        return Gamma(name, unknown(nothing.unknown, "points"), nothing, dict.fromkeys(ground.numbers, nothing))
    levels = spx * np.array([1.0 - STEP, 1.0, 1.0 + STEP])
    dollars = ground.profits(levels, ground.line(levels, ground.response), ground.now)
    bends = dollars[:, 0] - 2.0 * dollars[:, 1] + dollars[:, 2]
    reasons = [ground.why(group, ground.now) for group in ground.groups]
    sums, told = np.cumsum(bends), [next(filter(None, reasons[: k + 1]), "") for k in range(len(reasons))]
    found = [ground.dollars(float(total), why, GAMMA) for total, why in zip(sums, told, strict=True)]
    level = known(spx, "points", "SPX at which the gamma is taken")
    return Gamma(name, level, found[0], dict(zip(ground.numbers, found[1:], strict=True)))


def _level(value: float, ground: Ground, formula: str) -> Figure:
    if math.isnan(value):
        return unknown(ground.why_nowhere, "points", formula)
    return known(value, "points", formula)
