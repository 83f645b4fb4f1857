"""At which VIX, and through the response map at which SPX, does one hedge leg or a whole layer pay for itself?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.measures.spot_vol import BASE, Response, spx_at, vix_at
from core.positions.contract import SPX_ROOTS, XSP_PER_SPX, Kind
from core.valuation.break_evens import HedgeLegBreakEven
from core.valuation.forwards import present
from core.valuation.payoff import own_terms, payoff_of
from core.valuation.zones import straight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.positions.book import Condor, Layer
    from core.positions.leg import Leg
    from core.valuation.forwards import MarketNow

VIX_FORMULA = {"C": "strike + premium", "P": "strike - premium", "": "price of the future"}
LAYER_FORMULA = "VIX at the layer's expiry where its cash so far and its intrinsic value add up to nothing"
RHO_FORMULA = "(SPX break-even - long put)/(short put - long put)"
POINTS = "points"


@dataclass(frozen=True)
class OwnLevel:
    """Where a leg or a layer breaks even at its expiry, in points of its own index: SPX or VIX."""

    points: float
    is_vix: bool
    formula: str
    unknown: str = ""

    @cached_property
    def figure(self) -> Figure:
        """The level as it is shown."""
        return known(self.points, POINTS, self.formula)


def own_level(leg: Leg) -> OwnLevel:
    """Return where one leg breaks even at its own expiry; fees and earlier rolls are not counted here."""
    contract = leg.contract
    if contract.root not in SPX_ROOTS and contract.terms.underlying != "VIX":
        return _nowhere(f"{contract.text}: follows VIX only through its own fund, no model of it")
    if leg.price is None:
        return _nowhere(f"{contract.text}: only its package has a price")
    premium = -float(leg.price) if contract.right == "P" else float(leg.price)
    level = premium if contract.kind is Kind.FUTURE else float(contract.strike or 0) + premium
    formula = VIX_FORMULA[contract.right]
    if contract.root in SPX_ROOTS:
        return OwnLevel(level * (XSP_PER_SPX if contract.root == "XSP" else 1), is_vix=False, formula=formula)
    return OwnLevel(level, is_vix=True, formula=formula)


def own_levels(layer: Layer) -> tuple[OwnLevel, ...]:
    """Return where a whole layer breaks even at the one expiry of its VIX legs, its cash and fees counted.

    Empty where no VIX level does; one that is unknown where its legs are not VIX legs of one expiry.
    """
    contracts = [leg.contract for leg in layer.legs]
    if {contract.terms.underlying for contract in contracts} != {"VIX"}:
        return (_nowhere("the layer's legs are not all on VIX"),)
    if len({contract.expiry for contract in contracts}) > 1:
        return (_nowhere("the layer's legs expire on different days"),)
    on_vix = [replace(own_terms(leg), spx_weight=1.0) for leg in layer.legs]
    roots = straight(payoff_of(on_vix, float(layer.sunk))).roots
    return tuple(OwnLevel(float(root), is_vix=True, formula=LAYER_FORMULA) for root in roots)


def through_map(
    levels: Sequence[OwnLevel], market: MarketNow, response: Response | None = None
) -> tuple[HedgeLegBreakEven, ...]:
    """Return each level in VIX points and in SPX points, all by the response map (the base one) at once.

    A level on SPX has none in VIX.
    """
    slopes = market.responses.base if response is None else response
    spx0, vix0 = present(market.spx), present(market.vix)
    points = np.array([one.points if one.is_vix else math.nan for one in levels], np.float64)
    known_both = spx0 is not None and vix0 is not None
    spx = spx_at(points, spx0 or 1.0, vix0 or 1.0, slopes) if known_both else points
    formula = f"SPX0 (VIX_BE/VIX0)^(-1/b), b {slopes.b_down:g} down and {slopes.b_up:g} up (assumed)"
    if market.responses.is_fitted:
        formula = formula.replace("assumed", f"fitted on {market.responses.fitted_on}")
    return tuple(_both(one, at, market, formula) for one, at in zip(levels, spx.tolist(), strict=True))


def hedge_leg_break_even(leg: Leg, market: MarketNow, response: Response = BASE) -> HedgeLegBreakEven:
    """Return where one leg breaks even at its own expiry: in VIX points, and in SPX points by the map."""
    return through_map([own_level(leg)], market, response)[0]


def layer_break_evens(layer: Layer, market: MarketNow, response: Response = BASE) -> tuple[HedgeLegBreakEven, ...]:
    """Return where a whole layer breaks even (`own_levels`), in VIX points, and in SPX points by the map."""
    return through_map(own_levels(layer), market, response)


def alignment_rho(spx_break_even: Figure, condor: Condor) -> Figure:
    """Return how far from the long (0) to the short put (1) a hedge breaks even; aligned within 0..1.

    Playbook 4.4: (SPX_BE - long put)/(short put - long put).
    """
    wing = _wing_or_why(condor)
    if spx_break_even.value is None:
        return unknown(spx_break_even.unknown, "", RHO_FORMULA)
    if isinstance(wing, str):
        return unknown(wing, "", RHO_FORMULA)
    rho = (spx_break_even.value - wing[0]) / (wing[1] - wing[0])
    return known(rho, "", RHO_FORMULA, spx_break_even.inputs)


def strike_at_rho(premium: float, condor: Condor, market: MarketNow, rho: float = 0.5) -> Figure:
    """Return the strike in VIX points of a call of this premium (points) that would break even at `rho`.

    Playbook 4.4 turned round: the VIX that the map gives where SPX is so far into the put wing, less the premium.
    """
    formula = f"VIX by the map at rho {rho:g} - premium"
    wing, spx0, vix0 = _wing_or_why(condor), present(market.spx), present(market.vix)
    if isinstance(wing, str):
        return unknown(wing, POINTS, formula)
    if spx0 is None or vix0 is None:
        return unknown(f"no {'SPX' if spx0 is None else 'VIX'} value", POINTS, formula)
    level = float(vix_at(wing[0] + rho * (wing[1] - wing[0]), spx0, vix0, market.responses.base))
    if level <= premium:
        return unknown(f"VIX {level:.2f} there is not above the premium {premium:g}", POINTS, formula)
    return known(level - premium, POINTS, formula, market.inputs)


def put_wing(condor: Condor) -> tuple[float, float] | None:
    """Return the strikes of the long and the short put in SPX points, None where one is not on."""
    long_put, short_put = condor.leg("P", 1), condor.leg("P", -1)
    if long_put is None or short_put is None:
        return None
    low, high = (terms.strike / terms.spx_weight for terms in map(own_terms, (long_put, short_put)))
    return low, high


def _wing_or_why(condor: Condor) -> tuple[float, float] | str:
    wing = put_wing(condor)
    if wing is None:
        return "the condor has no put spread"
    return wing if wing[0] != wing[1] else "the put spread has no width"


def hedged_condor(condors: Sequence[Condor], condor_id: int | None) -> Condor | None:
    """Return the condor that a layer is of, else the one whose short put is the first that SPX would come to."""
    own = [condor for condor in condors if condor.id == condor_id]
    wings = [(put_wing(condor), condor) for condor in own or condors]
    found = [(wing[1], condor) for wing, condor in wings if wing is not None]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _nowhere(reason: str) -> OwnLevel:
    return OwnLevel(math.nan, is_vix=False, formula="", unknown=reason)


def _both(one: OwnLevel, spx: float, market: MarketNow, formula: str) -> HedgeLegBreakEven:
    """Return a level with its other half; `spx` is what the map gives, NaN where it has none."""
    if one.unknown:
        return HedgeLegBreakEven(unknown(one.unknown, POINTS), unknown(one.unknown, POINTS))
    if not one.is_vix:
        return HedgeLegBreakEven(unknown("SPX leg", POINTS), one.figure)
    return HedgeLegBreakEven(one.figure, _spx_of(one.points, spx, market, formula))


def _spx_of(level: float, spx: float, market: MarketNow, formula: str) -> Figure:
    if not math.isnan(spx) and market.inputs:
        return known(spx, POINTS, formula, market.inputs)
    spx0, vix0 = present(market.spx), present(market.vix)
    inputs = (Input("SPX", spx0, POINTS), Input("VIX", vix0, POINTS), Input("VIX_BE", level, POINTS))
    if spx0 is None or vix0 is None:
        return unknown(f"no {'SPX' if spx0 is None else 'VIX'} value", POINTS, formula, inputs)
    if math.isnan(spx):
        return unknown(f"VIX {level:.2f} is outside the map's 9 to 90", POINTS, formula, inputs)
    return known(spx, POINTS, formula, inputs)
