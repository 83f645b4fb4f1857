"""What does it all cost and bring, at a moment? One pure function that window, command and export read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_time
from core.money.account import capital, headroom_pct, price_to_cash_flow, quick_ratio, stressed_headroom_pct
from core.money.capm import Capm, capm
from core.money.carry import CarryRow, carry_rows, wacc_pct
from core.money.claims import Claim, claims
from core.money.figures import first_unknown, given
from core.money.flows import flows_of
from core.money.months import MonthRow, credited_pct, forgone, income, month_rows, payoff_ratio
from core.money.outlay import (
    FundingRow,
    GainRow,
    annual_pct,
    funding_rows,
    gain_rows,
    implied_pct,
    line_verdict,
    recycled,
    self_funding_pct,
    spent_in_year,
)
from core.money.parity import ParityRow, parity_rows
from core.money.returns import ReturnRow, return_rows
from core.money.slippage import SlippageRow, slippage, slippage_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.money.facts import MoneyFacts

STATIC = "notional.static x portfolio notional: the rule that does not move"
GAP = "what the playbook asks for - the static line"


@dataclass(frozen=True, slots=True)
class Outlay:
    """What the hedge costs a year: spent, in percent of equity, what the budget implies, and where it lies.

    `verdict` is below, within or above the line of 1 % to annual.cost_warn, or unknown.
    """

    spent: Figure
    annual: Figure
    implied: Figure
    verdict: str


@dataclass(frozen=True, slots=True)
class Drift:
    """The static ten percent, what the playbook asks for, what is held, and the gap of the first two; dollars."""

    static: Figure
    target: Figure
    held: Figure
    gap: Figure


@dataclass(frozen=True, slots=True)
class MoneyState:
    """Every money measure at `as_of`. `payoff` is received over paid by layer number, None for all layers."""

    as_of: datetime
    returns: tuple[ReturnRow, ...]
    wacc: Figure
    carry: tuple[CarryRow, ...]
    outlay: Outlay
    months: tuple[MonthRow, ...]
    credited: Figure
    forgone: Figure
    income: Figure
    income_yield: Figure
    payoff: Mapping[int | None, Figure]
    self_funding: Figure
    funding: tuple[FundingRow, ...]
    gains: Figure
    gains_capacity: Figure
    gain_rows: tuple[GainRow, ...]
    quick_ratio: Figure
    headroom: Figure
    stressed_headroom: Figure
    capital: Figure
    price_to_cash_flow: Figure
    capm: Capm
    drift: Drift
    slippage: Figure
    fills: tuple[SlippageRow, ...]
    parity: tuple[ParityRow, ...]
    parity_unknown: str
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]


def money(facts: MoneyFacts) -> MoneyState:
    """Return every money measure; reads nothing but the facts."""
    wacc = wacc_pct(facts.playbook, facts.rate_pct, facts.book.account)
    months = month_rows(facts)
    credited, annual = credited_pct(months), annual_pct(facts)
    account = facts.book.account
    mean, a_year = income(months, account.equity if account else None)
    gains, capacity = recycled(facts)
    fills = slippage_rows(facts)
    parity = _parity(facts)
    return MoneyState(
        as_of=facts.now,
        returns=tuple(return_rows(facts)),
        wacc=wacc,
        carry=tuple(carry_rows(facts, wacc)),
        outlay=_outlay(facts, annual),
        months=tuple(months),
        credited=credited,
        forgone=forgone(months),
        income=mean,
        income_yield=a_year,
        payoff=_payoff(facts),
        self_funding=self_funding_pct(facts),
        funding=tuple(funding_rows(facts)),
        gains=gains,
        gains_capacity=capacity,
        gain_rows=tuple(gain_rows(facts)),
        quick_ratio=quick_ratio(facts),
        headroom=headroom_pct(facts),
        stressed_headroom=stressed_headroom_pct(facts),
        capital=capital(facts),
        price_to_cash_flow=price_to_cash_flow(facts),
        capm=capm(facts),
        drift=drift(facts),
        slippage=slippage(fills),
        fills=tuple(fills),
        parity=parity,
        parity_unknown="" if parity else "no chain with calls and puts quoted is imported",
        claims=claims(credited, annual),
        notes=(f"rate {facts.rate_pct:.2f} % a year: {facts.rate_note}", *_chain_notes(facts)),
    )


def drift(facts: MoneyFacts) -> Drift:
    """Return loyalty and motion side by side: the static line and what the market asks for (003-14)."""
    account = facts.book.account
    if account is None:
        static = unknown("the account was not stated", "$", STATIC)
    else:
        share = Decimal(str(facts.playbook.number("notional.static")))
        amount = share / 100 * account.notional
        static = known(
            float(amount), "$", STATIC, (given("notional", account.notional), given("share", share, "%"))
        )
    if reason := first_unknown((static, facts.target)):
        return Drift(static, facts.target, facts.exposure, unknown(reason, "$", GAP))
    gap = known((facts.target.value or 0.0) - (static.value or 0.0), "$", GAP)
    return Drift(static, facts.target, facts.exposure, gap)


def _outlay(facts: MoneyFacts, annual: Figure) -> Outlay:
    verdict = line_verdict(annual, facts.playbook.number("annual.cost_warn"))
    return Outlay(spent_in_year(facts), annual, implied_pct(facts), verdict)


def _payoff(facts: MoneyFacts) -> dict[int | None, Figure]:
    flows = flows_of(facts.entries)
    numbers = sorted({flow.layer for flow in flows if flow.layer is not None})
    found: dict[int | None, Figure] = {number: payoff_ratio(flows, number) for number in numbers}
    return found | {None: payoff_ratio(flows, None)}


def _chain_notes(facts: MoneyFacts) -> list[str]:
    return [
        f"parity by the {name} chain of {exchange_time(chain.time)} New York ({chain.source})"
        for name, chain in facts.chains.items()
    ]


def _parity(facts: MoneyFacts) -> tuple[ParityRow, ...]:
    calendar, rate = facts.past.history.calendar, facts.rate_pct / 100.0
    return tuple(
        row
        for name, chain in facts.chains.items()
        for row in parity_rows(chain, facts.curves.get(name, {}), rate, calendar)
    )
