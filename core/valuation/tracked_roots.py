"""Where have the break-evens of today's curve gone since the last tick? Followed, not searched again.

A root moves by points between two quotes, much as it did before. One evaluation where it should be, a step by the
slope of before, a second evaluation: that is the new root with its slope. What does not end at zero is lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, Response, vix_at
from core.valuation.leg_points import PARTS, UNVALUED, LegColumns, Rules, part_of
from core.valuation.surface import STANDARD, Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable
    from core.valuation.revalue import Group

    Floats = NDArray[np.float64]

MOST_STEPS = 8
NEAR_DOLLARS, NEAR_POINTS = 1e-6, 1e-3
SHORTEST_STEP = 1e-6  # points: a slope taken over less is rounding
LONGEST_STEP = 0.02  # of SPX: a root that would move further is not the one that was followed


@dataclass(frozen=True, eq=False)
class Tracked:
    """Roots in SPX points and the slope of the P/L there (dollars a point), shape (roots a group, groups).

    NaN where a root was lost: search for it again. `spx0` is the SPX they are of, `drift` the points by which a
    root goes for a point of it, as far as that is known.
    """

    roots: Floats
    slopes: Floats
    spx0: float = math.nan
    drift: Floats | float = 0.0


class DisjointGroups:
    """Groups of a table no two of which share a leg: condors with their layers.

    `rows` are their legs by moneyness, so that the normal distribution is taken of neighbours, `of` the group of
    each, `cash` the dollars of each group.
    """

    def __init__(self, table: LegTable, groups: Sequence[Group]) -> None:
        """Take the groups; raises ValueError where two of them share a leg."""
        rows = np.concatenate([group.rows for group in groups])
        self._of_leg = np.full(len(table.terms), len(groups))
        self._of_leg[rows] = np.repeat(np.arange(len(groups)), [len(group.rows) for group in groups])
        if len(np.unique(rows)) != len(rows):
            raise ValueError("groups that share a leg cannot be followed together")
        strike = np.maximum(table.terms.strike[rows], 1.0)
        self.rows = rows[np.argsort(table.terms.sign[rows] * np.log(table.forward[rows] / strike))]
        self.of = self._of_leg[self.rows]
        self.cash = np.array([group.cash for group in groups])

    def sums(self, values: Floats) -> Floats:
        """Return the sums by group of one value a leg of the table."""
        found = np.bincount(self._of_leg, weights=values, minlength=len(self.cash) + 1)
        return np.asarray(found[: len(self.cash)], np.float64)


def track(  # noqa: PLR0913 - the book, the moment, the rules, and what was before
    table: LegTable,
    groups: DisjointGroups,
    when_s: float,
    before: Tracked,
    *,
    response: Response = BASE,
    surface: Surface = STANDARD,
) -> Tracked:
    """Return the roots of each group's P/L at a moment (UTC seconds), followed from those of before.

    `before` needs roots and any slopes that are not far off; the result is exact to 1e-4 of a point.
    """
    gain = _gains(table, groups, Rules(when_s, surface, response))
    gone = table.spx0 - before.spx0 if math.isfinite(before.spx0) else 0.0
    longest = LONGEST_STEP * table.spx0
    level, slope = before.roots + gone * before.drift, before.slopes
    value = gain(level)
    for _ in range(MOST_STEPS):
        step = np.clip(-value / slope, -longest, longest)
        moved = level + step
        there = gain(moved)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where(np.abs(step) > SHORTEST_STEP, (there - value) / step, slope)
        level, value = moved, there
        if (np.abs(value) < np.abs(slope) * NEAR_POINTS).all():  # so near that one more step is exact
            level, value = level - value / slope, np.zeros_like(value)
            break
    is_kept = (np.abs(value) < NEAR_DOLLARS) & (np.abs(level - before.roots) < longest)
    drift = (level - before.roots) / gone if abs(gone) > SHORTEST_STEP else before.drift
    return Tracked(np.where(is_kept, level, np.nan), slope, table.spx0, drift)


def _gains(table: LegTable, groups: DisjointGroups, rules: Rules) -> Callable[[Floats], Floats]:
    """Return the P/L as a function of levels of SPX, both (roots a group, groups)."""
    part, dollars = part_of(table, rules.when_s)[groups.rows], table.terms.dollars[groups.rows]
    pieces = []
    for number in PARTS.values():
        at = np.flatnonzero(part == number)
        if len(at):
            pieces.append((number, groups.of[at], LegColumns(table, groups.rows[at], rules), dollars[at]))
    lacks = np.bincount(groups.of, weights=part == UNVALUED, minlength=len(groups.cash)) > 0
    cash = np.where(lacks, np.nan, groups.cash)

    def gain(spx: Floats) -> Floats:
        vix = vix_at(spx, table.spx0, table.vix0, rules.response)
        total = np.tile(cash, (len(spx), 1))
        for number, of, columns, per_point in pieces:
            values = per_point * columns.points(number, np.take(spx, of, axis=1), np.take(vix, of, axis=1))
            total += [np.bincount(of, weights=row, minlength=len(cash)) for row in values]
        return total

    return gain
