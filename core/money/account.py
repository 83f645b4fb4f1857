"""How solid is the account? Quick ratio, room to a margin call, what a dollar of yearly credit ties up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.market.times import exchange_date, exchange_time
from core.money.figures import PERCENT, dollars, given
from core.money.flows import NOTHING, capital_of, flows_of
from core.money.outlay import NO_ACCOUNT, SHORTEST_DAYS, YEAR_DAYS
from core.positions.contract import Kind

if TYPE_CHECKING:
    from core.money.facts import MoneyFacts
    from core.positions.leg import Leg

QUICK_WARN = 1.5
HEADROOM_WARN_PCT = 25.0
QUICK = "(cash with T-bills + bid of the long options) / (ask of the short options + margin due)"
HEADROOM = "100 x (equity - margin) / equity"
STRESSED = "100 x (equity + least the condors bring at expiry - margin) / equity"
TO_CALL = "100 x (equity - margin) / equity: so much may be lost before a margin call, margin unchanged"
P_CF = "capital tied up / (net cash of condors and hedge after fees x 365 / days)"
NO_MARGIN = "the margin was not stated with the account"


def quick_ratio(facts: MoneyFacts) -> Figure:
    """Return the quick (acid-test) ratio of the account from quoted options; below 1.5 warns (002-23)."""
    account = facts.book.account
    if account is None or account.margin is None:
        return unknown(NO_ACCOUNT if account is None else NO_MARGIN, "", QUICK)
    holdings = (*facts.book.open_condors, *facts.book.open_layers)
    options = [leg for one in holdings for leg in one.legs if leg.contract.kind is Kind.OPTION]
    unquoted = [leg.contract.text for leg in options if leg.contract not in facts.marks]
    if unquoted:
        return unknown(f"no quote of {', '.join(dict.fromkeys(unquoted))}: import a chain", "", QUICK)
    longs = sum(_quoted(facts, leg, "bid") for leg in options if leg.quantity > 0)
    shorts = sum(_quoted(facts, leg, "ask") for leg in options if leg.quantity < 0)
    due = -shorts + float(account.margin)
    if due <= 0:
        return unknown("nothing is due: no short option and no margin", "", QUICK)
    inputs = (
        given("cash", account.cash),
        given("long options", longs),
        given("short options", shorts),
        given("margin", account.margin),
    )
    note = _oldest(facts, options)
    return known((float(account.cash) + longs) / due, "", QUICK, inputs, note)


def _oldest(facts: MoneyFacts, options: list[Leg]) -> str:
    """Return of when the oldest quote is, "" without options."""
    moments = [facts.marks[leg.contract].time for leg in options]
    return f"quotes of {exchange_time(min(moments))} New York or later" if moments else ""


def _quoted(facts: MoneyFacts, leg: Leg, side: str) -> float:
    price: float = getattr(facts.marks[leg.contract], side)
    return leg.quantity * leg.contract.multiplier * price


def headroom_pct(facts: MoneyFacts) -> Figure:
    """Return how much of the equity is free of margin now; below 25 % warns (001-21)."""
    return _headroom(facts, NOTHING, TO_CALL)


def stressed_headroom_pct(facts: MoneyFacts) -> Figure:
    """Return the same after the worst that the condors can do at expiry."""
    if facts.worst.value is None:
        return unknown(facts.worst.unknown, "%", STRESSED)
    return _headroom(facts, Decimal(str(round(facts.worst.value, 2))), STRESSED)


def _headroom(facts: MoneyFacts, change: Decimal, formula: str) -> Figure:
    account = facts.book.account
    if account is None or account.margin is None or account.equity <= 0:
        return unknown(NO_MARGIN if account is not None and account.margin is None else NO_ACCOUNT, "%", formula)
    free = account.equity + change - account.margin
    inputs = (given("equity", account.equity), given("margin", account.margin), given("stress", change))
    return known(float(PERCENT * free / account.equity), "%", formula, inputs)


def capital(facts: MoneyFacts) -> Figure:
    """Return the dollars that are tied up: the condors' wings and what the open hedge cost."""
    formula = "wider wing x multiplier x condors + premium of the open hedge"
    parts = [capital_of(condor) for condor in facts.book.open_condors]
    if None in parts:
        return unknown("a condor is incomplete", "$", formula)
    hedge = [_cost(leg) for layer in facts.book.open_layers for leg in layer.legs]
    total = sum((one for one in parts if one is not None), NOTHING) + sum(hedge, NOTHING)
    return dollars(total, formula)


def _cost(leg: Leg) -> Decimal:
    if leg.contract.kind is Kind.FUTURE or leg.price is None:
        return NOTHING
    return leg.price * leg.quantity * leg.contract.multiplier


def price_to_cash_flow(facts: MoneyFacts) -> Figure:
    """Return how many years of net credit after hedge the capital tied up is (002-16, 003-16).

    The nearest thing that a book of options has to a price to cash flow ratio.
    """
    tied = capital(facts)
    flows = flows_of(facts.entries)
    if tied.value is None or not flows:
        return unknown(tied.unknown or "no cash has moved", "years", P_CF)
    if tied.value <= 0:
        return unknown("no capital is tied up", "years", P_CF)
    days = (exchange_date(facts.now) - flows[0].day).days
    if days < SHORTEST_DAYS:
        return unknown(f"cannot tell yet: {days} of {SHORTEST_DAYS} days", "years", P_CF)
    net = sum((flow.amount for flow in flows), NOTHING)
    if net <= 0:
        return unknown("condors and hedge together brought no cash: no ratio", "years", P_CF)
    inputs = (given("capital", tied.value), given("net cash", net), given("days", float(days), "days"))
    return known(tied.value / float(net * YEAR_DAYS / days), "years", P_CF, inputs)
