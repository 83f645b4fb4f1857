"""How are values of single legs added up by group? Groups may share legs, and a leg may be in none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.valuation.revalue import Group

    Floats = NDArray[np.float64]


class GroupSums:
    """Adds the rows of an array of legs up by group."""

    def __init__(self, groups: Sequence[Group], legs: int) -> None:
        """Take the groups, and how many legs the table has."""
        self._legs = legs
        self._count = len(groups)
        self._rows = np.concatenate([group.rows for group in groups]) if groups else np.zeros(0, np.intp)
        self._of = np.repeat(np.arange(len(groups)), [len(group.rows) for group in groups])

    def add(self, rows: NDArray[np.intp], values: Floats) -> Floats:
        """Return the sums (groups, ...) of values (k, ...) of the legs in `rows`; 0 for a group with none."""
        place = np.full(self._legs, -1)
        place[rows] = np.arange(len(rows))
        at = place[self._rows]
        at, of = at[at >= 0], self._of[at >= 0]
        out = np.zeros((self._count, *values.shape[1:]))
        if len(at):
            is_first = np.ones(len(of), np.bool_)
            np.not_equal(of[1:], of[:-1], out=is_first[1:])
            starts = np.flatnonzero(is_first)
            out[of[starts]] = np.add.reduceat(values[at], starts, axis=0)
        return out
