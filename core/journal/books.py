"""What was the book at each of several moments? One walk through the entries instead of one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.replay import Replay
from core.journal.undo import standing
from core.positions.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.journal.entry import Entry


def books_as_of(entries: Iterable[Entry], moments: Sequence[datetime]) -> list[Book]:
    """Return what `fold_as_of` returns for each of the moments, which must ascend; heads may differ."""
    waiting = sorted(standing(entries), key=lambda entry: entry.event_time)  # of one position never back in time
    replay, taken, found = Replay(Book()), 0, []
    for moment in moments:
        while taken < len(waiting) and waiting[taken].event_time <= moment:
            replay.take(waiting[taken])
            taken += 1
        found.append(replay.book())
    return found
