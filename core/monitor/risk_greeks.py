"""What are the net greeks of the book, its layers and its expiries, at the point that is looked at?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import known, unknown
from core.monitor.risk_moved import moved_table
from core.positions.leg import opened_for
from core.risk_state import GreekRow, LegSource
from core.valuation.forwards import YEAR_S
from core.valuation.greeks import greeks
from core.valuation.leg_terms import OPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.market.figure import Figure
    from core.monitor.risk_ground import Ground
    from core.valuation.greeks import LegGreeks
    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

FORMULAS = {
    "value": "sum of quantity x multiplier x model price, of futures less what they were opened at",
    "delta": "sum of SPX legs' delta x 1 % of SPX, VIX and volatilities as they are",
    "gamma": "change of that for SPX 1 % higher",
    "vega": "VIX legs: delta x multiplier / sqrt(1 + days/10); SPX legs: vega x 0.8 sqrt(30/days), root up to 1.5",
    "theta": "sum of the legs' theta, a calendar day",
    "time_value": "model price less discounted intrinsic value on the forward, x quantity x multiplier",
}
OWN = ("value", "time_value")


@dataclass(frozen=True, eq=False)
class BookGreeks:
    """The greeks of every leg at the point; nothing for a leg that has settled by then."""

    ground: Ground
    table: LegTable
    legs: LegGreeks

    @cached_property
    def value(self) -> Floats:
        """Dollars that closing each leg would bring: of a future what it gained since it was opened."""
        opened = [float(opened_for((leg,))) for leg in self.table.terms.legs]
        return np.asarray(self.legs.value - opened)

    @cached_property
    def time_value(self) -> Floats:
        """Dollars of each leg above its intrinsic value; none of a future or a share."""
        table, terms = self.table, self.table.terms
        years = np.maximum(terms.expiry_s - table.now_s, 0.0) / YEAR_S
        intrinsic = np.maximum(terms.sign * (table.forward - terms.strike), 0.0)
        discounted = np.where(terms.kind == OPTION, np.exp(-table.rate * years), 1.0) * intrinsic
        return np.asarray(terms.dollars * (self.legs.price - discounted))

    def total(self, name: str, rows: NDArray[np.intp]) -> float:
        """Return the sum of `value`, `time_value` or one of LegGreeks over legs; NaN where one has no value."""
        if not self.ground.table.is_valued[rows].all():
            return math.nan
        column = getattr(self if name in OWN else self.legs, name)
        return float(np.where(self.table.is_valued[rows], column[rows], 0.0).sum())

    def why(self, rows: NDArray[np.intp]) -> str:
        """Return why a sum over these legs is unknown, "" where it is known."""
        reasons = self.ground.table.unknown
        return "; ".join(dict.fromkeys(reasons[row] for row in rows.tolist() if reasons[row]))


def book_greeks(ground: Ground) -> BookGreeks:
    """Return the greeks of every leg at the point that is looked at."""
    table = moved_table(ground.table, ground.spx, ground.vix, ground.moment.timestamp(), ground.surface)
    return BookGreeks(ground, table, greeks(table, ground.surface))


def greek_rows(found: BookGreeks) -> tuple[GreekRow, ...]:
    """Return the net greeks of the book, of the condors, of each layer and of each expiry."""
    return tuple(_row(found, group, name, rows) for group, name, rows in _named(found.ground))


def _named(ground: Ground) -> Iterator[tuple[str, str, NDArray[np.intp]]]:
    terms = ground.table.terms
    yield "book", "book", np.arange(len(terms))
    yield "condors", "condors", ground.groups[0].rows
    for number, group in zip(ground.numbers, ground.groups[1:], strict=True):
        if len(group.rows):
            yield "layer", f"L{number}", group.rows
    expiries = [leg.contract.expiry for leg in terms.legs]
    for day in sorted({day for day in expiries if day is not None}):
        yield "expiry", str(day), np.array([at for at, one in enumerate(expiries) if one == day], np.intp)


def _row(found: BookGreeks, group: str, name: str, rows: NDArray[np.intp]) -> GreekRow:
    why, ground = found.why(rows), found.ground

    def figure(key: str, value: float, unit: str = "$") -> Figure:
        return replace(ground.dollars(value, why, FORMULAS[key]), unit=unit)

    return GreekRow(
        group,
        name,
        figure("value", found.total("value", rows)),
        figure("delta", -found.total("spx_down", rows)),
        figure("gamma", found.total("spx_gamma", rows)),
        figure("vega", found.total("vix_up", rows)),
        figure("theta", found.total("decay", rows)),
        figure("time_value", found.total("time_value", rows)),
    )


def leg_sources(found: BookGreeks) -> tuple[LegSource, ...]:
    """Return each open leg with its mark, and where its volatility and its forward come from."""
    return tuple(_leg(found, row) for row in range(len(found.table.terms)))


def _leg(found: BookGreeks, row: int) -> LegSource:
    table, base = found.table, found.ground.table
    terms, why = table.terms, base.unknown[row] or "it has settled by then"
    leg, number, condor = terms.legs[row], int(terms.layer[row]), int(terms.condor[row])
    is_known, is_option = bool(table.is_valued[row]), terms.kind[row] == OPTION

    def figure(value: float, unit: str, formula: str = "") -> Figure:
        return known(value, unit, formula) if is_known else unknown(why, unit, formula)

    no_volatility = unknown("a future or a share has none", "% a year")
    return LegSource(
        owner=" ".join(filter(None, (f"L{number}" if number else "", f"condor {condor}" if condor else ""))),
        text=leg.text,
        mark=figure(float(found.legs.price[row]), "points", "Black-76, or the price of a future or a share"),
        volatility_pct=figure(100.0 * float(table.sigma[row]), "% a year") if is_option else no_volatility,
        volatility_source=base.sigma_source[row],
        forward=figure(float(table.forward[row]), "points"),
        forward_source="; ".join(filter(None, (base.forward_source[row], base.warning[row]))),
        delta=figure(float(found.legs.delta[row]), "", "for a point of its underlying, one contract"),
    )
