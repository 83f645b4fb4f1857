"""Which approximations does a valuation rest on? Each named once, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.valuation.leg_points import PARTS, UNVALUED
from core.valuation.leg_terms import ON_SPX, OPTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.valuation.book_curves import CurvesAsked
    from core.valuation.forwards import MarketNow
    from core.valuation.leg_table import LegTable

_SPX_SETTLED, _VIX_SETTLED = PARTS["settled SPX"], PARTS["settled VIX"]
_SPX_LIVING, _VIX_LIVING = PARTS["living SPX"], PARTS["living VIX"]


class Notes:
    """What the legs of a table are taken as at a moment, and what that rests on."""

    def __init__(self, asked: CurvesAsked, market: MarketNow) -> None:
        """Take the moment and the market that the valuation is made of."""
        table = asked.table
        self._table, self._surface = table, asked.surface.note
        self._part = asked.part.tolist()
        self._is_vix = (table.terms.on != ON_SPX).tolist()
        self._of_leg = _of_legs(table, self._part, asked.when_s)
        self._on_map = (market.responses.note, market.curve_note)
        self._rate = f"rate {market.rate:.2%} a year: {market.rate_note}"

    def of(self, rows: Iterable[int]) -> tuple[str, ...]:
        """Return the notes of some legs, of the response map, the surface and the rate, each once."""
        legs = list(rows)
        said = [note for row in legs for note in self._of_leg[row]]
        if any(self._is_vix[row] for row in legs):
            said += self._on_map
        on_spx = [row for row in legs if self._part[row] == _SPX_LIVING]
        if on_spx:
            said += [self._surface, *(self._table.forward_source[row] for row in on_spx)]
        if on_spx or any(self._part[row] == _VIX_LIVING for row in legs):
            said.append(self._rate)
        return tuple(dict.fromkeys(note for note in said if note))


def _of_legs(table: LegTable, part: list[int], when_s: float) -> list[tuple[str, ...]]:
    """Return what each leg is taken as, () where it is exact."""
    early = (table.terms.expiry_s < when_s).tolist()
    warnings = table.warning
    notes: list[tuple[str, ...]] = []
    for row, number in enumerate(part):
        if number in (_SPX_SETTLED, _VIX_SETTLED):
            notes.append((_settled(table, row, number, when_s),) if early[row] else ())
        elif number == UNVALUED:
            notes.append(())
        else:
            notes.append((_volatility(table, row), warnings[row]))
    return notes


def _settled(table: LegTable, row: int, number: int, when_s: float) -> str:
    """Return how a leg that settles before the moment counts."""
    leg = table.terms.legs[row]
    if number == _SPX_SETTLED:
        return f"{leg.contract.root} legs of {leg.contract.expiry}: intrinsic at the same SPX"
    share = (float(table.terms.expiry_s[row]) - table.now_s) / (when_s - table.now_s)
    return f"path-dependent: {leg.text} settles {share:.0%} of the way, at SPX and VIX in proportion"


def _volatility(table: LegTable, row: int) -> str:
    """Return the volatility of an option and its source, "" of what needs none."""
    if table.terms.kind[row] != OPTION:
        return ""
    known = table.volatilities.note[row]
    return known or f"{table.terms.legs[row].text}: volatility {table.sigma[row]:.1%} {table.sigma_source[row]}"
