"""What is the money-weighted return of condors, hedge and both, and what does each layer change?

XIRR of dated cash flows (pyxirr; seeds 000 and 003). A condor's flows count the capital that it ties up; a hedge's
are what was paid and received. What is open is closed on paper: today by the model, or at the condors' expiry with
SPX and VIX as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.figure import Figure, known, unknown
from core.money.figures import first_unknown, given
from core.money.flows import NOTHING, capital_flows, flows_of
from core.positions.leg import opened_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.money.facts import MoneyFacts, Owner, Values
    from core.money.flows import CapitalFlow, Flow
    from core.positions.book import Holding

SHORTEST_DAYS = 7
"""Flows over fewer days have no yearly rate worth showing (assumption)."""
LARGEST_PCT = 10_000.0
"""A rate beyond this is shown as more than this."""
TELLS_LITTLE = "little money for a short time: a yearly rate of it tells little"
FORMULA = "XIRR of dated cash flows (365-day years); the condors with the capital that they tie up"
CHANGE_FORMULA = "IRR with the layer - IRR without it, percentage points"
Dated = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """The return of a part of the book, percent a year: `now` closed by the model, `hold` at expiry.

    `change_now` and `change_hold` are against the row before, percentage points; unknown in the first rows.
    `net` is the cash so far after fees, exact.
    """

    name: str
    net: Decimal
    now: Figure
    hold: Figure
    change_now: Figure
    change_hold: Figure


def xirr_pct(flows: Iterable[Dated]) -> Figure:
    """Return the internal rate of return of dated flows in percent a year, unknown with the reason.

    Days are counted over 365 (Excel's XIRR). Unknown without money in and money out, and over less than a week.
    """
    by_day: dict[date, Decimal] = {}
    for day, amount in flows:
        by_day[day] = by_day.get(day, NOTHING) + amount
    moved = {day: amount for day, amount in sorted(by_day.items()) if amount}
    if not moved:
        return unknown("no cash has moved", "% a year", FORMULA)
    if min(moved.values()) > 0 or max(moved.values()) < 0:
        way = "received" if min(moved.values()) > 0 else "paid"
        return unknown(f"money was only {way} so far: no return can be told yet", "% a year", FORMULA)
    span = (max(moved) - min(moved)).days
    if span < SHORTEST_DAYS:
        return unknown(f"{span} days are too few for a yearly rate", "% a year", FORMULA)
    return _solved(moved)


def _solved(moved: dict[date, Decimal]) -> Figure:
    import pyxirr

    found = pyxirr.xirr(list(moved), [float(amount) for amount in moved.values()], silent=True)
    inputs = tuple(given(day.isoformat(), amount) for day, amount in moved.items())
    if found is None or not abs(found) < float("inf"):
        return unknown("the flows have no single rate of return", "% a year", FORMULA, inputs)
    note = TELLS_LITTLE if 100.0 * found > LARGEST_PCT else ""
    return known(100.0 * found, "% a year", FORMULA, inputs, note)


def return_rows(facts: MoneyFacts) -> list[ReturnRow]:
    """Return condors alone, hedge alone, then the condors with one layer more in each row; the last is all."""
    flows = flows_of(facts.entries)
    numbers = sorted({flow.layer for flow in flows if flow.layer is not None})
    condors = _row("condors", facts, flows, (None,))
    rows = [condors, _row("hedge", facts, flows, tuple(numbers))]
    before = condors
    for count in range(1, len(numbers) + 1):
        chosen = tuple(numbers[:count])
        name = "condors + " + " + ".join(f"L{number}" for number in chosen)
        row = _row(name, facts, flows, (None, *chosen))
        row = _changed(row, before)
        rows.append(row)
        before = row
    return [*rows, *_leveraged(facts, flows, before, numbers)]


def _leveraged(
    facts: MoneyFacts, flows: Sequence[Flow], before: ReturnRow, numbers: Sequence[int]
) -> list[ReturnRow]:
    """Return all of it had the private leverage layer added its share to the hedge (001-29); none where it is off.

    The share is `pll.cap`, as if it had been bought and sold with the layers, in their proportion (assumption).
    """
    share = Decimal(str(facts.playbook.number("pll.cap"))) / 100
    if not share or not numbers:
        return []
    row = _row(f"with the leverage layer ({share:.0%})", facts, flows, (None, *numbers), 1 + share)
    return [_changed(row, before)]


def _row(
    name: str,
    facts: MoneyFacts,
    flows: Sequence[Flow],
    parts: tuple[int | None, ...],
    weight: Decimal = Decimal(1),
) -> ReturnRow:
    """Return the return of some parts, the layers' money counted `weight` times."""
    mine = [_weighed(flow, weight) for flow in flows if flow.layer in parts]
    capital, missing = capital_flows(facts.entries) if None in parts else ([], "")
    if missing:
        now = hold = unknown(missing, "% a year", FORMULA)
    else:
        now = _closed(facts, mine, capital, (parts, weight), facts.now_values)
        hold = _closed(facts, mine, capital, (parts, weight), facts.hold_values)
    net = sum((flow.amount for flow in mine), NOTHING)
    none = unknown("nothing was added to it", "points", CHANGE_FORMULA)
    return ReturnRow(name, net, now, hold, none, none)


def _weighed(flow: Flow, weight: Decimal) -> Flow:
    return flow if flow.layer is None else replace(flow, cash=flow.cash * weight, fees=flow.fees * weight)


def _closed(
    facts: MoneyFacts,
    flows: Sequence[Flow],
    capital: Sequence[CapitalFlow],
    counted: tuple[tuple[int | None, ...], Decimal],
    values: Values,
) -> Figure:
    """Return the return where what is open ends as the values say; `counted`: parts, and the weight of layers."""
    parts, weight = counted
    dated: list[Dated] = [(flow.day, flow.amount) for flow in flows]
    dated += [(flow.day, flow.amount) for flow in capital]
    still = open_holdings(facts, parts)
    if not still:
        return xirr_pct(dated)
    if values.day is None:
        return unknown(values.unknown, "% a year", FORMULA)
    found = [values.dollars.get(owner) or unknown("no value by the model") for owner, _ in still]
    if reason := first_unknown(found):
        return unknown(reason, "% a year", FORMULA)
    for figure, ((layer, _), holding) in zip(found, still, strict=True):
        worth = Decimal(str(round(figure.value or 0.0, 2))) - opened_for(holding.legs)
        dated.append((values.day, worth * (1 if layer is None else weight)))
    dated.append((values.day, -sum((flow.amount for flow in capital), NOTHING)))
    return xirr_pct(dated)


def open_holdings(facts: MoneyFacts, parts: tuple[int | None, ...]) -> list[tuple[Owner, Holding]]:
    """Return the open condors (None among the parts) and layers of the numbers, by owner."""
    found: list[tuple[Owner, Holding]] = []
    if None in parts:
        found += [((None, condor.id), condor) for condor in facts.book.open_condors]
    found += [
        ((layer.number, layer.condor_id), layer) for layer in facts.book.open_layers if layer.number in parts
    ]
    return found


def _changed(row: ReturnRow, before: ReturnRow) -> ReturnRow:
    return ReturnRow(
        row.name, row.net, row.now, row.hold, _difference(row.now, before.now), _difference(row.hold, before.hold)
    )


def _difference(after: Figure, before: Figure) -> Figure:
    if after.value is None or before.value is None:
        return unknown(first_unknown((before, after)), "points", CHANGE_FORMULA)
    inputs = (given("with", after.value, "%"), given("without", before.value, "%"))
    return known(after.value - before.value, "points", CHANGE_FORMULA, inputs)
