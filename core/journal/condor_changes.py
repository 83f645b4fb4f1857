"""Which acts change or end a condor? Close, roll, settle: checked against the book, then a draft."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import PositionAct
from core.journal.condor_terms import held_condor, package_off, package_on
from core.journal.entry import Draft, EntryKind
from core.journal.ticket import check_fills, checked_ticket, draft_position, moves
from core.positions.checks import check_expired
from core.positions.condor_package import package_cash
from core.positions.filling import filled
from core.positions.flags import condor_flags
from core.positions.leg import CLOSE, OPEN, SETTLE, Fill, cash_of
from core.positions.settlement import settlement_fills
from core.positions.values import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.journal.condor_terms import Pair
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book

_NOTHING = Decimal(0)


def close_condor(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    condor_id: int,
    debit: Decimal,
    quantity: int | None = None,
    fees: Decimal,
    at: datetime,
    note: str = "",
) -> Draft:
    """Close a complete condor or part of it for one net debit (points a condor, negative if received)."""
    ticket = checked_ticket(calendar, at, fees, note)
    before = held_condor(book, condor_id)
    count = before.quantity if quantity is None else quantity
    fills = package_off(ticket, before, count, debit)
    after = filled(before, ticket.at, CLOSE, fills)
    act = PositionAct(
        moves=moves((CLOSE, fills)),
        cash=package_cash(fills, -debit, count),
        fees=fees,
        condor_id=condor_id,
        root=before.root,
        expiry=before.expiry,
        flags=condor_flags(after, calendar),
        quantity=count,
        debit=debit,
    )
    return draft_position(EntryKind.CONDOR_CLOSED, ticket, before, act)


def close_condor_legs(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    condor_id: int,
    fills: Sequence[Fill],
    fees: Decimal,
    at: datetime,
    note: str = "",
) -> Draft:
    """Close legs of a condor one by one, each at its own price."""
    ticket = checked_ticket(calendar, at, fees, note)
    before = held_condor(book, condor_id)
    check_fills(fills, ticket)
    after = filled(before, ticket.at, CLOSE, fills)
    act = PositionAct(
        moves=moves((CLOSE, fills)),
        cash=cash_of(fills),
        fees=fees,
        condor_id=condor_id,
        root=before.root,
        expiry=before.expiry,
        flags=condor_flags(after, calendar),
    )
    return draft_position(EntryKind.CONDOR_CLOSED, ticket, before, act)


def roll_condor(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    condor_id: int,
    debit: Decimal,
    credit: Decimal,
    expiry: date,
    puts: Pair,
    calls: Pair,
    quantity: int | None = None,
    fees: Decimal,
    at: datetime,
    note: str = "",
    root: str = "",
) -> Draft:
    """Close a complete condor and open another under the same id, in one entry.

    `root` "" keeps the root (a roll from the SPX monthly to a weekly names SPXW). The whole condor is
    rolled: one condor has one expiry, so a `quantity` below what is held is refused.
    """
    ticket = checked_ticket(calendar, at, fees, note)
    before = held_condor(book, condor_id)
    count = before.quantity
    reason = f"{quantity} of {count}: one condor has one expiry; close a part first, then roll the rest"
    require(quantity in (None, count), "quantity", reason)
    closed = package_off(ticket, before, count, debit)
    target = replace(filled(before, ticket.at, CLOSE, closed), root=root or before.root, expiry=expiry)
    opened = package_on(ticket, target, count, (puts, calls), credit)
    after = filled(target, ticket.at, OPEN, opened)
    act = PositionAct(
        moves=moves((CLOSE, closed), (OPEN, opened)),
        cash=package_cash(closed, -debit, count) + package_cash(opened, credit, count),
        fees=fees,
        condor_id=condor_id,
        root=target.root,
        expiry=expiry,
        flags=condor_flags(after, calendar, credit),
        quantity=count,
        credit=credit,
        debit=debit,
    )
    return draft_position(EntryKind.CONDOR_ROLLED, ticket, before, act)


def settle_condor(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    condor_id: int,
    value: Decimal,
    value_name: str,
    at: datetime,
    note: str = "",
) -> Draft:
    """Settle every open leg of a condor in cash at intrinsic value.

    `value` is that of the contracts' own index: for XSP it is SPX / 10. `value_name` is "SET" for SPX and
    "close" for SPXW and XSP; behind a comma it may say where the value came from.
    """
    ticket = checked_ticket(calendar, at, _NOTHING, note)
    before = held_condor(book, condor_id)
    for leg in before.legs:
        check_expired(leg.contract, ticket.at, calendar)
    fills = settlement_fills(before.legs, value, value_name)
    filled(before, ticket.at, SETTLE, fills)
    act = PositionAct(
        moves=moves((SETTLE, fills)),
        cash=cash_of(fills),
        fees=_NOTHING,
        condor_id=condor_id,
        root=before.root,
        expiry=before.expiry,
        value=value,
        value_name=value_name,
    )
    return draft_position(EntryKind.CONDOR_SETTLED, ticket, before, act)
