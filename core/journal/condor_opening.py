"""Which acts open a condor? All four legs for one credit, or leg by leg; checked, then a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.body import PositionAct
from core.journal.condor_terms import expiry_of, held_condor, legged_credit, new_for, next_id, package_on
from core.journal.entry import Draft, EntryKind
from core.journal.ticket import check_fills, checked_ticket, draft_position, moves
from core.positions.book import Condor
from core.positions.checks import check_condor_contracts, check_condor_shape, check_credit
from core.positions.condor_package import package_cash, strikes_of
from core.positions.filling import filled
from core.positions.flags import condor_flags
from core.positions.leg import OPEN, Fill, cash_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from core.journal.condor_terms import Pair
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book


def open_condor(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    root: str,
    expiry: date,
    quantity: int,
    puts: Pair,
    calls: Pair,
    credit: Decimal,
    fees: Decimal,
    at: datetime,
    note: str = "",
) -> Draft:
    """Open all four legs of a new condor for one net credit (points a condor, negative if paid).

    `puts` are (long, short), `calls` (short, long), ascending. The legs have no prices of their own.
    """
    ticket = checked_ticket(calendar, at, fees, note)
    before = Condor(id=next_id(book), root=root, expiry=expiry)
    fills = package_on(ticket, before, quantity, (puts, calls), credit)
    after = filled(before, ticket.at, OPEN, fills)
    act = PositionAct(
        moves=moves((OPEN, fills)),
        cash=package_cash(fills, credit, quantity),
        fees=fees,
        condor_id=before.id,
        root=root,
        expiry=expiry,
        is_new=True,
        flags=condor_flags(after, calendar, credit),
        quantity=quantity,
        credit=credit,
    )
    return draft_position(EntryKind.CONDOR_OPENED, ticket, before, act)


def open_condor_legs(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    fills: Sequence[Fill],
    fees: Decimal,
    at: datetime,
    note: str = "",
    condor_id: int | None = None,
) -> Draft:
    """Open one to four priced legs: of a new condor (`condor_id` None) or of one that is being built."""
    ticket = checked_ticket(calendar, at, fees, note)
    check_fills(fills, ticket)
    before = new_for(book, fills) if condor_id is None else held_condor(book, condor_id)
    expiry = expiry_of(before)
    check_condor_contracts(fills, before.root, expiry)
    after = filled(before, ticket.at, OPEN, fills)
    check_condor_shape(after)
    cash = cash_of(fills)
    credit = legged_credit(after, before.cash + cash)
    if condor_id is None and credit is not None:
        check_credit(credit, *strikes_of(after))
    act = PositionAct(
        moves=moves((OPEN, fills)),
        cash=cash,
        fees=fees,
        condor_id=before.id,
        root=before.root,
        expiry=expiry,
        is_new=condor_id is None,
        flags=condor_flags(after, calendar, credit),
    )
    return draft_position(EntryKind.CONDOR_OPENED, ticket, before, act)
