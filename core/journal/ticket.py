"""What do all acts on a position share? A moment, fees, a note, and the way from fills to a draft."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import Move, PositionAct, write_position
from core.journal.entry import Draft
from core.positions.checks import check_fill
from core.positions.values import (
    MAX_DOLLARS,
    check_not_negative,
    check_number,
    check_text,
    checked_moment,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.journal.entry import EntryKind
    from core.market.calendar import SessionCalendar
    from core.positions.book import Holding
    from core.positions.leg import Fill


@dataclass(frozen=True, slots=True)
class Ticket:
    """The part of an act that every form has: a UTC moment, dollars of fees, a note."""

    calendar: SessionCalendar
    at: datetime
    fees: Decimal
    note: str


def checked_ticket(calendar: SessionCalendar, at: datetime, fees: Decimal, note: str) -> Ticket:
    """Return the ticket; refuses a moment without a zone, fees below zero or NaN, a note that is too long."""
    check_not_negative("fees", fees)
    check_text("note", note)
    return Ticket(calendar, checked_moment("at", at), fees, note)


def check_fills(fills: Sequence[Fill], ticket: Ticket) -> None:
    """Refuse an empty list of fills, and each that could not have happened or stands for too many dollars."""
    require(len(fills) > 0, "leg", "at least one is needed")
    for fill in fills:
        check_fill(fill, ticket.at, ticket.calendar)
        check_number(
            "quantity", fill.quantity * fill.contract.multiplier * (fill.price or Decimal(0)), MAX_DOLLARS
        )


def moves(*groups: tuple[str, Sequence[Fill]]) -> tuple[Move, ...]:
    """Return the moves of an entry from (act, fills) groups, in the order in which they happened."""
    return tuple(Move(act, fill) for act, fills in groups for fill in fills)


def draft_position(kind: EntryKind, ticket: Ticket, before: Holding, act: PositionAct) -> Draft:
    """Return the draft of an act; refuses cash beyond what a position may move."""
    check_number("quantity", act.cash, MAX_DOLLARS)
    check_number("quantity", before.cash + act.cash, MAX_DOLLARS)
    check_number("fees", before.fees + act.fees, MAX_DOLLARS)
    return Draft(kind, ticket.at, write_position(act), ticket.note)
