"""Where does a position neither gain nor lose? Bare and hedged, all roots, and the zones between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.figure import Figure, Input, known, unknown
from core.market.times import exchange_date
from core.positions.book import Condor
from core.valuation.fill_volatility import Unvalued
from core.valuation.forwards import present
from core.valuation.horizon import Horizon, Valued, last_expiry, legs_at, own_terms
from core.valuation.payoff import Payoff, payoff_of
from core.valuation.search import search
from core.valuation.zones import NOTHING_DOLLARS, Straight, Zone, straight, zones_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from core.positions.book import Holding
    from core.valuation.forwards import MarketNow, MarketThen

__all__ = ["BreakEvens", "HedgeLegBreakEven", "Zone", "bare_break_evens", "hedged_break_evens", "searched"]

MAP_NOTE = (
    "VIX = VIX0 (SPX/SPX0)^-b within 9 to 90, assumed: b 4.5 down, 3.4 up (low 2.5 and 2.0, high 7.0 and 4.5); "
    "a VX future moves 1/sqrt(1 + days left/10) of VIX"
)


@dataclass(frozen=True, slots=True)
class BreakEvens:
    """All break-evens of a position at one date, ascending, with the zones between them.

    `points` in SPX points. Empty with `unknown` set where they cannot be known; empty with
    `unknown` "" where the position never breaks even. `low_response` and `high_response` hold the roots
    under the low and high VIX response. `min_profit` and `max_profit` in dollars, unknown where they
    have no bound. `notes` name every approximation (path-dependent legs, assumed rate).
    """

    horizon: date | None
    points: tuple[float, ...] = ()
    zones: tuple[Zone, ...] = ()
    low_response: tuple[float, ...] = ()
    high_response: tuple[float, ...] = ()
    min_profit: Figure | None = None
    max_profit: Figure | None = None
    notes: tuple[str, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class HedgeLegBreakEven:
    """Where one hedge leg pays for itself: the VIX level at its expiry, and SPX through the response map."""

    vix: Figure
    spx: Figure


def bare_break_evens(condor: Condor) -> BreakEvens:
    """Return the exact break-evens of a condor, or of the part of one that is on, at its expiry after fees.

    In closed form, over all levels from zero upwards, in SPX points (also for XSP). A closed condor has
    one zone: its cash.
    """
    lines = straight(payoff_of([own_terms(leg) for leg in condor.legs], float(condor.sunk)))
    return BreakEvens(
        condor.expiry,
        tuple(map(float, lines.roots)),
        zones_between(lines.profits, lines.changes, lines.roots),
        min_profit=_bound(lines, is_least=True),
        max_profit=_bound(lines, is_least=False),
    )


def hedged_break_evens(holdings: Sequence[Holding], market: MarketNow, then: MarketThen) -> BreakEvens:
    """Return the break-evens of condors and hedge layers together, at the last expiry of the condors.

    Every holding given counts with its cash so far; what is closed or settled with nothing else.
    Unknown, with the legs named, as soon as one open leg cannot be valued.
    """
    try:
        moment = last_expiry([holding for holding in holdings if isinstance(holding, Condor)], market)
    except OutsideCalendarError as outside:
        return BreakEvens(None, unknown=str(outside))
    if moment is None:
        return BreakEvens(None, unknown="no condor is open, so there is no expiry to look at")
    day = exchange_date(moment)
    if moment <= market.now:
        return BreakEvens(day, unknown=f"the condor expired on {day}: enter its settlement")
    legs = legs_at(Horizon(moment, market, then), [leg for holding in holdings for leg in holding.legs])
    reasons = [leg.reason for leg in legs if isinstance(leg, Unvalued)]
    if reasons:
        return BreakEvens(day, unknown="; ".join(dict.fromkeys(reasons)))
    valued = [leg for leg in legs if isinstance(leg, Valued)]
    cash = float(sum(holding.sunk for holding in holdings))
    spx0, vix0 = present(market.spx) or math.nan, present(market.vix) or math.nan
    payoff = payoff_of((leg.leg for leg in valued), cash, spx0, vix0)
    return searched(payoff, day, _notes(valued, market), market.inputs)


def searched(
    payoff: Payoff, horizon: date | None, notes: tuple[str, ...] = (), inputs: tuple[Input, ...] = ()
) -> BreakEvens:
    """Return the break-evens of any position at the horizon, under the base, low and high response."""
    found = search(payoff)
    low, base, high = (tuple(map(float, roots)) for roots in found.roots)
    profits = found.profits[1]
    return BreakEvens(
        horizon,
        base,
        zones_between(profits, found.changes[1], found.roots[1]),
        low,
        high,
        _extreme(found.levels, profits, inputs, is_least=True),
        _extreme(found.levels, profits, inputs, is_least=False),
        notes,
    )


def _bound(lines: Straight, *, is_least: bool) -> Figure:
    """Return the least or the greatest profit over all levels, unknown where a naked call has no bound."""
    formula = f"{'least' if is_least else 'greatest'} P/L at expiry over all SPX levels, after fees"
    if lines.end_slope < 0 if is_least else lines.end_slope > 0:
        return unknown(f"no bound above {lines.levels[-2]:g}: the calls do not offset", "$", formula)
    return known(float(lines.profits.min() if is_least else lines.profits.max()), "$", formula)


def _extreme(
    levels: NDArray[np.float64], profits: NDArray[np.float64], inputs: tuple[Input, ...], *, is_least: bool
) -> Figure:
    """Return the least or the greatest profit on the levels, saying where it goes on beyond them."""
    word, verb, sign = ("least", "falls", 1) if is_least else ("greatest", "rises", -1)
    at = int((sign * profits).argmin())
    formula = f"{word} P/L at the horizon for SPX {levels[0]:.0f} to {levels[-1]:.0f}, base response, after fees"
    ends = {"below": (profits[0] - profits[1], levels[0]), "above": (profits[-1] - profits[-2], levels[-1])}
    on = [
        f"{verb} on {side} {level:.0f}" for side, (rise, level) in ends.items() if sign * rise < -NOTHING_DOLLARS
    ]
    return known(float(profits[at]), "$", formula, inputs, "; ".join([f"at SPX {levels[at]:.0f}", *on]))


def _notes(valued: list[Valued], market: MarketNow) -> tuple[str, ...]:
    """Return the notes that name every approximation, each once."""
    notes = [leg.note for leg in valued if leg.note]
    if any(leg.leg.is_vix for leg in valued):
        notes += [MAP_NOTE, market.curve_note] if market.curve_note else [MAP_NOTE]
    if any(leg.leg.is_priced for leg in valued):
        notes.append(f"rate {market.rate:.2%} a year: {market.rate_note}")
    return tuple(dict.fromkeys(notes))
