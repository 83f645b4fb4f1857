"""What does waiting cost each layer and bring the condors? Time value, theta a day, the roll of the curve."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.monitor.risk_greeks import FORMULAS, book_greeks
from core.valuation.forwards import DAY_S
from core.valuation.leg_terms import ON_VIX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.monitor.risk_greeks import BookGreeks
    from core.monitor.risk_ground import Ground

    Floats = NDArray[np.float64]

SHARE = "what the layer loses a day / what the condors gain a day"
ROLL = (
    "delta x multiplier x slope of the VX curve towards its expiry, a calendar day: VIX and the curve as they are"
)
WARN_PCT = 25.0


@dataclass(frozen=True, slots=True)
class TimeValue:
    """The condors (`number` 0) or one layer: time value left and what a day takes or brings, in signed dollars.

    `of_condors_pct` is a layer's daily loss in percent of the condors' daily gain; above WARN_PCT is dear (000-9).
    `roll` is what a VIX layer gains a day as its futures slide along an unchanged curve (002-5).
    """

    number: int
    extrinsic: Figure
    theta: Figure
    of_condors_pct: Figure
    roll: Figure

    @property
    def is_dear(self) -> bool | None:
        """Whether the layer decays by more than a quarter of what the condors earn, None where unknown."""
        return None if self.of_condors_pct.value is None else self.of_condors_pct.value > WARN_PCT


def time_values(ground: Ground) -> tuple[TimeValue, ...]:
    """Return the condors, then each layer number that has a leg."""
    found = book_greeks(ground)
    rolls = _rolls(ground, found.legs.delta)
    condors = _of(found, 0, ground.groups[0].rows, rolls, None)
    layers = zip(ground.numbers, ground.groups[1:], strict=True)
    return (condors, *(_of(found, k, group.rows, rolls, condors) for k, group in layers if len(group.rows)))


def _of(
    found: BookGreeks, number: int, rows: NDArray[np.intp], rolls: Floats, condors: TimeValue | None
) -> TimeValue:
    ground, why = found.ground, found.why(rows)
    on_vix = bool(np.any(ground.table.terms.on[rows] == ON_VIX))
    theta = ground.dollars(found.total("decay", rows), why, FORMULAS["theta"])
    roll = ground.dollars(float(rolls[rows].sum()), why or "the curve has no future before its expiry", ROLL)
    return TimeValue(
        number,
        ground.dollars(found.total("time_value", rows), why, FORMULAS["time_value"]),
        theta,
        _share(theta, condors),
        roll if on_vix else unknown("no VIX leg", "$", ROLL),
    )


def _share(lost: Figure, condors: TimeValue | None) -> Figure:
    if condors is None:
        return unknown("a share is of the condors", "%", SHARE)
    if lost.value is None or condors.theta.value is None:
        return unknown(lost.unknown or condors.theta.unknown, "%", SHARE)
    if condors.theta.value <= 0:
        return unknown("the condors gain nothing a day", "%", SHARE)
    return known(100.0 * -lost.value / condors.theta.value, "%", SHARE)


def _rolls(ground: Ground, delta: Floats) -> Floats:
    """Return what each VIX leg gains a day by the slope of the curve before its expiry, NaN without one.

    A future at T slides down to the one that expires before it, VIX itself before the first.
    """
    terms, rolls = ground.table.terms, np.zeros(len(ground.table.terms))
    for row in np.flatnonzero(terms.on == ON_VIX).tolist():
        rolls[row] = -terms.dollars[row] * delta[row] * _slope(ground, row)
    return rolls


def _slope(ground: Ground, row: int) -> float:
    """Return points that the curve rises a calendar day towards a leg's expiry."""
    table, terms = ground.table, ground.table.terms
    expiry, curve = terms.legs[row].contract.expiry, ground.market.curve
    if expiry is None or expiry not in curve:
        return math.nan
    earlier = [day for day in curve if day < expiry and math.isfinite(curve[day])]
    if earlier:
        before = max(earlier)
        return (curve[expiry] - curve[before]) / (expiry - before).days
    days = (terms.expiry_s[row] - table.now_s) / DAY_S
    return float((curve[expiry] - table.vix0) / days) if days > 0 else math.nan
