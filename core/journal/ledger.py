"""What has each hedge layer cost? Premium, decay, realised, fees and carry, beside credit, account and budgets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import CONDOR_KINDS, read_position
from core.journal.ledger_lines import Budget, Chain, Ledger, LedgerLine
from core.journal.log import log_rows
from core.journal.postings import postings
from core.journal.undo import standing
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.positions.condor_package import package_cash
from core.positions.leg import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from core.journal.entry import Entry
    from core.journal.log_choice import LogChoice
    from core.journal.postings import Posting
    from core.playbook.parameters import Playbook
    from core.positions.book import Account, LayerKey

_NOTHING = Decimal("0.00")
_YEAR_DAYS = 365
_CARRY = "decay - realised + fees"
_DECAY = "cost of the open legs less their value, its change over the period"


@dataclass(frozen=True)
class LedgerFacts:
    """What the accounts need beside the entries.

    `before` and `after` are the open gains at the beginning and at the end of the period; `account` the one stated
    last by then; `open_keys` the layers that hold something at the end.
    """

    end: datetime
    before: Mapping[LayerKey, Figure]
    after: Mapping[LayerKey, Figure]
    names: Mapping[int, str]
    open_keys: frozenset[LayerKey]
    account: Account | None
    playbook: Playbook


def hedge_ledger(entries: Sequence[Entry], choice: LogChoice, facts: LedgerFacts) -> Ledger:
    """Return the accounts of the layers that a choice means; it may leave out kinds, the accounts hold all.

    The credit is that of the condors that the choice means, taken in by openings and rolls of the period.
    """
    every = postings(entry for entry in entries if entry.event_time <= facts.end)
    mine = [one for one in every if choice.takes_of_any_kind(one.row)]
    last = {one.key: one for one in every if _is_meant(one.key, choice)}
    credit = credit_of(entries, choice)
    days = _days(mine, choice, facts.end)
    numbers = sorted({key[0] for key in last if key in facts.open_keys} | {one.key[0] for one in mine})
    lines = [_line(number, mine, last, credit, facts) for number in numbers]
    total = _line(None, mine, last, credit, facts)
    first = next((line for line in lines if line.layer == 1), None)
    return Ledger(
        lines=(*lines, total),
        budgets=_budgets(first, total, days, facts.playbook),
        chains=_chains(every, {(one.key, one.chain) for one in mine}, facts.open_keys),
        credit=credit,
        equity=facts.account.equity if facts.account else None,
        days=days,
    )


def credit_of(entries: Iterable[Entry], choice: LogChoice) -> Decimal:
    """Return the dollars of credit that condors brought when they were opened or rolled, before fees."""
    total = _NOTHING
    of_condors = [entry for entry in standing(entries) if entry.kind in CONDOR_KINDS]
    for entry, row in zip(of_condors, log_rows(of_condors), strict=True):
        if not (choice.holds(row) and (not choice.condors or row.condor in choice.condors)):
            continue
        act = read_position(entry.body)
        opened = [move.fill for move in act.moves if move.act == OPEN]
        if opened and act.debit is None:
            total += act.cash
        elif opened and act.credit is not None and act.quantity:
            total += package_cash(opened, act.credit, act.quantity)
    return total


def _is_meant(key: LayerKey, choice: LogChoice) -> bool:
    return (not choice.layers or key[0] in choice.layers) and (not choice.condors or key[1] in choice.condors)


def _line(
    number: int | None,
    mine: Sequence[Posting],
    last: Mapping[LayerKey, Posting],
    credit: Decimal,
    facts: LedgerFacts,
) -> LedgerLine:
    of_layer = [one for one in mine if number in (None, one.key[0])]
    keys = [key for key in last if number in (None, key[0])]
    realised, fees = _sum(one.realised for one in of_layer), _sum(one.fees for one in of_layer)
    premium = _sum(one.premium for one in of_layer)
    decay = _decay(keys, facts)
    carry = _figure(decay, lambda lost: lost - float(realised) + float(fees), "$", _CARRY)
    equity = facts.account.equity if facts.account else None
    paid = known(float(premium), "$", "premium of what was opened")
    return LedgerLine(
        layer=number,
        name=facts.names.get(number, "") if number is not None else "Together",
        premium=premium,
        realised=realised,
        fees=fees,
        cash=_sum(one.row.cash or _NOTHING for one in of_layer),
        held=_sum(last[key].held for key in keys),
        carried=_sum(last[key].carried for key in keys if key in facts.open_keys),
        decay=decay,
        carry=carry,
        premium_pct_of_credit=_share(paid, credit, "no condor brought a credit in the period"),
        carry_pct_of_credit=_share(carry, credit, "no condor brought a credit in the period"),
        carry_pct_of_account=_share(carry, equity, "the account was not stated"),
    )


def _decay(keys: Iterable[LayerKey], facts: LedgerFacts) -> Figure:
    lost = 0.0
    for key in keys:
        for gains, sign in ((facts.before, 1), (facts.after, -1)):
            gain = gains.get(key)
            if gain is not None and gain.value is None:
                return unknown(gain.unknown, "$", _DECAY)
            lost += sign * (gain.value or 0.0 if gain is not None else 0.0)
    return known(lost, "$", _DECAY)


def _share(part: Figure, whole: Decimal | None, without: str) -> Figure:
    """Return a part in percent of a whole, unknown where the whole is not above zero."""
    formula = f"100 x ({part.formula}) / {'account equity' if 'account' in without else 'credit'}"
    if whole is None or whole <= 0:
        return unknown(without, "%", formula)
    return _figure(part, lambda value: 100 * value / float(whole), "%", formula)


def _figure(part: Figure, change: Callable[[float], float], unit: str, formula: str) -> Figure:
    if part.value is None:
        return unknown(part.unknown, unit, formula)
    return known(change(part.value), unit, formula)


def _budgets(first: LedgerLine | None, total: LedgerLine, days: int, playbook: Playbook) -> tuple[Budget, ...]:
    """Return both budgets of seed 001: layer 1 against the credit, the hedge of a year against the account."""
    none = unknown("layer 1 was not used in the period", "%")
    share, year = playbook.number("budget.L1"), playbook.number("annual.cost_warn")
    yearly = f"carry of {days} days x {_YEAR_DAYS} / {days}, in % of account equity"
    carry = _figure(total.carry_pct_of_account, lambda pct: pct * _YEAR_DAYS / days, "%", yearly)
    return (
        Budget("Layer 1 premium, % of credit", "budget.L1", share, first.premium_pct_of_credit if first else none),
        Budget("Layer 1 carry, % of credit", "budget.L1", share, first.carry_pct_of_credit if first else none),
        Budget("Hedge carry of a year, % of account", "annual.cost_warn", year, carry),
    )


def _days(mine: Sequence[Posting], choice: LogChoice, end: datetime) -> int:
    """Return the days of the period, at least one: from its first day, or from the first layer entry."""
    last = exchange_date(end)
    first = choice.first or min((exchange_date(one.row.event_time) for one in mine), default=last)
    return max((last - first).days, 1)


def _chains(
    every: Iterable[Posting], touched: set[tuple[LayerKey, int]], open_keys: frozenset[LayerKey]
) -> tuple[Chain, ...]:
    steps: dict[tuple[LayerKey, int], list[Posting]] = {}
    for one in every:
        if (one.key, one.chain) in touched:
            steps.setdefault((one.key, one.chain), []).append(one)
    newest = dict(steps.keys())
    return tuple(
        Chain(key, tuple(found), key in open_keys and newest[key] == chain)
        for (key, chain), found in sorted(steps.items(), key=lambda item: item[0][1])
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)
