"""What does each hedge do? Where it pays for itself, how that lies in the put wing, what it is worth at VIX 80."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import spx_at
from core.playbook.hedge import put_wing
from core.positions.contract import Kind, is_vix_linked
from core.risk_state import HedgeAlignment, Repricing
from core.valuation.black76 import price
from core.valuation.forwards import YEAR_S
from core.valuation.hedge_leg import alignment_rho, hedge_leg_break_even
from core.valuation.roots import refined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.monitor.risk_ground import Ground
    from core.positions.book import Condor, Layer
    from core.positions.leg import Leg
    from core.valuation.forwards import MarketNow

REPRICED_AT = (25.0, 35.0, 50.0, 80.0)
"""Levels of VIX at which seed 001 wants every layer repriced (001-9)."""
MIDDLE_RHO = 0.5
WIDEST_STRIKE = 200.0
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
    return tuple(_aligned(ground, layer, leg) for layer, leg in _vix_legs(ground))


def _market(ground: Ground) -> MarketNow:
    """Return the market that the map runs from."""
    levels = [None if math.isnan(level) else level for level in (ground.table.spx0, ground.table.vix0)]
    return replace(ground.market, spx=levels[0], vix=levels[1])


def _vix_legs(ground: Ground) -> Iterator[tuple[Layer, Leg]]:
    for layer in ground.book.layers:
        for leg in layer.legs:
            if is_vix_linked(leg.contract):
                yield layer, leg


def _aligned(ground: Ground, layer: Layer, leg: Leg) -> HedgeAlignment:
    found = hedge_leg_break_even(leg, _market(ground), ground.response)
    condor = _nearest(ground, layer)
    rho = unknown("no condor has a put spread", "") if condor is None else alignment_rho(found.spx, condor)
    return HedgeAlignment(
        layer=layer.number,
        condor_id=layer.condor_id,
        text=leg.text,
        break_even=found,
        rho=rho,
        is_aligned=None if rho.value is None else 0.0 <= rho.value <= 1.0,
        strike=_strike(ground, leg, condor),
    )


def _nearest(ground: Ground, layer: Layer) -> Condor | None:
    """Return the layer's own condor, else the one whose short put is the first that SPX would come to."""
    own = [condor for condor in ground.book.condors if condor.id == layer.condor_id]
    wings = [(put_wing(condor), condor) for condor in own or ground.book.condors]
    found = [(wing[1], condor) for wing, condor in wings if wing is not None]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _strike(ground: Ground, leg: Leg, condor: Condor | None) -> Figure:
    """Return the strike of a VIX call of the same expiry and volatility that breaks even in the wing's middle."""
    row, table = ground.table.terms.legs.index(leg), ground.table
    wing = put_wing(condor) if condor is not None else None
    if leg.contract.kind is not Kind.OPTION or leg.contract.right != "C":
        return unknown("only a call has such a strike", "points", STRIKE_FORMULA)
    if wing is None or ground.why_nowhere or not table.is_valued[row]:
        why = ground.why_nowhere or table.unknown[row] or "no condor has a put spread"
        return unknown(why, "points", STRIKE_FORMULA)
    target = float(ground.line(wing[0] + MIDDLE_RHO * (wing[1] - wing[0]), ground.response))
    years = (float(table.terms.expiry_s[row]) - table.now_s) / YEAR_S
    forward, sigma, discount = float(table.forward[row]), float(table.sigma[row]), math.exp(-table.rate * years)

    def beyond(strikes: NDArray[np.float64]) -> NDArray[np.float64]:
        return strikes + price(forward, strikes, sigma, years, 1, discount) - target

    if float(beyond(np.array([1e-6]))[0]) > 0:
        return unknown(f"no strike breaks even as low as VIX {target:.2f}", "points", STRIKE_FORMULA)
    strike = refined(beyond, np.array([1e-6]), np.array([WIDEST_STRIKE]), 4)
    return known(float(strike[0]), "points", STRIKE_FORMULA, note=f"VIX {target:.2f} there")
