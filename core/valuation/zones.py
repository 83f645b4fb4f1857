"""Between which break-evens does a position gain and lose, and how much at most? Exact where P/L is straight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.valuation.payoff import Payoff, kinks, profit
from core.valuation.roots import fraction_to_zero, sign_changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTHING_DOLLARS = 1e-7  # a loss smaller than this is rounding of float64
BEYOND_POINTS = 100.0


@dataclass(frozen=True, slots=True)
class Zone:
    """An interval of SPX at the horizon in which the position gains ("profit") or loses ("loss").

    `low` and `high` in SPX points; None where the zone runs to the end of the searched range.
    `best` and `worst` are the extreme profits inside the searched range, in dollars. Breaking even
    throughout counts as profit: a loss zone is where money is lost.
    """

    kind: str
    low: float | None
    high: float | None
    best: float
    worst: float


@dataclass(frozen=True)
class Straight:
    """A profit made of straight lines: its corners from zero to beyond the last, and its exact roots.

    `changes` are the indices of the corners after which the sign changes. `end_slope` in dollars a point
    above the last strike.
    """

    levels: NDArray[np.float64]
    profits: NDArray[np.float64]
    changes: NDArray[np.intp]
    roots: NDArray[np.float64]
    end_slope: float


def straight(payoff: Payoff) -> Straight:
    """Return corners and roots, in closed form, of a position whose legs are all at intrinsic on SPX."""
    corners = np.append(0.0, kinks(payoff, ()))
    last = float(corners[-1])
    value = float(profit(payoff, corners[-1:])[0])
    slope = sum(leg.dollars * leg.spx_weight for leg in payoff.legs if leg.sign > 0)
    to_root = -value / slope if slope and value / slope < 0 else 0.0
    levels = np.append(corners, last + 2 * to_root + BEYOND_POINTS)
    profits = profit(payoff, levels)
    changes = losing_changes(profits)
    share = fraction_to_zero(profits[changes], profits[changes + 1])
    roots = levels[changes] + (levels[changes + 1] - levels[changes]) * share
    return Straight(levels, profits, changes, roots, slope)


def losing_changes(profits: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the indices of a vector of dollars after which losing begins or ends."""
    return sign_changes(profits + NOTHING_DOLLARS)


def zones_between(
    profits: NDArray[np.float64], changes: NDArray[np.intp], roots: NDArray[np.float64]
) -> tuple[Zone, ...]:
    """Return the zones, which alternate, of profits on ascending levels that change sign at the roots."""
    starts = np.append(0, changes + 1)
    best, worst = (reduce.reduceat(profits, starts).tolist() for reduce in (np.maximum, np.minimum))
    edges = [None, *map(float, roots), None]
    is_loss = bool(profits[0] < -NOTHING_DOLLARS)
    zones = []
    for index, (high_dollars, low_dollars) in enumerate(zip(best, worst, strict=True)):
        low, high = edges[index], edges[index + 1]
        touches_zero = low is not None or high is not None
        most, least = (
            (max(high_dollars, 0.0), min(low_dollars, 0.0)) if touches_zero else (high_dollars, low_dollars)
        )
        kind = "loss" if is_loss == (index % 2 == 0) else "profit"
        zones.append(Zone(kind, low, high, _or_nothing(most), _or_nothing(least)))
    return tuple(zones)


def _or_nothing(dollars: float) -> float:
    return 0.0 if abs(dollars) < NOTHING_DOLLARS else dollars
