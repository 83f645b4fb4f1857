"""What do the entries add up to? The book: the same one for every program that replays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.replay import Replay, holding_in, holding_of
from core.journal.undo import UNDOING, standing, taken_back
from core.positions.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.journal.entry import Entry
    from core.positions.contract import Contract

__all__ = ["apply", "fold", "fold_as_of", "held", "holding_of", "known_at"]


def apply(book: Book, entry: Entry) -> Book:
    """Return the book after one more entry.

    An entry that takes an act back needs those before it: `fold` them all. Raises ValueError for one.
    """
    if entry.kind in UNDOING:
        raise ValueError(f"entry {entry.seq} takes another one back: fold all entries")
    return _after(book, (entry,))


def fold(entries: Iterable[Entry]) -> Book:
    """Return the book after all entries, taken in the order of the journal, without those that were undone."""
    listed = list(entries)
    gone = taken_back(listed)
    replay = Replay(Book())
    for entry in listed:
        (replay.pass_over if entry.seq in gone else replay.take)(entry)
    return replay.book()


def fold_as_of(entries: Iterable[Entry], as_of: datetime) -> Book:
    """Return the book of what had happened by the moment, as it is known today; nothing later is looked at.

    The events of one position never go back in time, so of each position this takes a beginning. The head
    (`last_seq`, `last_hash`) is that of the last entry taken: append nothing to such a book.
    """
    return _after(Book(), (entry for entry in standing(entries) if entry.event_time <= as_of))


def known_at(entries: Iterable[Entry], moment: datetime) -> list[Entry]:
    """Return the entries that were recorded by a moment: what the journal knew then, its errors with it."""
    return [entry for entry in entries if entry.recorded_at <= moment]


def held(book: Book, contract: Contract, *, condor_id: int | None = None, layer: int | None = None) -> int:
    """Return the signed quantity of a contract in a condor (`layer` None) or in a layer."""
    return next((leg.quantity for leg in holding_in(book, condor_id, layer).legs if leg.contract == contract), 0)


def _after(book: Book, entries: Iterable[Entry]) -> Book:
    replay = Replay(book)
    for entry in entries:
        replay.take(entry)
    return replay.book()
