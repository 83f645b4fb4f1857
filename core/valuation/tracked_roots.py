"""Where have the break-evens of today's curve gone since the last tick? Followed, not searched again.

A root moves by points between two quotes. One evaluation at the root of before, a step by the slope of before, a
second evaluation there: that is the new root, with its slope. What does not end at zero is lost and said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, Response, vix_at
from core.valuation.leg_points import PARTS, UNVALUED, Rules, columns_of, part_of
from core.valuation.surface import STANDARD, Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable
    from core.valuation.revalue import Group

    Floats = NDArray[np.float64]

MOST_STEPS = 8
NEAR_DOLLARS, NEAR_POINTS = 1e-6, 2e-4
LONGEST_STEP = 0.02  # of SPX: a root that would move further is not the one that was followed


@dataclass(frozen=True, eq=False)
class Tracked:
    """Roots in SPX points and the slope of the P/L there (dollars a point), shape (roots a group, groups).

    NaN where a root was lost: search for it again.
    """

    roots: Floats
    slopes: Floats


class DisjointGroups:
    """Groups no two of which share a leg, laid out so that each leg knows its group: condors with their layers."""

    def __init__(self, groups: Sequence[Group]) -> None:
        """Take the groups; raises ValueError where two of them share a leg."""
        self.rows = np.concatenate([group.rows for group in groups])
        if len(np.unique(self.rows)) != len(self.rows):
            raise ValueError("groups that share a leg cannot be followed together")
        self.of = np.repeat(np.arange(len(groups)), [len(group.rows) for group in groups])
        self.cash = np.array([group.cash for group in groups])

    def sums(self, values: Floats) -> Floats:
        """Return the sums by group of values (.., legs) in the order of `rows`."""
        flat = values.reshape(-1, len(self.rows))
        sums = [np.bincount(self.of, weights=row, minlength=len(self.cash)) for row in flat]
        return np.array(sums, np.float64).reshape(*values.shape[:-1], len(self.cash))


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

    `before` needs roots and any slopes that are not far off; the result is exact to 1e-6 of a point.
    """
    gain = _gains(table, groups, Rules(when_s, surface, response))
    level, slope = before.roots, before.slopes
    value = gain(level)
    for _ in range(MOST_STEPS):
        step = np.clip(-value / slope, -LONGEST_STEP * table.spx0, LONGEST_STEP * table.spx0)
        moved = level + step
        there = gain(moved)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where(np.abs(step) > 1e-6, (there - value) / step, slope)
        level, value = moved, there
        if (np.abs(value) < NEAR_DOLLARS).all():
            break
        if (np.abs(value) < np.abs(slope) * NEAR_POINTS).all():  # so near that the next step is exact
            level, value = level - value / slope, np.zeros_like(value)
            break
    lost = ~(np.abs(value) < NEAR_DOLLARS) | ~(np.abs(level - before.roots) < LONGEST_STEP * table.spx0)
    return Tracked(np.where(lost, np.nan, level), slope)


def _gains(table: LegTable, groups: DisjointGroups, rules: Rules) -> Callable[[Floats], Floats]:
    """Return the P/L as a function of levels of SPX, both (roots a group, groups)."""
    part, dollars = part_of(table, rules.when_s)[groups.rows], table.terms.dollars[groups.rows]
    pieces = []
    for number in PARTS.values():
        at = np.flatnonzero(part == number)
        if len(at):
            pieces.append((number, at, groups.of[at], columns_of(table, groups.rows[at], rules)))
    cash = np.where(
        np.bincount(groups.of, weights=part == UNVALUED, minlength=len(groups.cash)) > 0, np.nan, groups.cash
    )

    def gain(spx: Floats) -> Floats:
        vix = vix_at(spx, table.spx0, table.vix0, rules.response)
        values = np.zeros((len(spx), len(groups.rows)))
        for number, at, of, columns in pieces:
            values[:, at] = dollars[at] * columns.points(number, spx[:, of], vix[:, of])
        return groups.sums(values) + cash

    return gain
