"""Does an act still fit the book? Asked once more when it is written, and for every entry when verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.journal.entry import EntryKind, Json
    from core.positions.book import Book


def confirm(book: Book, kind: EntryKind, event_time: datetime, body: Mapping[str, Json]) -> None:
    """Raise ActRefusedError where an act does not follow from the book: another entry came in between.

    Fills must open what is not held the other way and close no more than is held; a new condor's number
    must be free, an old one known; no event goes back before the last of its position; where every fill
    has a price, the cash is exactly theirs.
    """
    Replay(book).confirm(kind, event_time, body)
