"""How far from the middle was it filled? Each priced fill against the bid and ask of its moment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, read_position
from core.journal.undo import standing
from core.market.figure import Figure, unknown
from core.market.times import exchange_date
from core.money.figures import dollars, given
from core.money.flows import NOTHING
from core.positions.leg import SETTLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.journal.entry import Entry
    from core.money.facts import Marked, MoneyFacts
    from core.positions.contract import Contract

WITHIN_S = 900
"""A quote up to 15 minutes before a fill is taken for that of its moment (assumption)."""
FORMULA = "sum of (price - mid) x quantity x multiplier over the fills that have a quote; positive is a cost"


@dataclass(frozen=True, slots=True)
class SlippageRow:
    """One fill: its price and the mid in points, and the dollars that it cost against the mid.

    `mid` and `cost` are None where no quote of its moment is stored. A package has no prices of its legs.
    """

    seq: int
    day: date
    text: str
    price: Decimal | None
    mid: float | None
    cost: Decimal | None
    source: str


def fills_to_mark(entries: Iterable[Entry]) -> list[tuple[Contract, datetime]]:
    """Return the contract and the moment of every priced fill, so that its quotes can be looked up."""
    return [
        (move.fill.contract, entry.event_time)
        for entry in standing(entries)
        if entry.kind in POSITION_KINDS
        for move in read_position(entry.body).moves
        if move.fill.price is not None and move.act != SETTLE
    ]


def slippage_rows(facts: MoneyFacts) -> list[SlippageRow]:
    """Return every fill that was traded, in the order of the journal; settlements are no trades."""
    found = []
    for entry in standing(facts.entries):
        if entry.kind not in POSITION_KINDS:
            continue
        for move in read_position(entry.body).moves:
            if move.act == SETTLE:
                continue
            fill, day = move.fill, exchange_date(entry.event_time)
            mark = facts.fill_marks.get((fill.contract, entry.event_time))
            cost = (
                None
                if mark is None or fill.price is None
                else _cost(fill.price, mark, fill.quantity, fill.contract)
            )
            text = f"{fill.quantity:+d} {fill.contract.text}"
            mid, source = (None, "") if mark is None else (mark.mid, mark.source)
            found.append(SlippageRow(entry.seq, day, text, fill.price, mid, cost, source))
    return found


def _cost(price: Decimal, mark: Marked, quantity: int, contract: Contract) -> Decimal:
    mid = (Decimal(str(mark.bid)) + Decimal(str(mark.ask))) / 2
    return (price - mid) * quantity * contract.multiplier


def slippage(rows: Sequence[SlippageRow]) -> Figure:
    """Return what the fills cost against their mids, together; unknown where none has a quote."""
    costs = [row.cost for row in rows if row.cost is not None]
    if not costs:
        reason = "no fill has a quote of its moment: import chains" if rows else "nothing was filled"
        return unknown(reason, "$", FORMULA)
    note = f"{len(costs)} of {len(rows)} fills have a quote"
    return dollars(sum(costs, NOTHING), FORMULA, given("fills", float(len(costs)), ""), note=note)
