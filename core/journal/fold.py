"""What do the entries add up to? The book: the same one for every program that replays them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from core.journal.body import POSITION_KINDS, integer, money_or_none, read_position, text
from core.journal.canonical import from_e8
from core.journal.entry import EntryKind
from core.positions.book import Account, Book, Condor, Layer
from core.positions.leg import DatedFill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.journal.body import PositionAct
    from core.journal.entry import Entry
    from core.positions.book import LayerKey
    from core.positions.contract import Contract

H = TypeVar("H", Condor, Layer)


@dataclass
class _Working:
    """The book while entries are being taken in; its mappings are its own."""

    condors: dict[int, Condor]
    layers: dict[LayerKey, Layer]
    layer_names: dict[int, str]
    account: Account | None
    acknowledged: set[str]
    last_seq: int
    last_hash: str

    @classmethod
    def of(cls, book: Book) -> _Working:
        return cls(
            dict(book.condors),
            dict(book.layers),
            dict(book.layer_names),
            book.account,
            set(book.acknowledged),
            book.last_seq,
            book.last_hash,
        )

    def book(self) -> Book:
        return Book(
            self.condors,
            self.layers,
            self.layer_names,
            self.account,
            frozenset(self.acknowledged),
            self.last_seq,
            self.last_hash,
        )


def apply(book: Book, entry: Entry) -> Book:
    """Return the book after one more entry."""
    return _after(book, (entry,))


def fold(entries: Iterable[Entry]) -> Book:
    """Return the book after all entries, taken in the order of the journal."""
    return _after(Book(), entries)


def fold_as_of(entries: Iterable[Entry], as_of: datetime) -> Book:
    """Return the book of what had happened by the moment; nothing later is looked at.

    The events of one position never go back in time, so of each position this takes a beginning. The head
    (`last_seq`, `last_hash`) is that of the last entry taken: append nothing to such a book.
    """
    return fold(entry for entry in entries if entry.event_time <= as_of)


def held(book: Book, contract: Contract, *, condor_id: int | None = None, layer: int | None = None) -> int:
    """Return the signed quantity of a contract in a condor (`layer` None) or in a layer."""
    return next((leg.quantity for leg in _holding(book, condor_id, layer).legs if leg.contract == contract), 0)


def holding_of(book: Book, act: PositionAct) -> Condor | Layer:
    """Return the condor or layer that an act is about, an empty one where there is none yet."""
    return _holding(book, act.condor_id, act.layer)


def _holding(book: Book | _Working, condor_id: int | None, number: int | None) -> Condor | Layer:
    if number is not None:
        found = book.layers.get((number, condor_id))
        return Layer(number=number, condor_id=condor_id) if found is None else found
    if condor_id is None:
        raise ValueError("neither a condor nor a layer is named")
    return book.condors.get(condor_id) or Condor(id=condor_id)


def _after(book: Book, entries: Iterable[Entry]) -> Book:
    working = _Working.of(book)
    for entry in entries:
        _take(working, entry)
        working.last_seq, working.last_hash = entry.seq, entry.hash
    return working.book()


def _take(working: _Working, entry: Entry) -> None:
    body = entry.body
    if entry.kind in POSITION_KINDS:
        _take_position(working, entry, read_position(body))
    elif entry.kind is EntryKind.LAYER_NAMED:
        working.layer_names[integer(body, "layer")] = text(body, "name")
    elif entry.kind is EntryKind.ACCOUNT_STATED:
        _take_account(working, entry)
    elif entry.kind is EntryKind.ALERT_ACKNOWLEDGED:
        working.acknowledged.add(text(body, "alert"))


def _take_position(working: _Working, entry: Entry, act: PositionAct) -> None:
    before = _holding(working, act.condor_id, act.layer)
    if isinstance(before, Layer):
        after = _moved(before, entry, act)
        working.layers[(after.number, after.condor_id)] = after
    else:
        condor = _moved(before, entry, act)
        working.condors[condor.id] = replace(condor, root=act.root, expiry=act.expiry)


def _moved(before: H, entry: Entry, act: PositionAct) -> H:
    fills = tuple(DatedFill(move.fill, entry.event_time, entry.seq, move.act) for move in act.moves)
    return replace(
        before,
        fills=before.fills + fills,
        cash=before.cash + act.cash,
        fees=before.fees + act.fees,
        earlier_cash=before.net_cash if act.is_new else before.earlier_cash,
        opened_at=entry.event_time if act.is_new else before.opened_at,
        flags=act.flags,
    )


def _take_account(working: _Working, entry: Entry) -> None:
    """Keep the account that was stated for the latest moment, whichever was entered last."""
    if working.account is not None and entry.event_time < working.account.time:
        return
    body = entry.body
    working.account = Account(
        entry.event_time,
        from_e8(integer(body, "equity_e8")),
        from_e8(integer(body, "cash_e8")),
        from_e8(integer(body, "notional_e8")),
        money_or_none(body, "margin_e8"),
    )
