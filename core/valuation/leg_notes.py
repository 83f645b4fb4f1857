"""Which approximations does a valuation rest on? Each named once, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.valuation.leg_points import PARTS, part_of
from core.valuation.leg_terms import ON_VIX, OPTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.valuation.book_curves import CurvesAsked
    from core.valuation.forwards import MarketNow
    from core.valuation.leg_table import LegTable
    from core.valuation.revalue import Group


def leg_notes(asked: CurvesAsked) -> list[tuple[str, ...]]:
    """Return what each leg of the table is taken as at the moment that is asked for, () where it is exact."""
    table, when_s = asked.table, asked.when_s
    part = part_of(table, when_s)
    early = table.terms.expiry_s < when_s
    notes: list[tuple[str, ...]] = []
    for row, (number, is_early) in enumerate(zip(part.tolist(), early.tolist(), strict=True)):
        if number in _SETTLED:
            notes.append((_settled(table, row, number, when_s),) if is_early else ())
        else:
            notes.append(tuple(filter(None, (_volatility(table, row), table.warning[row]))))
    return notes


def group_notes(
    asked: CurvesAsked, group: Group, notes: Sequence[tuple[str, ...]], market: MarketNow
) -> tuple[str, ...]:
    """Return the notes of a group's legs, of the response map, the surface and the rate, each once."""
    table, rows = asked.table, group.rows
    part = part_of(table, asked.when_s)[rows]
    said = [note for row in rows.tolist() for note in notes[row]]
    if (table.terms.on[rows] == ON_VIX).any():
        said += [market.responses.note, market.curve_note]
    if (part == PARTS["living SPX"]).any():
        said += [
            asked.surface.note,
            *{table.forward_source[row] for row in rows[part == PARTS["living SPX"]].tolist()},
        ]
    if np.isin(part, _PRICED).any():
        said.append(f"rate {market.rate:.2%} a year: {market.rate_note}")
    return tuple(dict.fromkeys(note for note in said if note))


_SETTLED = (PARTS["settled SPX"], PARTS["settled VIX"])
_PRICED = (PARTS["living SPX"], PARTS["living VIX"])


def _settled(table: LegTable, row: int, number: int, when_s: float) -> str:
    """Return how a leg that settles before the moment counts."""
    leg = table.terms.legs[row]
    if number == PARTS["settled SPX"]:
        return f"{leg.contract.root} legs of {leg.contract.expiry}: intrinsic at the same SPX"
    share = (table.terms.expiry_s[row] - table.now_s) / (when_s - table.now_s)
    return f"path-dependent: {leg.text} settles {share:.0%} of the way, at SPX and VIX in proportion"


def _volatility(table: LegTable, row: int) -> str:
    """Return the volatility of an option and its source, "" of what needs none."""
    if table.terms.kind[row] != OPTION:
        return ""
    return f"{table.terms.legs[row].text}: volatility {table.sigma[row]:.1%} {table.sigma_source[row]}"
