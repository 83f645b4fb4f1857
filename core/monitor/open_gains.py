"""By how much is each layer worth more than its open legs were opened at? By the model, at the market of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.valuation_market import market_now, market_then
from core.valuation.greeks import greeks
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import group_of, unknown_of

if TYPE_CHECKING:
    from core.positions.book import Layer, LayerKey
    from core.state import Facts
    from core.valuation.forwards import MarketNow

FORMULA = "value of the open legs by Black-76, each with its own volatility, less what they were opened at"


def open_gains(facts: Facts) -> dict[LayerKey, Figure]:
    """Return the open gain in dollars of every layer that holds something; unknown with the legs named.

    A VIX option is valued on its own VX future, a future at the curve, an SPX option on the forward of SPX; the
    note names each volatility and where it comes from.
    """
    facts = up_to_date(facts)
    market, layers = market_now(read_market(facts, live_session(facts))), facts.book.open_layers
    terms = leg_terms(layers, market.calendar)
    table = leg_table(terms, leg_volatilities(terms, market_then(facts), market.rate), market)
    return {(one.number, one.condor_id): _gain(at, one, table, market) for at, one in enumerate(layers)}


def _gain(at: int, layer: Layer, table: LegTable, market: MarketNow) -> Figure:
    group = group_of(table.terms, "", [at])
    if reason := unknown_of(table, group):
        return unknown(reason, "$", FORMULA)
    rows = group.rows.tolist()
    notes = [note for row in rows for note in (table.volatilities.note[row], table.warning[row]) if note]
    worth = float(greeks(table).value[group.rows].sum())
    return known(worth - _opened_at(layer), "$", FORMULA, market.inputs, "; ".join(dict.fromkeys(notes)))


def _opened_at(layer: Layer) -> float:
    """Return the dollars at which the open legs were opened, futures at their price though no cash moved."""
    return sum(float(leg.price or 0) * leg.quantity * leg.contract.multiplier for leg in layer.legs)
