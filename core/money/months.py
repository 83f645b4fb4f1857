"""Month by month: what did condors and hedge bring, was the month quiet, and how many were net credited?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.money.figures import PERCENT, dollars, given, share_pct
from core.money.flows import NOTHING, flows_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from core.money.facts import MoneyFacts
    from core.money.flows import Flow

FEWEST_MONTHS = 3
"""Fewer complete months than these tell no share (assumption)."""
CREDITED = "months in which the hedge brought in more than it cost / months since its first entry"
FORGONE = "what the hedge cost in the months whose mean VIX was below the low band"
INCOME = "net cash of condors and hedge after fees / months"
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month by its first day: dollars of condors and hedge after fees, and whether VIX was low on average.

    `is_quiet` None where no VIX is known; `is_complete` False for the month of now.
    """

    month: date
    condors: Decimal
    hedge: Decimal
    is_quiet: bool | None
    is_complete: bool

    @property
    def net(self) -> Decimal:
        """Dollars of both."""
        return self.condors + self.hedge


def month_rows(facts: MoneyFacts) -> list[MonthRow]:
    """Return every month from that of the first entry to that of now, also those without any."""
    flows = flows_of(facts.entries)
    if not flows:
        return []
    last = _first_of(exchange_date(facts.now))
    found, month = [], _first_of(flows[0].day)
    while month <= last:
        found.append(_row(month, flows, facts, is_complete=month < last))
        month = _next(month)
    return found


def _row(month: date, flows: Sequence[Flow], facts: MoneyFacts, *, is_complete: bool) -> MonthRow:
    mine = [flow for flow in flows if _first_of(flow.day) == month]
    condors = sum((flow.amount for flow in mine if flow.layer is None), NOTHING)
    hedge = sum((flow.amount for flow in mine if flow.layer is not None), NOTHING)
    return MonthRow(month, condors, hedge, _is_quiet(month, facts), is_complete)


def _is_quiet(month: date, facts: MoneyFacts) -> bool | None:
    history = facts.past.history
    inside = (history.days >= np.datetime64(month)) & (history.days < np.datetime64(_next(month)))
    vix = history.column("VIX")[inside]
    vix = vix[np.isfinite(vix)]
    return bool(vix.mean() < facts.playbook.number("regime.low_vix")) if len(vix) else None


def credited_pct(rows: Sequence[MonthRow]) -> Figure:
    """Return the share of complete months in which the hedge brought money in (seed 001 claims about 65 %)."""
    first = next((at for at, row in enumerate(rows) if row.hedge), len(rows))
    counted = [row for row in rows[first:] if row.is_complete]
    if len(counted) < FEWEST_MONTHS:
        return unknown(f"cannot tell yet: {len(counted)} of {FEWEST_MONTHS} complete months", "%", CREDITED)
    credited = sum(row.hedge > 0 for row in counted)
    inputs = (given("credited", float(credited), "months"), given("months", float(len(counted)), "months"))
    return known(100.0 * credited / len(counted), "%", CREDITED, inputs)


def forgone(rows: Sequence[MonthRow]) -> Figure:
    """Return what the hedge cost in quiet months, cumulative and positive (000-29)."""
    if any(row.is_quiet is None and row.hedge for row in rows):
        return unknown("VIX is unknown in a month in which the hedge moved cash", "$", FORGONE)
    quiet = [row for row in rows if row.is_quiet]
    if not quiet:
        return unknown("no quiet month yet", "$", FORGONE)
    spent = -sum((row.hedge for row in quiet), NOTHING)
    return dollars(spent, FORGONE, given("months", float(len(quiet)), "months"))


def income(rows: Sequence[MonthRow], equity: Decimal | None) -> tuple[Figure, Figure]:
    """Return the mean net credit of a month after hedge, and the yearly yield on equity (003-22).

    The premium read as a dividend stream: of complete months only.
    """
    counted = [row for row in rows if row.is_complete]
    if len(counted) < FEWEST_MONTHS:
        reason = f"cannot tell yet: {len(counted)} of {FEWEST_MONTHS} complete months"
        return unknown(reason, "$", INCOME), unknown(reason, "% a year", INCOME)
    mean = sum((row.net for row in counted), NOTHING) / len(counted)
    a_year = share_pct(mean * DECEMBER, equity, "12 x mean month / equity", "the account was not stated")
    return dollars(mean, INCOME, given("months", float(len(counted)), "months")), a_year


def payoff_ratio(flows: Sequence[Flow], layer: int | None) -> Figure:
    """Return what a layer (None: all) has paid out for each dollar that was put in, in percent (001-26)."""
    mine = [flow for flow in flows if flow.layer is not None and layer in (None, flow.layer)]
    paid = -sum((flow.amount for flow in mine if flow.amount < 0), NOTHING)
    received = sum((flow.amount for flow in mine if flow.amount > 0), NOTHING)
    if not paid:
        return unknown("nothing was paid for it", "%", "100 x received / paid")
    inputs = (given("received", received), given("paid", paid))
    return known(float(PERCENT * received / paid), "%", "100 x received / paid", inputs)


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
