"""What does it all cost and bring, now? The money measures, fed with the facts of a moment and the valuation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.journal.undo import standing
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.money.facts import MoneyFacts, Values
from core.money.money import MoneyState, money
from core.monitor.curve_now import curve_at
from core.monitor.live import live_session
from core.monitor.market_now import read_market
from core.monitor.past import up_to_date
from core.monitor.sizing_now import sizing_of
from core.monitor.valuation_market import market_now, market_then
from core.playbook.sizing import Sizing
from core.playbook.sizing_frame import risk_of
from core.positions.book import Layer
from core.valuation.forwards import present
from core.valuation.greeks import greeks
from core.valuation.leg_table import leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities
from core.valuation.revalue import group_of, revalue, unknown_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.journal.entry import Entry
    from core.market.option_chain import OptionChain
    from core.money.facts import Marked, Owner
    from core.monitor.market_now import Market
    from core.positions.book import Holding
    from core.positions.contract import Contract
    from core.state import Facts
    from core.valuation.leg_table import LegTable

VALUE = "value of the open legs by the model"
DELTA = "SPX delta of the condors' legs x multiplier x SPX"
WORST = "what the condors can lose together at expiry, after fees"


@dataclass(frozen=True)
class Quoted:
    """What imported chains say: the last by underlying, of the open contracts, and of fills at their moment."""

    chains: Mapping[str, OptionChain] = field(default_factory=dict)
    marks: Mapping[Contract, Marked] = field(default_factory=dict)
    fill_marks: Mapping[tuple[Contract, datetime], Marked] = field(default_factory=dict)


def money_now(facts: Facts, entries: Sequence[Entry], quoted: Quoted | None = None) -> MoneyState:
    """Return every money measure at `facts.now`; entries of a later moment are not looked at."""
    return money(money_facts(facts, entries, quoted or Quoted()))


def money_facts(facts: Facts, entries: Sequence[Entry], quoted: Quoted) -> MoneyFacts:
    """Return what the money measures are made of at `facts.now`."""
    facts = up_to_date(facts)
    market = read_market(facts, live_session(facts))
    sized, now = sizing_of(market), market_now(market)
    table = _table(facts, market)
    return MoneyFacts(
        now=facts.now,
        entries=[entry for entry in standing(entries) if entry.event_time <= facts.now],
        book=facts.book,
        playbook=facts.playbook,
        past=facts.past,
        rate_pct=100.0 * now.rate,
        rate_note=now.rate_note,
        now_values=_values(table, facts.now),
        hold_values=_held_to_the_end(facts, table),
        exposure=sized.held,
        target=sized.sizing.target if isinstance(sized.sizing, Sizing) else unknown(sized.sizing.reason, "$"),
        delta_dollars=_delta_dollars(table),
        worst=_worst(facts),
        chains=quoted.chains,
        curves={name: curve_at(facts, chain.time) for name, chain in quoted.chains.items()},
        marks=quoted.marks,
        fill_marks=quoted.fill_marks,
    )


def _table(facts: Facts, market: Market) -> LegTable:
    now = market_now(market)
    holdings = (*facts.book.open_condors, *facts.book.open_layers)
    terms = leg_terms(holdings, facts.past.history.calendar)
    return leg_table(terms, leg_volatilities(terms, market_then(facts), now.rate), now)


def _held_to_the_end(facts: Facts, table: LegTable) -> Values:
    """Return the values at the last condor's expiry with SPX and VIX as they are."""
    ends = table.terms.expiry_s[(table.terms.layer == 0) & np.isfinite(table.terms.expiry_s)]
    if not len(ends):
        return Values(None, {}, "no condor is open")
    end = datetime.fromtimestamp(float(ends.max()), UTC)
    if end <= facts.now:
        return Values(None, {}, "the condors have expired: enter their settlement")
    return _values(table, end)


def _values(table: LegTable, when: datetime) -> Values:
    """Return what each holding of the table would bring at a moment, SPX and VIX as they are."""
    spx, vix = present(table.spx0), present(table.vix0)
    if spx is None or vix is None:
        return Values(None, {}, f"no {'SPX' if spx is None else 'VIX'} value")
    dollars = revalue(table, spx, vix, when)
    found: dict[Owner, Figure] = {}
    for index, holding in enumerate(table.terms.holdings):
        group = group_of(table.terms, "", [index])
        reason = unknown_of(table, group, when)
        worth = float(dollars[group.rows].sum())
        found[owner_of(holding)] = unknown(reason, "$", VALUE) if reason else known(worth, "$", VALUE)
    return Values(exchange_date(when), found)


def owner_of(holding: Holding) -> Owner:
    """Return the owner's key: (layer number or None, condor id or None)."""
    if isinstance(holding, Layer):
        return holding.number, holding.condor_id
    return None, getattr(holding, "id", None)


def _delta_dollars(table: LegTable) -> Figure:
    rows = np.flatnonzero(table.terms.layer == 0)
    if not len(rows):
        return known(0.0, "$", DELTA, note="no condor is open")
    missing = next((table.why(row) for row in rows.tolist() if not table.is_valued[row]), "")
    if missing:
        return unknown(missing, "$", DELTA)
    slope = greeks(table).delta[rows]
    return known(float((table.terms.dollars[rows] * slope).sum() * table.spx0), "$", DELTA)


def _worst(facts: Facts) -> Figure:
    if not facts.book.open_condors:
        return known(0.0, "$", WORST, note="no condor is open")
    risk = risk_of(facts.book.open_condors)
    return risk if risk.value is None else known(-risk.value, "$", WORST)
