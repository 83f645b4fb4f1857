"""At which levels of SPX must curves be looked at? Steps, every corner, and where lone options break even."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import VIX_CAP, VIX_FLOOR, spx_at, vx_beta
from core.valuation.forwards import DAY_S
from core.valuation.group_sums import GroupSums
from core.valuation.leg_points import PARTS, LegColumns, Rules, part_of
from core.valuation.response_map import stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.measures.spot_vol import Response
    from core.valuation.leg_table import LegTable
    from core.valuation.revalue import Group

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

STEP_POINTS = 5.0
LOWEST, HIGHEST = 0.7, 1.2  # of SPX now, playbook 4.4
AROUND_STRIKES = 0.05


def spx_levels(table: LegTable, groups: Sequence[Group], when_s: float, responses: Sequence[Response]) -> Floats:
    """Return levels of SPX in points, ascending, at which the P/L of the groups is to be looked at.

    From -30 % to +20 % of SPX, to 5 % beyond the strikes and to where settled options alone would break even, in
    each case in steps of 5 points, and each corner in there: strikes, the clamps of the VIX map, futures at zero.
    """
    rows = np.unique(np.concatenate([group.rows for group in groups]))
    part = part_of(table, when_s)
    settled = rows[part[rows] == PARTS["settled SPX"]]
    on_spx = rows[(part[rows] == PARTS["settled SPX"]) | (part[rows] == PARTS["living SPX"])]
    strikes = np.unique(table.terms.strike[on_spx] / table.terms.spx_weight[on_spx])
    middle = table.spx0 if math.isfinite(table.spx0) else float(strikes.mean())
    alone = _alone(table, groups, settled, when_s) if len(settled) else np.empty(0)
    around = [strikes * (1 - AROUND_STRIKES), strikes * (1 + AROUND_STRIKES)]
    far = np.concatenate([[LOWEST * middle, HIGHEST * middle], *around])
    low, high = math.floor(far.min() / STEP_POINTS), math.ceil(far.max() / STEP_POINTS)
    steps = np.arange(max(low, 1), high + 1) * STEP_POINTS
    corners = np.concatenate([strikes, *_vix_corners(table, rows, part[rows], when_s, responses)])
    inside = corners[(corners > steps[0]) & (corners < steps[-1])]
    return np.unique(np.concatenate([steps, inside, alone]))


def _alone(table: LegTable, groups: Sequence[Group], settled: Rows, when_s: float) -> Floats:
    """Return where settled SPX options by themselves cross zero below the lowest or above the highest strike."""
    terms, sums = table.terms, GroupSums(groups, len(table.terms))
    per_point = terms.dollars[settled] * terms.spx_weight[settled]
    is_call = terms.sign[settled] > 0
    slope = sums.add(
        settled, np.stack([np.where(is_call, 0.0, -per_point), np.where(is_call, per_point, 0.0)], axis=1)
    )
    if not slope.any():  # every group is flat at both ends
        return np.empty(0)
    columns = LegColumns(table, settled, Rules(when_s), axes=1)
    strikes = columns.strike / columns.weight
    ends = np.array([strikes.min(), strikes.max()])
    points = columns.points(PARTS["settled SPX"], ends, ends)
    value = sums.add(settled, terms.dollars[settled, None] * points) + np.array([[group.cash] for group in groups])
    with np.errstate(divide="ignore", invalid="ignore"):
        to_root = -value / slope
    beyond = np.where(np.isfinite(to_root) & (to_root * [-1, 1] > 0), ends + to_root, np.nan)
    found = beyond[np.isfinite(beyond) & (beyond > 0)]
    return np.concatenate([np.maximum(found - STEP_POINTS, found / 2), found + STEP_POINTS])


def _vix_corners(
    table: LegTable, rows: Rows, part: NDArray[np.int64], when_s: float, responses: Sequence[Response]
) -> list[Floats]:
    """Return the SPX levels at which the VIX legs bend: clamps of the map, strikes of what settles, floors."""
    on_way, shares = rows[part == PARTS["settled VIX"]], rows[part == PARTS["share"]]
    living = rows[(part == PARTS["living VIX"]) | (part == PARTS["future"])]
    if not len(on_way) and not len(living) and not len(shares):
        return []
    slopes = stacked(tuple(responses))
    clamps = np.array([VIX_FLOOR, VIX_CAP])
    beta = vx_beta((table.terms.expiry_s[living] - when_s) / DAY_S)
    floors = table.vix0 - np.append(table.forward[living] / beta, 1.0 / table.carry[shares])
    levels = spx_at(np.concatenate([clamps, floors[floors > VIX_FLOOR]]), table.spx0, table.vix0, slopes)
    found = [levels[np.isfinite(levels)]]
    if len(on_way):
        corners = np.unique(np.concatenate([table.terms.strike[on_way], clamps]))
        share = (table.terms.expiry_s[on_way, None, None] - table.now_s) / (when_s - table.now_s)
        paths = table.spx0 + (spx_at(corners, table.spx0, table.vix0, slopes) - table.spx0) / share
        found.append(paths[np.isfinite(paths)])
    return found
