"""P4: what if the clock jumps? Order and claimed times of entries stay, and a step back is flagged."""

from __future__ import annotations

import itertools
import random
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.journal.entry import Stamp
from db.journal_store import append, load_book, load_entries
from db.lock import hold_journal
from db.opening import opened_writer
from db.verify import verify
from tests.faults.kit import SOUND, Figures, new_journal, next_draft, timed

START = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
"""An hour before New York sets its clocks back."""


def run(runs: int, seed: int = 12, build: str = SOUND) -> Figures:
    """Append entries while the clock jumps by up to two days, back and forth."""
    figures, dice = Figures("clock jumps", build), random.Random(seed)
    figures.more = {"steps_back": 0, "flagged": 0, "wrong_order": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        path = Path(folder, "journal.db")
        new_journal(path)
        with hold_journal(path), closing(opened_writer(path, START)) as opened:
            book, clock = load_book(opened.connection), START
            clocks = []
            for _ in range(runs):
                clock += timedelta(seconds=dice.randrange(-172_800, 172_800))
                clocks.append(clock)
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], clock)
            entries = load_entries(opened.connection)
            figures.runs = figures.acks = runs
            _reckon(figures, entries, clocks)
            if not verify(opened.connection).ok:
                figures.damaged += 1
    return figures


def _reckon(figures: Figures, entries: list, clocks: list[datetime]) -> None:
    figures.more["wrong_order"] = sum(entry.seq != number for number, entry in enumerate(entries, 1))
    figures.lost = sum(entry.recorded_at != at for entry, at in zip(entries[1:], clocks, strict=True))
    for before, entry in itertools.pairwise(entries):
        stepped_back = entry.recorded_at < before.recorded_at
        figures.more["steps_back"] += stepped_back
        figures.more["flagged"] += entry.clock_flag
        if stepped_back != entry.clock_flag:
            figures.fail(f"entry {entry.seq}: clock flag {entry.clock_flag}")
