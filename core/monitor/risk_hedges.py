"""What does each hedge do? Where it pays for itself, how that lies in the put wing, what it is worth at VIX 80."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import spx_at
from core.risk_state import HedgeAlignment, Repricing
from core.valuation.black76 import price
from core.valuation.forwards import YEAR_S
from core.valuation.hedge_leg import alignment_rho, hedge_leg_break_even, hedged_condor, put_wing
from core.valuation.leg_terms import ON_SPX, OPTION
from core.valuation.roots import refined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.monitor.risk_ground import Ground
    from core.positions.book import Condor
    from core.valuation.forwards import MarketNow

    Floats = NDArray[np.float64]

REPRICED_AT = (25.0, 35.0, 50.0, 80.0)
"""Levels of VIX at which seed 001 wants every layer repriced (001-9)."""
MIDDLE_RHO = 0.5
LOWEST_STRIKE, WIDEST_STRIKE, ROUNDS = 1e-6, 200.0, 4
NO_WING = "no condor has a put spread"
STRIKE_FORMULA = "K + Black-76(K) on its VX future with the leg's volatility = VIX by the map at rho 0.5"


def repricing(ground: Ground) -> tuple[Repricing, ...]:
    """Return what condors and layers gain from the point looked at if VIX went there at once, SPX by the map."""
    table, vix = ground.table, np.array(REPRICED_AT)
    spx = spx_at(vix, table.spx0, table.vix0, ground.response)
    here = ground.profits(ground.spx, ground.vix, ground.moment)
    gained = ground.profits(spx, vix, ground.moment) - here[:, None]
    return tuple(_repriced(ground, vix, float(spx[at]), gained[:, at]) for at, vix in enumerate(REPRICED_AT))


def _repriced(ground: Ground, vix: float, spx: float, gained: NDArray[np.float64]) -> Repricing:
    formula = f"P/L from here at VIX {vix:g} and SPX by the map, {ground.asked.response} response"
    each = [
        ground.dollars(float(dollars), ground.why(group, ground.moment), formula)
        for dollars, group in zip(gained, ground.groups, strict=True)
    ]
    held = zip(ground.numbers, each[1:], ground.groups[1:], strict=True)
    return Repricing(
        vix=vix,
        spx=_level(ground, spx),
        condors=each[0],
        by_layer={number: dollars for number, dollars, group in held if len(group.rows)},
        total=ground.dollars(float(gained.sum()), ground.why(ground.whole, ground.moment), formula),
    )


def _level(ground: Ground, spx: float) -> Figure:
    formula = "SPX at which the response map gives this VIX"
    return unknown(ground.why_nowhere, "points", formula) if math.isnan(spx) else known(spx, "points", formula)


def alignments(ground: Ground) -> tuple[HedgeAlignment, ...]:
    """Return every open hedge leg on VIX with its break-even, rho, and the strike that would have rho 0.5."""
    terms, market = ground.table.terms, _market(ground)
    rows = np.flatnonzero((terms.layer > 0) & (terms.on != ON_SPX)).tolist()
    condors = [hedged_condor(ground.book.condors, int(terms.condor[row])) for row in rows]
    targets = [_middle(ground, condor) for condor in condors]
    strikes = _strikes(ground, rows, np.array(targets, np.float64))
    return tuple(
        _aligned(ground, row, condor, market, _strike(ground, row, target, strike))
        for row, condor, target, strike in zip(rows, condors, targets, strikes.tolist(), strict=True)
    )


def _market(ground: Ground) -> MarketNow:
    """Return the market that the map runs from."""
    levels = [None if math.isnan(level) else level for level in (ground.table.spx0, ground.table.vix0)]
    return replace(ground.market, spx=levels[0], vix=levels[1])


def _aligned(ground: Ground, row: int, condor: Condor | None, market: MarketNow, strike: Figure) -> HedgeAlignment:
    terms = ground.table.terms
    found = hedge_leg_break_even(terms.legs[row], market, ground.response)
    rho = unknown(NO_WING, "") if condor is None else alignment_rho(found.spx, condor)
    return HedgeAlignment(
        layer=int(terms.layer[row]),
        condor_id=int(terms.condor[row]) or None,
        text=terms.legs[row].text,
        break_even=found,
        rho=rho,
        is_aligned=None if rho.value is None else 0.0 <= rho.value <= 1.0,
        strike=strike,
    )


def _middle(ground: Ground, condor: Condor | None) -> float:
    """Return VIX by the map in the middle of the put wing, NaN without one."""
    wing = put_wing(condor) if condor is not None else None
    if wing is None:
        return math.nan
    return float(ground.line(wing[0] + MIDDLE_RHO * (wing[1] - wing[0]), ground.response))


def _strikes(ground: Ground, rows: list[int], targets: Floats) -> Floats:
    """Return the strikes of calls of each leg's expiry and volatility that break even at VIX levels, else NaN."""
    table = ground.table
    forward, sigma, sign = table.forward[rows], table.sigma[rows], table.terms.sign[rows]
    years = (table.terms.expiry_s[rows] - table.now_s) / YEAR_S
    out = np.full(len(rows), np.nan)
    with np.errstate(invalid="ignore"):
        has = np.flatnonzero((sigma > 0) & (sign > 0) & (targets > forward * np.exp(-table.rate * years)))
    forward, sigma, years, targets = (column[has, None] for column in (forward, sigma, years, targets))

    def beyond(strikes: Floats) -> Floats:
        return strikes + price(forward, strikes, sigma, years, 1, np.exp(-table.rate * years)) - targets

    ends = np.full(len(has), LOWEST_STRIKE), np.full(len(has), WIDEST_STRIKE)
    out[has] = refined(beyond, *ends, ROUNDS)
    return out


def _strike(ground: Ground, row: int, target: float, strike: float) -> Figure:
    table = ground.table
    if table.terms.kind[row] != OPTION or table.terms.sign[row] < 0:
        return unknown("only a call has such a strike", "points", STRIKE_FORMULA)
    why = ground.why_nowhere or table.unknown[row] or (NO_WING if math.isnan(target) else "")
    if why or math.isnan(strike):
        none = f"no strike breaks even as low as VIX {target:.2f}"
        return unknown(why or none, "points", STRIKE_FORMULA)
    return known(strike, "points", STRIKE_FORMULA, note=f"VIX {target:.2f} there")
