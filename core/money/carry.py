"""What does the hedge cost by the day? Premium that decays, and the capital in it at the cost of capital.

Carry = premium decay + capital x WACC x days / 365, for each layer (playbook 7.5, 001-12 and 003-13).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.postings import postings
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.money.figures import PERCENT, dollars, first_unknown, given
from core.money.flows import NOTHING
from core.positions.leg import opened_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.journal.postings import Posting
    from core.money.facts import MoneyFacts
    from core.playbook.parameters import Playbook
    from core.positions.book import Account

YEAR_DAYS = Decimal(365)
WACC_FORMULA = "E/V x re + D/V x (T-bill + spread) x (1 - tax); D: what is borrowed, V = equity + D"
PER_DAY_FORMULA = "premium of what is held x WACC / 365"
COST_FORMULA = "sum of premium held x days held x WACC / 365"
CARRY_FORMULA = "premium of what is held - its value + fees - realised + capital x WACC x days / 365"
FUTURES_NOTE = "the margin of futures is not counted: nobody states it by layer"


@dataclass(frozen=True, slots=True)
class CarryRow:
    """One layer number (None: all): what is held cost `held`, realised so far `realised`, `fees` paid; exact.

    `per_day` is the capital's cost a day, `capital_cost` that so far, `decay` what the open legs have lost.
    """

    layer: int | None
    held: Decimal
    realised: Decimal
    fees: Decimal
    per_day: Figure
    capital_cost: Figure
    decay: Figure
    carry: Figure


def wacc_pct(playbook: Playbook, rate_pct: float, account: Account | None) -> Figure:
    """Return the weighted average cost of capital in percent a year; without debt that of equity alone.

    Debt is what the account owes: cash below zero. `rate_pct` is the T-bill's or what is assumed for it.
    """
    equity_pct = playbook.number("wacc.equity_pct")
    if account is None or account.equity <= 0:
        note = "no account was stated: the cost of equity alone"
        return known(equity_pct, "% a year", WACC_FORMULA, (given("re", equity_pct, "%"),), note)
    debt = max(-account.cash, NOTHING)
    part = float(account.equity / (account.equity + debt))
    debt_pct = rate_pct + playbook.number("wacc.debt_spread")
    after_tax = debt_pct * (1.0 - playbook.number("wacc.tax_pct") / 100.0)
    inputs = (
        given("re", equity_pct, "%"),
        given("rd", debt_pct, "%"),
        given("E/V", part, ""),
        given("debt", debt),
    )
    return known(part * equity_pct + (1.0 - part) * after_tax, "% a year", WACC_FORMULA, inputs)


def carry_rows(facts: MoneyFacts, wacc: Figure) -> list[CarryRow]:
    """Return the carry of each layer number that was ever held, and of all together last."""
    found = postings(facts.entries)
    numbers: list[int | None] = [*sorted({one.key[0] for one in found})]
    return [_row(number, found, facts, wacc) for number in [*numbers, None]] if numbers else []


def _row(number: int | None, found: Sequence[Posting], facts: MoneyFacts, wacc: Figure) -> CarryRow:
    mine = [one for one in found if number in (None, one.key[0])]
    last = {one.key: one.held for one in mine}
    held = sum(last.values(), NOTHING)
    realised, fees = (sum((getattr(one, name) for one in mine), NOTHING) for name in ("realised", "fees"))
    rate = Decimal(str(wacc.value or 0.0)) / PERCENT
    cost = dollar_days(mine, exchange_date(facts.now)) * rate / YEAR_DAYS
    capital_cost = dollars(cost, COST_FORMULA, given("WACC", wacc.value, "%"))
    decay = _decay(number, held, facts)
    return CarryRow(
        layer=number,
        held=held,
        realised=realised,
        fees=fees,
        per_day=dollars(held * rate / YEAR_DAYS, PER_DAY_FORMULA, given("held", held), note=FUTURES_NOTE),
        capital_cost=capital_cost,
        decay=decay,
        carry=_carry(decay, realised, fees, cost),
    )


def dollar_days(found: Sequence[Posting], end: date) -> Decimal:
    """Return the sum of premium held x calendar days that it was held, to a New York day."""
    total = NOTHING
    for key in dict.fromkeys(one.key for one in found):
        mine = [one for one in found if one.key == key]
        days = [exchange_date(one.row.event_time) for one in mine]
        for one, start, stop in zip(mine, days, [*days[1:], end], strict=True):
            total += one.held * (stop - start).days
    return total


def _decay(number: int | None, held: Decimal, facts: MoneyFacts) -> Figure:
    """Return what the open legs of a layer number have lost against what they cost."""
    layers = [one for one in facts.book.open_layers if number in (None, one.number)]
    values = [facts.now_values.dollars.get((one.number, one.condor_id)) for one in layers]
    formula = "premium of what is held - its value by the model"
    known_values = [value or unknown(facts.now_values.unknown or "no value by the model") for value in values]
    if reason := first_unknown(known_values):
        return unknown(reason, "$", formula)
    futures = sum((opened_for(one.legs) for one in layers), NOTHING)
    worth = sum((Decimal(str(round(value.value or 0.0, 2))) for value in known_values), NOTHING)
    return dollars(held + futures - worth, formula, given("held", held), given("worth", worth))


def _carry(decay: Figure, realised: Decimal, fees: Decimal, cost: Decimal) -> Figure:
    if decay.value is None:
        return unknown(decay.unknown, "$", CARRY_FORMULA)
    total = Decimal(str(decay.value)) - realised + fees + cost
    parts = (given("decay", decay.value), given("realised", realised), given("fees", fees), given("capital", cost))
    return dollars(total, CARRY_FORMULA, *parts)
