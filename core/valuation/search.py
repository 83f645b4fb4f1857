"""At which levels of SPX does a position break even? A fine grid, then each bracket refined, three responses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, HIGH, LOW, Response
from core.valuation.payoff import Payoff, kinks, payoff_of, profit
from core.valuation.roots import refined
from core.valuation.zones import NOTHING_DOLLARS, losing_changes, straight

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_POINTS = 5.0
LOWEST, HIGHEST = 0.7, 1.2  # of SPX now, playbook 4.4
AROUND_STRIKES = 0.05
ROUNDS = 4  # 5 points / 64**4 < 1e-6
RESPONSES = (LOW, BASE, HIGH)


@dataclass(frozen=True)
class Search:
    """What was found on `levels` (n,) of SPX, a row or an element for each of RESPONSES.

    `profits` (3, n) in dollars, `changes` the indices after which the sign changes, `roots` in SPX points.
    """

    levels: NDArray[np.float64]
    profits: NDArray[np.float64]
    changes: tuple[NDArray[np.intp], ...]
    roots: tuple[NDArray[np.float64], ...]


def search(payoff: Payoff) -> Search:
    """Return all roots of a position, from -30 % to +20 % of SPX and wherever its strikes are, to 1e-6."""
    levels = _levels(payoff)
    count = len(RESPONSES)
    profits = profit(payoff, np.tile(levels, count), _each(np.repeat(np.arange(count), len(levels))))
    rows = profits.reshape(count, -1)
    changes = tuple(losing_changes(row) for row in rows)
    return Search(levels, rows, changes, _roots(payoff, levels, changes))


def _each(which: NDArray[np.intp]) -> Response:
    """Return one response for each element, by index into RESPONSES."""
    down, up = (
        np.array(slopes, np.float64) for slopes in zip(*((r.b_down, r.b_up) for r in RESPONSES), strict=True)
    )
    return Response(down[which], up[which])


def _roots(
    payoff: Payoff, levels: NDArray[np.float64], changes: tuple[NDArray[np.intp], ...]
) -> tuple[NDArray[np.float64], ...]:
    """Return the roots under each response, all brackets refined in the same evaluations."""
    counts = [len(found) for found in changes]
    which, at = np.repeat(np.arange(len(changes)), counts), np.concatenate(changes)

    def gain(points: NDArray[np.float64]) -> NDArray[np.float64]:
        response = _each(np.repeat(which, points.shape[1]))
        return profit(payoff, points.ravel(), response).reshape(points.shape) + NOTHING_DOLLARS

    roots = refined(gain, levels[at], levels[at + 1], ROUNDS)
    return tuple(np.split(roots, np.cumsum(counts)[:-1]))


def _levels(payoff: Payoff) -> NDArray[np.float64]:
    """Return the levels to look at, ascending: steps, corners, and what breaks even on SPX alone."""
    on_spx = [leg for leg in payoff.legs if not leg.is_vix]
    strikes = [leg.strike / leg.spx_weight for leg in on_spx]
    middle = payoff.spx0 if math.isfinite(payoff.spx0) else sum(strikes) / len(strikes)
    low = min([LOWEST * middle, *((1 - AROUND_STRIKES) * strike for strike in strikes)])
    high = max([HIGHEST * middle, *((1 + AROUND_STRIKES) * strike for strike in strikes)])
    steps = np.arange(math.floor(low / STEP_POINTS), math.ceil(high / STEP_POINTS) + 1) * STEP_POINTS
    corners = kinks(payoff, RESPONSES)
    inside = corners[(corners > steps[0]) & (corners < steps[-1])]
    alone = straight(payoff_of((leg for leg in on_spx if not leg.is_priced), payoff.cash)).roots
    around = (alone[:, None] + [-STEP_POINTS, STEP_POINTS]).ravel()
    levels = np.unique(np.concatenate([steps, inside, alone, around]))
    return levels[levels > 0]
