"""Is the hedge within its yearly budget? What was spent, what the credit budget implies, what paid for itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import read_position
from core.journal.postings import postings
from core.journal.undo import standing
from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date
from core.money.figures import PERCENT, dollars, given, share_pct
from core.money.flows import NOTHING, capital_of, flows_of
from core.positions.contract import SPX_ROOTS

if TYPE_CHECKING:
    from datetime import date

    from core.journal.entry import Entry
    from core.money.facts import MoneyFacts

YEAR_DAYS = 365
SHORTEST_DAYS = 30
"""Less than a month is not scaled to a year (assumption)."""
LOW_LINE_PCT = 1.0
NO_ACCOUNT = "the account was not stated"
SPENT = "net cash paid for the hedge after fees, last 365 days; what is held is not counted back"
YEARLY = "net hedge cash of the period x 365 / days, in % of equity"
IMPLIED = "budget.L1 x credit x 365 / days to expiry, over the open condors, in % of equity"
SELF_FUNDING = "100 x net credit of SPX legs in layers / premium paid for the other legs"
GAINS = "realised hedge gains after fees, first in first out"


@dataclass(frozen=True, slots=True)
class FundingRow:
    """One layer entry with SPX legs: the credit they brought (negative: cost), and whether VIX was low then."""

    seq: int
    day: date
    layer: int
    credit: Decimal
    is_low_vix: bool | None


@dataclass(frozen=True, slots=True)
class GainRow:
    """One layer entry that closed something: dollars realised after fees, and the sum so far."""

    seq: int
    day: date
    layer: int
    gain: Decimal
    total: Decimal


def spent_in_year(facts: MoneyFacts) -> Figure:
    """Return the dollars that the hedge cost in cash over the last 365 days, positive where it cost."""
    end = exchange_date(facts.now)
    flows = [one for one in flows_of(facts.entries) if one.layer is not None]
    if not flows:
        return unknown("no hedge was ever entered", "$", SPENT)
    inside = [one for one in flows if one.day > end - timedelta(days=YEAR_DAYS)]
    return dollars(-sum((one.amount for one in inside), NOTHING), SPENT, given("entries", float(len(inside)), ""))


def annual_pct(facts: MoneyFacts) -> Figure:
    """Return the yearly outlay in percent of equity, to be held against the 1-2 % line (seed 001)."""
    spent = spent_in_year(facts)
    if spent.value is None:
        return unknown(spent.unknown, "% a year", YEARLY)
    first = min(one.day for one in flows_of(facts.entries) if one.layer is not None)
    days = min((exchange_date(facts.now) - first).days, YEAR_DAYS)
    if days < SHORTEST_DAYS:
        return unknown(f"cannot tell yet: {days} of {SHORTEST_DAYS} days", "% a year", YEARLY)
    account = facts.book.account
    yearly = Decimal(str(spent.value)) * YEAR_DAYS / days
    return share_pct(yearly, account.equity if account else None, YEARLY, NO_ACCOUNT, note=f"of {days} days")


def line_verdict(annual: Figure, limit_pct: float) -> str:
    """Return where the outlay lies: below, within or above the line of 1 % to `limit_pct`, or unknown."""
    if annual.value is None:
        return "unknown"
    return "above" if annual.value > limit_pct else "within" if annual.value >= LOW_LINE_PCT else "below"


def implied_outlay_pct(share_of_credit_pct: float, credit: Decimal, days: int, equity: Decimal) -> float:
    """Return what a share of each credit comes to in a year, in percent of equity (playbook C9)."""
    yearly = Decimal(str(share_of_credit_pct)) / PERCENT * credit * YEAR_DAYS / days
    return float(PERCENT * yearly / equity)


def implied_pct(facts: MoneyFacts) -> Figure:
    """Return the yearly outlay that layer 1's budget means for the open condors, each renewed as it is."""
    account = facts.book.account
    if account is None or account.equity <= 0:
        return unknown(NO_ACCOUNT, "% a year", IMPLIED)
    share, total = facts.playbook.number("budget.L1"), 0.0
    for condor in facts.book.open_condors:
        if condor.opened_at is None or condor.expiry is None:
            return unknown(f"condor {condor.id} has no expiry", "% a year", IMPLIED)
        days = max((condor.expiry - exchange_date(condor.opened_at)).days, 1)
        total += implied_outlay_pct(share, condor.cash, days, account.equity)
    if not facts.book.open_condors:
        return unknown("no condor is open", "% a year", IMPLIED)
    return known(total, "% a year", IMPLIED, (given("budget.L1", share, "%"), given("equity", account.equity)))


def funding_rows(facts: MoneyFacts) -> list[FundingRow]:
    """Return the ledger of SPX wings that were sold or bought back within layers (001-11).

    Seed 001 finances the hedge by wings in low volatility: each row says whether VIX was below the low band.
    """
    limit = facts.playbook.number("regime.low_vix")
    found = []
    for entry in standing(facts.entries):
        credit, layer = _wing_credit(entry)
        if layer is not None and credit is not None:
            vix = entry.stamp.vix
            is_low = None if vix is None else vix < limit
            found.append(FundingRow(entry.seq, exchange_date(entry.event_time), layer, credit, is_low))
    return found


def _wing_credit(entry: Entry) -> tuple[Decimal | None, int | None]:
    """Return the net cash of SPX legs in a layer entry, None where it has none."""
    if not entry.kind.value.startswith("layer_") or "moves" not in entry.body:
        return None, None
    act = read_position(entry.body)
    wings = [move.fill for move in act.moves if move.fill.contract.root in SPX_ROOTS]
    if not wings:
        return None, act.layer
    cash = (-(one.price or NOTHING) * one.quantity * one.contract.multiplier for one in wings)
    return sum(cash, NOTHING), act.layer


def self_funding_pct(facts: MoneyFacts) -> Figure:
    """Return how much of the hedge's premium its own SPX wings have paid for."""
    rows = funding_rows(facts)
    credit = sum((row.credit for row in rows), NOTHING)
    paid = sum((one.premium for one in postings(facts.entries)), NOTHING) + sum(
        (_opened_wings(entry) for entry in standing(facts.entries)), NOTHING
    )
    if paid <= 0:
        return unknown("no premium was paid for the hedge", "%", SELF_FUNDING)
    if not rows:
        return known(0.0, "%", SELF_FUNDING, (given("premium", paid),), "no SPX wing was sold in a layer")
    return known(
        float(PERCENT * credit / paid), "%", SELF_FUNDING, (given("credit", credit), given("premium", paid))
    )


def _opened_wings(entry: Entry) -> Decimal:
    """Return the credit of SPX legs that an entry opened in a layer: it is no part of the other legs' premium."""
    if not entry.kind.value.startswith("layer_") or "moves" not in entry.body:
        return NOTHING
    opened = [move.fill for move in read_position(entry.body).moves if move.act == "open"]
    wings = [one for one in opened if one.contract.root in SPX_ROOTS]
    return sum((-(one.price or NOTHING) * one.quantity * one.contract.multiplier for one in wings), NOTHING)


def gain_rows(facts: MoneyFacts) -> list[GainRow]:
    """Return every layer entry that closed something, with what it realised after fees and the sum so far."""
    found, total = [], NOTHING
    for one in postings(facts.entries):
        gain = one.realised - one.fees
        total += gain
        if one.realised:
            found.append(GainRow(one.row.sequence, exchange_date(one.row.event_time), one.key[0], gain, total))
    return found


def recycled(facts: MoneyFacts) -> tuple[Figure, Figure]:
    """Return the hedge gains realised so far after all fees, and how many condors' capital they would carry.

    A suggestion only (000-22): the capital of one condor is that of the largest open one.
    """
    found = postings(facts.entries)
    if not found:
        none = unknown("no hedge was ever entered", "$", GAINS)
        return none, unknown(none.unknown, "condors", "gains / capital of one condor")
    gains = sum((one.realised - one.fees for one in found), NOTHING)
    figure = dollars(gains, GAINS)
    each = [(capital_of(one) or NOTHING) / one.quantity for one in facts.book.open_condors if one.quantity]
    formula = "gains above zero / capital of one condor, whole condors"
    if not each or not max(each):
        return figure, unknown("no complete condor is open to compare with", "condors", formula)
    count = max(gains, NOTHING) // max(each)
    return figure, known(float(count), "condors", formula, (given("gains", gains), given("a condor", max(each))))
