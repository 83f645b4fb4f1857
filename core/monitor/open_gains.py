"""By how much is each layer worth more than its open legs were opened at? By the model, at the market of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.valuation_market import market_now, market_then
from core.valuation.fill_volatility import Unvalued
from core.valuation.forwards import present
from core.valuation.horizon import Horizon, Valued, legs_at
from core.valuation.payoff import payoff_of, profit

if TYPE_CHECKING:
    from core.positions.book import Layer, LayerKey
    from core.state import Facts
    from core.valuation.forwards import MarketNow

FORMULA = "value of the open legs by Black-76, each with the volatility of its fill, less what they were opened at"


def open_gains(facts: Facts) -> dict[LayerKey, Figure]:
    """Return the open gain in dollars of every layer that holds something; unknown with the legs named.

    A VIX option is valued on its own VX future, a future at the curve, an SPX option on SPX carried at the rate.
    """
    facts = up_to_date(facts)
    market = market_now(read_market(facts, live_session(facts)))
    horizon = Horizon(facts.now, market, market_then(facts))
    return {(one.number, one.condor_id): _gain(one, horizon) for one in facts.book.open_layers}


def _gain(layer: Layer, horizon: Horizon) -> Figure:
    spx, vix = present(horizon.now.spx), present(horizon.now.vix)
    if spx is None or vix is None:
        return unknown(f"no {'SPX' if spx is None else 'VIX'} value", "$", FORMULA)
    legs = legs_at(horizon, layer.legs)
    if reasons := [leg.reason for leg in legs if isinstance(leg, Unvalued)]:
        return unknown("; ".join(reasons), "$", FORMULA)
    valued = [leg.leg for leg in legs if isinstance(leg, Valued)]
    worth = float(profit(payoff_of(valued, 0.0, spx, vix), np.array([spx]))[0])
    return _known(worth - _opened_at(layer), legs, horizon.now)


def _known(gain: float, legs: list[Valued | Unvalued], market: MarketNow) -> Figure:
    notes = "; ".join(leg.note for leg in legs if isinstance(leg, Valued) and leg.note)
    return known(gain, "$", FORMULA, market.inputs, notes)


def _opened_at(layer: Layer) -> float:
    """Return the dollars at which the open legs were opened, futures at their price though no cash moved."""
    return sum(float(leg.price or 0) * leg.quantity * leg.contract.multiplier for leg in layer.legs)
