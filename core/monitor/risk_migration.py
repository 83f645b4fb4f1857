"""How do the break-evens move as layers switch on, what does each point cost, and what gets worse?"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.monitor.risk_curves import break_evens_of, dollars_along, least_at
from core.risk_state import MigrationRow

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from core.monitor.risk_ground import Ground
    from core.valuation.break_evens import BreakEvens

    Floats = NDArray[np.float64]

PUT, CALL = "put", "call"
NONE_BARE = "the bare condor has no break-even on this side"
NONE_LEFT = "no break-even is left on this side"
GAINED = "distance from the condors' body to the nearest break-even of this side, less that of the bare condor"


def migration(ground: Ground, grid: Floats, moment: datetime) -> tuple[MigrationRow, ...]:
    """Return the book at a moment without layers, then with one layer more in each row, inner layers first.

    `grid` are the levels of SPX on which the least P/L is looked for. Layers that hold nothing have no row.
    """
    held = zip(ground.numbers, ground.groups[1:], strict=True)
    numbers = [number for number, group in held if len(group.rows)]
    steps = [(), *accumulate((number,) for number in numbers)]
    groups = [ground.with_layers(frozenset(step)) for step in steps]
    rows = dollars_along(ground, grid, groups, moment)[:, ground.row]
    found = break_evens_of(ground, groups, moment)
    bare = _nearest(found[0], ground.body)
    return tuple(_row(ground, step, (grid, rows[at]), found[at], bare) for at, step in enumerate(steps))


def _nearest(found: BreakEvens, body: float) -> dict[str, float | None]:
    """Return the break-even nearest to the condors' body below and above it."""
    below = [point for point in found.points if point <= body]
    above = [point for point in found.points if point > body]
    return {PUT: max(below, default=None), CALL: min(above, default=None)}


def _row(
    ground: Ground,
    step: tuple[int, ...],
    curve: tuple[Floats, Floats],
    found: BreakEvens,
    bare: dict[str, float | None],
) -> MigrationRow:
    grid, row = curve
    gained = {side: _gained(side, _nearest(found, ground.body)[side], bare[side], found.unknown) for side in bare}
    paid = _paid(ground, step)
    at = least_at(row, grid, ground.body)
    least = ground.dollars(float(row[at]), found.unknown, "least P/L on the levels of the curves, after fees")
    side = PUT if grid[at] <= ground.body else CALL
    return MigrationRow(
        name="".join(f"+L{number}" for number in step) or "bare",
        layers=step,
        break_evens=found,
        gained_put=gained[PUT],
        gained_call=gained[CALL],
        paid=paid,
        paid_per_point=_per_point(paid, gained[PUT]),
        least=least,
        least_at=float(grid[at]),
        least_side=side,
        words=_words(step, gained, least, float(grid[at]), side),
    )


def _gained(side: str, point: float | None, bare: float | None, why: str) -> Figure:
    """Return how many points a break-even moved away from the body: down on the put side, up on the call side."""
    if why or bare is None or point is None:
        return unknown(why or (NONE_BARE if bare is None else NONE_LEFT), "points", GAINED)
    return known((bare - point) if side == PUT else (point - bare), "points", GAINED)


def _paid(ground: Ground, step: tuple[int, ...]) -> Figure:
    """Return what the layers cost so far, what they have realised set off; a future costs its fees alone."""
    cost = -math.fsum(float(layer.net_cash) for layer in ground.book.layers if layer.number in step)
    return known(cost + 0.0, "$", "premium paid less received for the layers so far, with fees")


def _per_point(paid: Figure, gained: Figure) -> Figure:
    formula = "paid / points gained on the put side"
    if paid.value is None or gained.value is None:
        return unknown(gained.unknown, "$ a point", formula)
    if gained.value <= 0:
        return unknown("no point was gained on the put side", "$ a point", formula)
    return known(paid.value / gained.value, "$ a point", formula)


def _words(step: tuple[int, ...], gained: dict[str, Figure], least: Figure, at: float, side: str) -> str:
    if least.value is None:
        return f"unknown: {least.unknown}"
    told = []
    for name, figure in gained.items() if step else ():
        if figure.value is None:
            told.append(f"{name} side: {figure.unknown}")
        elif abs(figure.value) >= 0.005:
            verb = "gains" if figure.value > 0 else "gets worse: loses"
            told.append(f"{name} side {verb} {abs(figure.value):,.2f} points")
        else:
            told.append(f"{name} side unmoved")
    told.append(f"least P/L {least.value:,.0f} on the {side} side at {at:,.0f}")
    return "; ".join(told)
