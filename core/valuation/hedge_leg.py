"""At which VIX, and through the response map at which SPX, does one hedge leg or a whole layer pay for itself?"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from core.market.figure import Figure, Input, known, unknown
from core.measures.spot_vol import BASE, Response, spx_at
from core.positions.contract import SPX_ROOTS, XSP_PER_SPX, Kind
from core.valuation.break_evens import HedgeLegBreakEven
from core.valuation.forwards import present
from core.valuation.payoff import own_terms, payoff_of
from core.valuation.zones import straight

if TYPE_CHECKING:
    from core.positions.book import Condor, Layer
    from core.positions.leg import Leg
    from core.valuation.forwards import MarketNow

VIX_FORMULA = {"C": "strike + premium", "P": "strike - premium", "": "price of the future"}
LAYER_FORMULA = "VIX at the layer's expiry where its cash so far and its intrinsic value add up to nothing"


def hedge_leg_break_even(leg: Leg, market: MarketNow, response: Response = BASE) -> HedgeLegBreakEven:
    """Return where one leg breaks even at its own expiry: in VIX points, and in SPX points by the map.

    An SPX option has its own level in SPX and none in VIX. Fees and earlier rolls are not counted here.
    """
    contract = leg.contract
    if contract.root not in SPX_ROOTS and contract.terms.underlying != "VIX":
        return _neither(f"{contract.text}: follows VIX only through its own fund, no model of it")
    if leg.price is None:
        return _neither(f"{contract.text}: only its package has a price")
    premium = -float(leg.price) if contract.right == "P" else float(leg.price)
    level = premium if contract.kind is Kind.FUTURE else float(contract.strike or 0) + premium
    formula = VIX_FORMULA[contract.right]
    if contract.root in SPX_ROOTS:
        points = level * (XSP_PER_SPX if contract.root == "XSP" else 1)
        return HedgeLegBreakEven(unknown("SPX leg", "points"), known(points, "points", formula))
    return _through_map(level, formula, market, response)


def layer_break_evens(layer: Layer, market: MarketNow, response: Response = BASE) -> tuple[HedgeLegBreakEven, ...]:
    """Return where a whole layer breaks even at the one expiry of its VIX legs, its cash and fees counted.

    Empty where no VIX level does; one that is unknown where its legs are not VIX legs of one expiry.
    """
    contracts = [leg.contract for leg in layer.legs]
    if {contract.terms.underlying for contract in contracts} != {"VIX"}:
        return (_neither("the layer's legs are not all on VIX"),)
    if len({contract.expiry for contract in contracts}) > 1:
        return (_neither("the layer's legs expire on different days"),)
    on_vix = [replace(own_terms(leg), spx_weight=1.0) for leg in layer.legs]
    roots = straight(payoff_of(on_vix, float(layer.sunk))).roots
    return tuple(_through_map(float(root), LAYER_FORMULA, market, response) for root in roots)


def alignment_rho(spx_break_even: Figure, condor: Condor) -> Figure:
    """Return how far from the long (0) to the short put (1) a hedge breaks even; aligned within 0..1.

    Playbook 4.4: (SPX_BE - long put)/(short put - long put).
    """
    formula = "(SPX break-even - long put)/(short put - long put)"
    long_put, short_put = condor.leg("P", 1), condor.leg("P", -1)
    if spx_break_even.value is None:
        return unknown(spx_break_even.unknown, "", formula)
    if long_put is None or short_put is None:
        return unknown("the condor has no put spread", "", formula)
    low, high = (_spx_strike(leg) for leg in (long_put, short_put))
    if low == high:
        return unknown("the put spread has no width", "", formula)
    return known((spx_break_even.value - low) / (high - low), "", formula, spx_break_even.inputs)


def _spx_strike(leg: Leg) -> float:
    terms = own_terms(leg)
    return terms.strike / terms.spx_weight


def _neither(reason: str) -> HedgeLegBreakEven:
    return HedgeLegBreakEven(unknown(reason, "points"), unknown(reason, "points"))


def _through_map(level: float, formula: str, market: MarketNow, response: Response) -> HedgeLegBreakEven:
    """Return a VIX level with the SPX level at which the map gives it."""
    return HedgeLegBreakEven(known(level, "points", formula), _spx_of(level, market, response))


def _spx_of(level: float, market: MarketNow, response: Response) -> Figure:
    formula = f"SPX0 (VIX_BE/VIX0)^(-1/b), b {response.b_down} down and {response.b_up} up (assumed)"
    spx0, vix0 = present(market.spx), present(market.vix)
    inputs = (Input("SPX", spx0, "points"), Input("VIX", vix0, "points"), Input("VIX_BE", level, "points"))
    if spx0 is None or vix0 is None:
        return unknown(f"no {'SPX' if spx0 is None else 'VIX'} value", "points", formula, inputs)
    spx = float(spx_at(level, spx0, vix0, response))
    if math.isnan(spx):
        return unknown(f"VIX {level:.2f} is outside the map's 9 to 90", "points", formula, inputs)
    return known(spx, "points", formula, market.inputs or inputs)
