"""On which terms is a condor traded? What its acts share: which one, its legs, its net price."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.positions.book import Condor
from core.positions.checks import (
    check_alive,
    check_condor_contracts,
    check_contract,
    check_credit,
    check_strikes,
)
from core.positions.condor_package import closing_package, opening_package
from core.positions.leg import OPEN, Fill
from core.positions.values import ActRefusedError, check_count, check_points, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.journal.ticket import Ticket
    from core.positions.book import Book

Pair = tuple[Decimal, Decimal]


def next_id(book: Book) -> int:
    """Return the number of the next condor."""
    return max(book.condors, default=0) + 1


def held_condor(book: Book, condor_id: int) -> Condor:
    """Return an open condor; refused where there is none of that number or it is closed."""
    condor = book.condors.get(condor_id)
    if condor is None:
        raise ActRefusedError("condor_id", f"there is no condor {condor_id}")
    require(condor.is_open, "condor_id", f"condor {condor_id} is closed")
    return condor


def new_for(book: Book, fills: Sequence[Fill]) -> Condor:
    """Return the empty condor that fills of one root and expiry begin."""
    first = fills[0].contract
    return Condor(id=next_id(book), root=first.root, expiry=first.expiry)


def expiry_of(condor: Condor) -> date:
    """Return the expiry of a condor, refused where it has none."""
    if condor.expiry is None:
        raise ActRefusedError("expiry", "is missing")
    return condor.expiry


def legged_credit(condor: Condor, cash: Decimal) -> Decimal | None:
    """Return the net points a condor brought in, once all its legs are on and nothing was closed before."""
    if not condor.is_complete or any(dated.act != OPEN for dated in condor.fills):
        return None
    return cash / (condor.quantity * condor.legs[0].contract.multiplier)


def package_on(
    ticket: Ticket, condor: Condor, quantity: int, strikes: tuple[Pair, Pair], credit: Decimal
) -> tuple[Fill, ...]:
    """Return the fills that put `quantity` condors on at (puts, calls) for one credit; refused, field first."""
    puts, calls = strikes
    check_count("quantity", quantity)
    check_strikes(puts, calls)
    check_credit(credit, puts, calls)
    fills = opening_package(condor.root, expiry_of(condor), quantity, puts, calls)
    check_condor_contracts(fills, condor.root, expiry_of(condor))
    for fill in fills:
        check_contract(fill.contract, ticket.calendar)
        check_alive(fill.contract, ticket.at, ticket.calendar)
    return fills


def package_off(ticket: Ticket, condor: Condor, count: int, debit: Decimal) -> tuple[Fill, ...]:
    """Return the fills that take `count` complete condors off for one debit; refused, field first."""
    check_points("debit", debit)
    check_count("quantity", count)
    require(condor.is_complete, "condor_id", f"condor {condor.id} has not all four legs on: close them one by one")
    require(count <= condor.quantity, "quantity", f"{count} closes more than the {condor.quantity} held")
    for leg in condor.legs:
        check_alive(leg.contract, ticket.at, ticket.calendar)
    return closing_package(condor.legs, count)
