"""Which acts change a hedge layer? Each is checked against the book and becomes a draft, or is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import PositionAct
from core.journal.entry import Draft, EntryKind
from core.journal.ticket import check_fills, checked_ticket, draft_position, moves
from core.positions.book import LAYER_NUMBERS, Layer
from core.positions.checks import check_expired, check_session
from core.positions.filling import filled
from core.positions.flags import layer_flags
from core.positions.leg import CLOSE, OPEN, SETTLE, Fill, cash_of
from core.positions.settlement import settlement_fills, settlement_named
from core.positions.values import MAX_NAME_LENGTH, ActRefusedError, check_text, checked_moment, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar
    from core.positions.book import Book

_NOTHING = Decimal(0)


def open_layer(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    number: int,
    fills: Sequence[Fill],
    fees: Decimal,
    at: datetime,
    note: str = "",
    condor_id: int | None = None,
) -> Draft:
    """Open or add to a hedge layer, 1 to 4: of the whole book (`condor_id` None) or of one condor."""
    ticket = checked_ticket(calendar, at, fees, note)
    before = _layer(book, number, condor_id)
    check_fills(fills, ticket)
    after = filled(before, ticket.at, OPEN, fills)
    act = PositionAct(
        moves=moves((OPEN, fills)),
        cash=cash_of(fills, before.legs),
        fees=fees,
        condor_id=condor_id,
        layer=number,
        is_new=not before.is_open,
        flags=layer_flags(after, _others(book, before), calendar),
    )
    return draft_position(EntryKind.LAYER_OPENED, ticket, before, act)


def close_layer(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    number: int,
    fills: Sequence[Fill],
    fees: Decimal,
    at: datetime,
    note: str = "",
    condor_id: int | None = None,
) -> Draft:
    """Close a layer or part of it: each fill has the opposite sign of what is held."""
    ticket = checked_ticket(calendar, at, fees, note)
    before = held_layer(book, number, condor_id)
    check_fills(fills, ticket)
    after = filled(before, ticket.at, CLOSE, fills)
    act = PositionAct(
        moves=moves((CLOSE, fills)),
        cash=cash_of(fills, before.legs),
        fees=fees,
        condor_id=condor_id,
        layer=number,
        flags=layer_flags(after, _others(book, before), calendar),
    )
    return draft_position(EntryKind.LAYER_CLOSED, ticket, before, act)


def roll_layer(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    number: int,
    close_fills: Sequence[Fill],
    open_fills: Sequence[Fill],
    fees: Decimal,
    at: datetime,
    note: str = "",
    condor_id: int | None = None,
) -> Draft:
    """Close some contracts of a layer and open others, in one entry."""
    ticket = checked_ticket(calendar, at, fees, note)
    before = held_layer(book, number, condor_id)
    check_fills(close_fills, ticket)
    check_fills(open_fills, ticket)
    after = filled(filled(before, ticket.at, CLOSE, close_fills), ticket.at, OPEN, open_fills)
    act = PositionAct(
        moves=moves((CLOSE, close_fills), (OPEN, open_fills)),
        cash=cash_of((*close_fills, *open_fills), before.legs),
        fees=fees,
        condor_id=condor_id,
        layer=number,
        flags=layer_flags(after, _others(book, before), calendar),
    )
    return draft_position(EntryKind.LAYER_ROLLED, ticket, before, act)


def settle_layer(  # noqa: PLR0913 - the fields of one form
    book: Book,
    calendar: SessionCalendar,
    *,
    number: int,
    expiry: date,
    value: Decimal,
    value_name: str,
    at: datetime,
    note: str = "",
    condor_id: int | None = None,
    root: str = "",
) -> Draft:
    """Settle in cash what a layer holds of one expiry and one settlement value.

    `value_name` is "VRO", "SET" or "close"; behind a comma it may say where the value came from. Options
    settle at intrinsic; a future books the difference to what it was opened at. XSP settles to SPX / 10.
    Options on shares are booked at intrinsic although they deliver shares. `root` narrows the legs where several
    indices close on the day.
    """
    ticket = checked_ticket(calendar, at, _NOTHING, note)
    before = held_layer(book, number, condor_id)
    check_session(expiry, calendar)
    legs = [leg for leg in before.legs if leg.contract.expiry == expiry and root in ("", leg.contract.root)]
    named = [leg for leg in legs if leg.contract.terms.settlement == settlement_named(value_name)] or legs
    for leg in named:
        check_expired(leg.contract, ticket.at, calendar)
    fills = settlement_fills(named, value, value_name)
    after = filled(before, ticket.at, SETTLE, fills)
    act = PositionAct(
        moves=moves((SETTLE, fills)),
        cash=cash_of(fills, before.legs),
        fees=_NOTHING,
        condor_id=condor_id,
        layer=number,
        flags=layer_flags(after, _others(book, before), calendar),
        value=value,
        value_name=value_name,
    )
    return draft_position(EntryKind.LAYER_SETTLED, ticket, before, act)


def name_layer(
    book: Book,  # noqa: ARG001 - every act has the same form
    *,
    number: int,
    name: str,
    at: datetime,
) -> Draft:
    """Give a layer number another name, one line of at most 40 characters."""
    check_number_of_layer(number)
    cleaned = name.strip()
    check_text("name", cleaned, MAX_NAME_LENGTH)
    require(cleaned.isprintable() and bool(cleaned), "name", "must be one line of visible characters")
    return Draft(EntryKind.LAYER_NAMED, checked_moment("at", at), {"layer": number, "name": cleaned})


def held_layer(book: Book, number: int, condor_id: int | None) -> Layer:
    """Return a layer that holds something; refused with the places where its number does, if there are any."""
    layer = _layer(book, number, condor_id)
    if not layer.is_open:
        elsewhere = [_scope(other.condor_id) for other in book.layers_numbered(number) if other.is_open]
        hint = f"; the one {' and the one '.join(elsewhere)} does" if elsewhere else ""
        raise ActRefusedError("number", f"layer {number} {_scope(condor_id)} holds nothing{hint}")
    return layer


def _scope(condor_id: int | None) -> str:
    return "of the book" if condor_id is None else f"of condor {condor_id}"


def check_number_of_layer(number: int) -> None:
    """Refuse a layer outside 1 to 4."""
    require(number in LAYER_NUMBERS, "number", f"there is no layer {number}: layers are 1 to 4")


def _layer(book: Book, number: int, condor_id: int | None) -> Layer:
    check_number_of_layer(number)
    if condor_id is not None and condor_id not in book.condors:
        raise ActRefusedError("condor_id", f"there is no condor {condor_id}")
    found = book.layers.get((number, condor_id))
    return Layer(number=number, condor_id=condor_id) if found is None else found


def _others(book: Book, layer: Layer) -> list[Layer]:
    """Return the other layers of the same scope."""
    return [other for other in book.open_layers if other.condor_id == layer.condor_id]
