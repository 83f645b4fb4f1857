"""What would each leg be worth at other levels of SPX and VIX, at another moment? All legs in one evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, Response
from core.valuation.leg_points import PARTS, UNVALUED, LegColumns, Rules, part_of
from core.valuation.surface import STANDARD, Surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

    from core.valuation.leg_table import LegTable
    from core.valuation.leg_terms import LegTerms

    Floats = NDArray[np.float64]

CHUNK = 1 << 21  # elements that are worked on at a time


@dataclass(frozen=True, eq=False)
class Group:
    """Legs of a table that count together: their rows, and the dollars of cash that came with them so far."""

    name: str
    rows: NDArray[np.intp]
    cash: float


def group_of(terms: LegTerms, name: str, owners: Iterable[int]) -> Group:
    """Return the legs and the cash of some holdings of the table, by their index in `terms.holdings`."""
    wanted = sorted(set(owners))
    cash = float(sum(terms.holdings[index].sunk for index in wanted))
    return Group(name, np.flatnonzero(np.isin(terms.owner, wanted)), cash)


def unknown_of(table: LegTable, group: Group, when: datetime | None = None) -> str:
    """Return why a group cannot be valued at a moment (now), each reason once, "" where it can."""
    when_s = table.now_s if when is None else when.timestamp()
    rows = group.rows[part_of(table, when_s)[group.rows] == UNVALUED]
    return "; ".join(dict.fromkeys(table.why(row) for row in rows.tolist()))


def revalue(  # noqa: PLR0913 - the market after, and the two rules between
    table: LegTable,
    spx: ArrayLike,
    vix: ArrayLike,
    when: datetime,
    *,
    surface: Surface = STANDARD,
    response: Response = BASE,
) -> Floats:
    """Return the dollars that each leg is worth (quantity x multiplier x points), shape (legs, *scenarios).

    `spx` and `vix` in points, any shapes that broadcast against each other; `when` a UTC moment not before the
    table's. SPX options by Black-76 on SPX carried to their expiry, VIX options on their VX future moved by
    beta(days) x the change of VIX. A leg that cannot be valued is NaN; one that has settled by `when` counts at
    intrinsic, SPX options at the same SPX, VIX legs on the way there (`path_dependent`).
    """
    levels = np.asarray(spx, np.float64), np.asarray(vix, np.float64)
    shape = np.broadcast_shapes(levels[0].shape, levels[1].shape)
    out = np.full((len(table.terms), *shape), np.nan)
    for rows, points in _valued(table, levels, Rules(when.timestamp(), surface, response)):
        out[rows] = table.terms.dollars[rows].reshape(-1, *(1,) * len(shape)) * points
    return out


def profits(  # noqa: PLR0913 - the market after, and the two rules between
    table: LegTable,
    groups: Sequence[Group],
    spx: ArrayLike,
    vix: ArrayLike,
    when: datetime,
    *,
    surface: Surface = STANDARD,
    response: Response = BASE,
) -> Floats:
    """Return the P/L of each group in dollars, shape (groups, *scenarios), arguments as for `revalue`.

    NaN throughout for a group of which one leg cannot be valued (`unknown_of` says why).
    """
    levels = np.asarray(spx, np.float64), np.asarray(vix, np.float64)
    shape = np.broadcast_shapes(levels[0].shape, levels[1].shape)
    member = np.zeros((len(groups), len(table.terms)))
    for index, group in enumerate(groups):
        member[index, group.rows] = table.terms.dollars[group.rows]
    total = np.zeros((len(groups), *shape))
    for rows, points in _valued(table, levels, Rules(when.timestamp(), surface, response)):
        # a part that follows VIX alone has one column for all levels of SPX, and the other way round
        total += (member[:, rows] @ points.reshape(len(rows), -1)).reshape(len(groups), *points.shape[1:])
    lacks = part_of(table, when.timestamp()) == UNVALUED
    known = [not lacks[group.rows].any() for group in groups]
    base = np.array([group.cash if is_known else np.nan for group, is_known in zip(groups, known, strict=True)])
    return np.asarray(total + base.reshape(-1, *(1,) * len(shape)))


def path_dependent(table: LegTable, when: datetime) -> NDArray[np.bool_]:
    """Return which legs settle before the moment by the VIX on the way there."""
    return np.asarray(part_of(table, when.timestamp()) == PARTS["settled VIX"])


def _valued(
    table: LegTable, levels: tuple[Floats, Floats], rules: Rules
) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Yield legs that are valued alike and their points a contract, shape (legs, ...) that broadcasts."""
    shape = np.broadcast_shapes(levels[0].shape, levels[1].shape)
    part = part_of(table, rules.when_s)
    step = max(CHUNK // max(int(np.prod(shape)), 1), 1)
    for number in PARTS.values():
        rows = np.flatnonzero(part == number)
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            columns = LegColumns(table, some, rules, axes=len(shape))
            yield some, columns.points(number, *levels)
