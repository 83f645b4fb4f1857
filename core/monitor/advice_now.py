"""What do the rules propose now? The decision tables over the facts, and what a proposal would change."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from core.advice.checklist import checklist
from core.advice.ground import Ground
from core.advice.hours import liquidity
from core.advice.patterns import patterns
from core.advice.proposals import proposals
from core.advice.records import Advice
from core.advice.situations import situations
from core.market.context import INFLATION
from core.market.events import known_events
from core.monitor.context_figures import context_states
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.risk import risk_of, seen
from core.monitor.sizing_now import sizing_of
from core.monitor.valuation_market import market_now, market_then
from core.playbook.held import held_exposure
from core.playbook.sizing import Sizing
from core.positions.book import LAYER_NUMBERS
from core.risk_state import GAUGES, HEDGES, MIGRATION, RiskAsked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.advice.records import Proposal
    from core.monitor.market_now import Market
    from core.risk_state import RiskState
    from core.state import ContextState, Facts


def advice(facts: Facts) -> Advice:
    """Return what the closes up to `facts.now` propose for what is held; a session in progress changes nothing.

    Reads no clock, no file, and nothing later than now. "Proposal", never "order".
    """
    facts = up_to_date(facts)
    market = read_market(facts, live_session(facts))
    ground = _ground(market)
    rows = situations(ground)
    return Advice(
        as_of=facts.now,
        is_simulated=facts.is_simulated,
        playbook_name=facts.playbook.name,
        playbook_hash=facts.playbook.hash,
        day=ground.day(ground.last) if ground.last >= 0 else None,
        situations=rows,
        proposals=proposals(ground, rows),
        patterns=patterns(ground),
        window=liquidity(facts.now, facts.past.history.calendar, facts.playbook),
        looks=checklist(facts.now, facts.past.history.calendar, facts.playbook),
    )


def effect(facts: Facts, proposal: Proposal, asked: RiskAsked | None = None) -> RiskState:
    """Return the risk picture with the proposal's ticket entered, `before` it too: what the risk screen shows."""
    wanted = asked or RiskAsked(parts=frozenset({MIGRATION, GAUGES, HEDGES}))
    found = seen(facts)
    after, before = (risk_of(found, replace(wanted, ticket=ticket)) for ticket in (proposal.ticket, ()))
    return replace(after, before=before)


def _ground(market: Market) -> Ground:
    facts = market.facts
    now, then = market_now(market), market_then(facts)
    sizing = sizing_of(market).sizing
    exposures = {
        number: held_exposure([one for one in facts.book.open_layers if one.number == number], now, then).value
        for number in LAYER_NUMBERS
    }
    ground = Ground(
        now=facts.now,
        book=facts.book,
        playbook=facts.playbook,
        past=facts.past,
        events=known_events(facts.events, facts.now),
        rising=_rising(context_states(market)),
        market=now,
        then=then,
        sizing=sizing,
        notional=sizing.notional.value if isinstance(sizing, Sizing) else None,
        held_by_layer={number: math.nan if one is None else one for number, one in exposures.items()},
        carry_dollars=None,
    )
    return replace(ground, carry_dollars=_carry(ground))


def _rising(context: Iterable[ContextState]) -> Mapping[str, bool | None]:
    """Return of CPI and PPI whether their change over twelve months rose with the last print (004-8)."""
    by_symbol = {state.symbol: state for state in context}
    found: dict[str, bool | None] = {}
    for kind, symbols in INFLATION.items():
        known = [_rose(by_symbol[symbol]) for symbol in symbols if symbol in by_symbol]
        found[kind] = next((word for word in known if word is not None), None)
    return found


def _rose(state: ContextState) -> bool | None:
    now, before = (figure.value if figure else None for figure in (state.year_pct, state.year_pct_before))
    return None if now is None or before is None else now > before


def _carry(ground: Ground) -> float | None:
    """Return the condors' theta in dollars a day, None where a leg cannot be valued."""
    terms = ground.table.terms
    decay = ground.greeks.decay[terms.layer == 0]
    found = float(decay.sum())
    return found if len(decay) and math.isfinite(found) else None
