"""What do whole positions gain along SPX, under each VIX response? Every group on every level at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import VIX_FLOOR, Response, vix_at
from core.valuation.group_sums import GroupSums
from core.valuation.leg_points import PARTS, LegColumns, Rules, part_of
from core.valuation.response_map import stacked
from core.valuation.surface import STANDARD, Surface
from core.valuation.vix_nodes import NODES, is_smooth, node_values, read_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.valuation.leg_table import LegTable
    from core.valuation.revalue import Group

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

AT_A_TIME = 48  # groups: what is worked on stays near the processor


@dataclass(frozen=True, eq=False)
class CurvesAsked:
    """Groups of a table (all of which can be valued then), a moment, the responses, and levels of SPX (n,)."""

    table: LegTable
    groups: Sequence[Group]
    when_s: float
    responses: tuple[Response, ...]
    levels: Floats
    surface: Surface = STANDARD

    @cached_property
    def part(self) -> NDArray[np.int64]:
        """Which of PARTS each leg of the table is at the moment."""
        return part_of(self.table, self.when_s)


def curves(asked: CurvesAsked) -> Floats:
    """Return the P/L in dollars of each group under each response at each level, (groups, responses, n)."""
    chunks = [
        _chunk(asked, asked.groups[start : start + AT_A_TIME]) for start in range(0, len(asked.groups), AT_A_TIME)
    ]
    return np.concatenate(chunks) if chunks else np.empty((0, len(asked.responses), len(asked.levels)))


def _chunk(asked: CurvesAsked, groups: Sequence[Group]) -> Floats:
    """Return the curves of some of the groups."""
    table = asked.table
    sums = GroupSums(groups, len(table.terms))
    rows = np.unique(np.concatenate([group.rows for group in groups]))
    part = asked.part[rows]
    needs_vix = (part != PARTS["settled SPX"]).any()
    vix = vix_at(asked.levels, table.spx0, table.vix0, stacked(asked.responses)) if needs_vix else np.empty(0)
    cash = np.array([group.cash for group in groups])
    total = np.broadcast_to(cash[:, None, None], (len(groups), len(asked.responses), len(asked.levels))).copy()
    smooth, linear = _along_vix(asked, rows, part)
    along = np.zeros(len(table.terms), np.bool_)
    along[smooth] = along[linear] = True
    for number in PARTS.values():
        some = rows[(part == number) & ~along[rows]]
        if len(some):
            total += sums.add(some, _direct(asked, some, number, vix))
    if len(linear):
        total += _futures(asked, linear, sums, vix)
    if len(smooth):
        columns = LegColumns(table, smooth, Rules(asked.when_s), axes=1)
        dollars = table.terms.dollars[smooth, None]
        nodes = sums.add(smooth, dollars * np.hstack(node_values(columns)))
        total += read_off(nodes[:, :NODES], nodes[:, NODES:], vix)
    return total


def _along_vix(asked: CurvesAsked, rows: Rows, part: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Return the living VIX options that can be read off along VIX, and the futures that are straight along it."""
    options, futures = rows[part == PARTS["living VIX"]], rows[part == PARTS["future"]]
    rules = Rules(asked.when_s)
    if asked.surface.vix_slope:
        options = options[:0]
    smooth = options[is_smooth(LegColumns(asked.table, options, rules))]
    columns = LegColumns(asked.table, futures, rules)
    return smooth, futures[columns.forward + columns.beta * (VIX_FLOOR - asked.table.vix0) >= 0]


def _direct(asked: CurvesAsked, rows: Rows, number: int, vix: Floats) -> Floats:
    """Return the dollars of legs valued at every level: (legs, responses or 1, n)."""
    rules = Rules(asked.when_s, asked.surface, stacked(asked.responses))
    points = LegColumns(asked.table, rows, rules, axes=2).points(number, asked.levels, vix)
    return asked.table.terms.dollars[rows, None, None] * points


def _futures(asked: CurvesAsked, rows: Rows, sums: GroupSums, vix: Floats) -> Floats:
    """Return the dollars of futures that never reach zero: straight lines along VIX, added up by group."""
    columns, dollars = LegColumns(asked.table, rows, Rules(asked.when_s)), asked.table.terms.dollars[rows]
    at_rest = dollars * (columns.forward - columns.beta * asked.table.vix0)
    lines = sums.add(rows, np.column_stack([at_rest, dollars * columns.beta]))
    out: Floats = lines[:, 0, None, None] + lines[:, 1, None, None] * vix
    return out
