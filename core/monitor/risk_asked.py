"""From which market and book does a what-if start, and is it one that can be?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.measures.spot_vol import vix_at
from core.monitor.chain_now import chains_now
from core.monitor.edr_figures import edr_figures
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.risk_book import asked_book
from core.monitor.risk_ground import Ground
from core.monitor.risk_moments import asked_moment
from core.monitor.risk_moved import moved_table
from core.monitor.valuation_market import market_now, market_then
from core.positions.checks import check_fill
from core.refusal import RefusedError
from core.risk_state import RESPONSES
from core.valuation.chain_implied import mark_volatilities
from core.valuation.forwards import present
from core.valuation.leg_table import leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities

if TYPE_CHECKING:
    from core.market.figure import Figure
    from core.monitor.market_now import Market
    from core.risk_state import RiskAsked
    from core.state import Facts
    from core.valuation.forwards import MarketThen

MOST_SSR = 2.0
"""The short-term limit of the skew stickiness ratio in a diffusion (playbook 4.3)."""


@dataclass(frozen=True, eq=False)
class Seen:
    """The market of the facts' moment, read once."""

    facts: Facts
    market: Market
    edr_points: Figure


def seen(facts: Facts) -> Seen:
    """Return what does not depend on the what-if, so that a slider need not read the market again."""
    facts = up_to_date(facts)
    market = read_market(facts, live_session(facts))
    return Seen(facts, market, edr_figures(market)[1])


def ground_of(found: Seen, asked: RiskAsked) -> Ground:
    """Return the positions, the market and the point of a what-if. Raises RefusedError."""
    facts, market = found.facts, market_now(found.market)
    _check(asked)
    for proposed in asked.ticket:
        check_fill(proposed.fill, facts.now, market.calendar)
    book = asked_book(facts.book, asked, facts.now)
    moment = asked_moment(asked, facts.now, market.calendar)
    terms = leg_terms(book.holdings, market.calendar)
    table = leg_table(terms, leg_volatilities(terms, _then(facts, asked, market.rate), market.rate), market)
    quoted = table.spx0
    spx = quoted if asked.spx is None else asked.spx
    surface = market.surface if asked.ssr is None else replace(market.surface, ssr=asked.ssr)
    if asked.vix is not None and math.isfinite(table.spx0 + table.vix0):  # from nowhere nothing can be moved
        table = moved_table(table, spx, asked.vix, table.now_s, surface)
    response = market.responses.responses[RESPONSES.index(asked.response)]
    vix = asked.vix if asked.vix is not None else float(vix_at(spx, table.spx0, table.vix0, response))
    return Ground(asked, book, table, market, quoted, spx, vix, moment, surface)


def _then(facts: Facts, asked: RiskAsked, rate: float) -> MarketThen:
    """Return what was known before, with what chains imply for contracts that are only proposed."""
    then, contracts = market_then(facts), [one.fill.contract for one in asked.ticket]
    if not contracts or not facts.chains:
        return then
    marks = [mark_volatilities(chain, contracts) for chain in chains_now(facts, rate)]
    return replace(then, marks={**then.marks, **{key: one for found in marks for key, one in found.items()}})


def _check(asked: RiskAsked) -> None:
    """Refuse a what-if that no market can have."""
    for name, level in (("spx", asked.spx), ("vix", asked.vix)):
        if level is not None and present(level) is None:
            raise RefusedError(f"{name}: {level:g} is not a level above zero")
    if asked.ssr is not None and not 0.0 <= asked.ssr <= MOST_SSR:
        raise RefusedError(f"ssr: {asked.ssr:g} is not within 0 to {MOST_SSR:g}")
    if asked.response not in RESPONSES:
        raise RefusedError(f"response: {asked.response} is none of {', '.join(RESPONSES)}")
