"""At which SPX, exactly, does each group stop losing? Every bracket of every group narrowed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import Response, vix_at
from core.valuation.leg_points import PARTS, LegColumns, Rules
from core.valuation.roots import bracketed
from core.valuation.zones import NOTHING_DOLLARS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.valuation.book_curves import CurvesAsked

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]


class GroupsAt:
    """The P/L of groups at levels of SPX of their own, one element a question."""

    def __init__(self, asked: CurvesAsked, groups: Rows, responses: Rows) -> None:
        """Take which group and which response each question is about, as indices."""
        table, rows = asked.table, [asked.groups[index].rows for index in groups.tolist()]
        slopes = [asked.responses[index] for index in responses.tolist()]
        self._asked, self._count = asked, len(groups)
        self._cash = np.array([asked.groups[index].cash for index in groups.tolist()])
        self._response = Response(
            np.array([one.b_down for one in slopes], np.float64),
            np.array([one.b_up for one in slopes], np.float64),
        )
        legs = np.concatenate([*rows, np.empty(0, np.intp)]).astype(np.intp)
        of = np.repeat(np.arange(len(groups)), [len(some) for some in rows])
        part = asked.part[legs]
        self._parts = []
        for number in PARTS.values():
            at = np.flatnonzero(part == number)
            if len(at):
                self._parts.append(
                    (number, of[at], self._columns(legs[at], of[at]), table.terms.dollars[legs[at]])
                )

    def _columns(self, legs: Rows, of: Rows) -> LegColumns:
        down, up = np.asarray(self._response.b_down), np.asarray(self._response.b_up)
        response = Response(down[of], up[of])
        return LegColumns(self._asked.table, legs, Rules(self._asked.when_s, self._asked.surface, response))

    def profits(self, spx: Floats) -> Floats:
        """Return the dollars of each question at its level (k,)."""
        table = self._asked.table
        vix = vix_at(spx, table.spx0, table.vix0, self._response)
        total = self._cash.copy()
        for number, of, columns, dollars in self._parts:
            points = columns.points(number, spx[of], vix[of])
            total += np.bincount(of, weights=dollars * points, minlength=self._count)
        return total


def exact_roots(asked: CurvesAsked, profits: Floats) -> tuple[tuple[Rows, Rows, Rows], Floats]:
    """Return (group, response, level index) of each change of sign of the curves, and the root in SPX points.

    `profits` has shape (groups, responses, n); a root lies between the level of its index and the next one.
    """
    below = profits < -NOTHING_DOLLARS
    group, response, at = np.nonzero(below[:, :, 1:] != below[:, :, :-1])
    if not len(at):
        return (group, response, at), np.empty(0)
    evaluated = GroupsAt(asked, group, response)
    ends = tuple(profits[group, response, index] + NOTHING_DOLLARS for index in (at, at + 1))
    roots = bracketed(
        lambda spx: evaluated.profits(spx) + NOTHING_DOLLARS,
        asked.levels[at],
        asked.levels[at + 1],
        (ends[0], ends[1]),
    )
    return (group, response, at), roots
