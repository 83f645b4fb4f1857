"""Where does a position neither gain nor lose? Bare and hedged, all roots, and the zones between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.market.times import exchange_date
from core.valuation.book_curves import CurvesAsked, curves
from core.valuation.exact_roots import exact_roots
from core.valuation.leg_notes import Notes
from core.valuation.leg_points import UNVALUED, part_of
from core.valuation.leg_table import leg_table
from core.valuation.leg_terms import leg_terms, outliving
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.payoff import own_terms, payoff_of
from core.valuation.revalue import Group, group_of, unknown_of
from core.valuation.spx_levels import spx_levels
from core.valuation.zones import NOTHING_DOLLARS, Straight, Zone, straight, zones_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.positions.book import Condor, Holding
    from core.valuation.forwards import MarketNow, MarketThen
    from core.valuation.leg_table import LegTable
    from core.valuation.surface import Surface

    Floats = NDArray[np.float64]

__all__ = [
    "BreakEvens",
    "HedgeLegBreakEven",
    "Zone",
    "bare_break_evens",
    "break_evens_at",
    "break_evens_at_expiry",
    "hedged_break_evens",
]

BASE_ROW = 1  # of low, base, high


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
    terms = leg_terms(holdings, market.calendar)
    volatilities = leg_volatilities(terms, then, market.rate, rows=outliving(terms))
    table = leg_table(terms, volatilities, market)
    return break_evens_at_expiry(table, [group_of(terms, "", range(len(holdings)))], market)[0]


def break_evens_at_expiry(table: LegTable, groups: Sequence[Group], market: MarketNow) -> tuple[BreakEvens, ...]:
    """Return the break-evens of each group at the last expiry of its own condors, groups of one moment at once."""
    found: dict[int, BreakEvens] = {}
    together: dict[datetime, list[int]] = {}
    for index, group in enumerate(groups):
        moment = _last_expiry(table, group, market)
        if isinstance(moment, BreakEvens):
            found[index] = moment
        else:
            together.setdefault(moment, []).append(index)
    for moment, indexes in together.items():
        at_once = break_evens_at(table, [groups[index] for index in indexes], moment, market)
        found |= dict(zip(indexes, at_once, strict=True))
    return tuple(found[index] for index in range(len(groups)))


def _last_expiry(table: LegTable, group: Group, market: MarketNow) -> datetime | BreakEvens:
    """Return the moment at which the last condor of a group expires, or why there is none to look at."""
    rows = group.rows[table.terms.layer[group.rows] == 0]
    if not len(rows):
        return BreakEvens(None, unknown="no condor is open, so there is no expiry to look at")
    outside = next((table.terms.problem[row] for row in rows.tolist() if table.terms.problem[row]), "")
    if outside:
        return BreakEvens(None, unknown=outside)
    moment = datetime.fromtimestamp(float(table.terms.expiry_s[rows].max()), UTC)
    if moment <= market.now:
        day = exchange_date(moment)
        return BreakEvens(day, unknown=f"the condor expired on {day}: enter its settlement")
    return moment


def break_evens_at(
    table: LegTable, groups: Sequence[Group], when: datetime, market: MarketNow, surface: Surface | None = None
) -> tuple[BreakEvens, ...]:
    """Return the break-evens of each group at any moment not before the table's, under all three responses.

    All levels, groups and responses are valued in one evaluation (`curves`), the roots refined in another
    (`exact_roots`, to 1e-6 of a point). Unknown where one leg of a group cannot be valued then.
    """
    day, when_s = exchange_date(when), when.timestamp()
    found = {index: BreakEvens(day, unknown=why) for index, why in enumerate(_reasons(table, groups, when)) if why}
    rest = [index for index in range(len(groups)) if index not in found]
    if rest:
        some, responses = [groups[index] for index in rest], market.responses.responses
        levels = spx_levels(table, some, when_s, responses)
        asked = CurvesAsked(table, some, when_s, responses, levels, surface or market.surface)
        found |= dict(zip(rest, _searched(asked, day, market), strict=True))
    return tuple(found[index] for index in range(len(groups)))


def _reasons(table: LegTable, groups: Sequence[Group], when: datetime) -> list[str]:
    """Return why each group cannot be valued then, "" where it can."""
    lacks = part_of(table, when.timestamp()) == UNVALUED
    return [unknown_of(table, group, when) if lacks[group.rows].any() else "" for group in groups]


def _searched(asked: CurvesAsked, day: date, market: MarketNow) -> list[BreakEvens]:
    """Return the break-evens of groups that can all be valued."""
    profits = curves(asked)
    (group, response, at), roots = exact_roots(asked, profits)
    count = len(asked.responses)
    edges = np.searchsorted(group * count + response, np.arange(len(asked.groups) * count + 1))
    pieces = [(at[a:b], roots[a:b]) for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]
    notes = Notes(asked, market)
    found = []
    for index, one in enumerate(asked.groups):
        low, base, high = pieces[index * count : (index + 1) * count]
        row = profits[index, BASE_ROW]
        found.append(
            BreakEvens(
                day,
                tuple(base[1].tolist()),
                zones_between(row, *base),
                tuple(low[1].tolist()),
                tuple(high[1].tolist()),
                _extreme(asked.levels, row, market.inputs, is_least=True),
                _extreme(asked.levels, row, market.inputs, is_least=False),
                notes.of(one.rows.tolist()),
            )
        )
    return found


def _bound(lines: Straight, *, is_least: bool) -> Figure:
    """Return the least or the greatest profit over all levels, unknown where a naked call has no bound."""
    formula = f"{'least' if is_least else 'greatest'} P/L at expiry over all SPX levels, after fees"
    if lines.end_slope < 0 if is_least else lines.end_slope > 0:
        return unknown(f"no bound above {lines.levels[-2]:g}: the calls do not offset", "$", formula)
    return known(float(lines.profits.min() if is_least else lines.profits.max()), "$", formula)


def _extreme(levels: Floats, profits: Floats, inputs: tuple[Input, ...], *, is_least: bool) -> Figure:
    """Return the least or the greatest profit on the levels, saying where it goes on beyond them."""
    word, verb, sign = ("least", "falls", 1) if is_least else ("greatest", "rises", -1)
    at = int((sign * profits).argmin())
    formula = f"{word} P/L at the horizon for SPX {levels[0]:.0f} to {levels[-1]:.0f}, base response, after fees"
    ends = {"below": (profits[0] - profits[1], levels[0]), "above": (profits[-1] - profits[-2], levels[-1])}
    on = [
        f"{verb} on {side} {level:.0f}" for side, (rise, level) in ends.items() if sign * rise < -NOTHING_DOLLARS
    ]
    return known(float(profits[at]), "$", formula, inputs, "; ".join([f"at SPX {levels[at]:.0f}", *on]))
