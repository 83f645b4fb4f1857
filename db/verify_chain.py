"""Does each entry follow from the one before it? A walk from the first entry that names what does not."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.journal.canonical import parse_canonical
from core.journal.chain import GENESIS, HASHED_FIELDS, note_hash, row_hash
from core.journal.entry import EntryKind, Told
from core.market.times import iso_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.migrations import Step

MAX_PROBLEMS = 50
COLUMNS = (*HASHED_FIELDS, "hash")
_ENTRIES = f"SELECT {', '.join(COLUMNS)} FROM journal_entry ORDER BY seq"  # noqa: S608 - names of our own
_BATCHES = "SELECT seq, batch, n_in_batch FROM journal_entry WHERE batch <> '' ORDER BY seq"
_NOTES = (
    "SELECT journal_entry.seq, note.hash, salt, text FROM note LEFT JOIN journal_entry ON note_hash = note.hash"
)
STEP = 2000
"""Entries between two tellings of how far a check is."""


@dataclass
class Findings:
    """What a check has found so far. The head is the last entry up to which everything holds.

    `read` are the entries as far as each could be read, for the replay that follows the chain; `tell` is told how
    many were checked, and may raise to end the check.
    """

    problems: list[str] = field(default_factory=list)
    first_bad: int | None = None
    entries: int = 0
    head_seq: int = 0
    head_hash: str = GENESIS
    read: list[Told] = field(default_factory=list)
    tell: Callable[[int], None] = lambda _count: None
    steps: Sequence[Step] = ()

    def bad(self, text: str, seq: int | None = None) -> None:
        """Note a problem, of one entry where `seq` is given."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(text)
        if seq is not None:
            self.first_bad = seq if self.first_bad is None else min(self.first_bad, seq)


def check_chain(connection: sqlite3.Connection, findings: Findings) -> None:
    """Recompute every hash, compare it with what is stored and with the next entry's `prev`."""
    before = GENESIS
    try:
        for values in connection.execute(_ENTRIES):
            row = dict(zip(COLUMNS, values, strict=True))
            findings.entries += 1
            _check_entry(row, before, findings)
            before = row["hash"]
            if findings.entries % STEP == 0:
                findings.tell(findings.entries)
    except sqlite3.Error as error:
        seq = findings.entries + 1
        findings.bad(f"entry {seq} cannot be read: {error}", seq)
    if not findings.entries:
        findings.bad("entry 1 is missing", 1)


def _check_entry(row: dict[str, Any], before: str, findings: Findings) -> None:
    seq, expected = row["seq"], findings.entries
    if seq != expected and findings.first_bad is None:
        findings.bad(f"entry {expected} is missing: the next one is {seq}", expected)
    for fault in _faults(row, before, findings):
        findings.bad(f"entry {seq}: {fault}", seq)
    if findings.first_bad is None:
        findings.head_seq, findings.head_hash = seq, row["hash"]


def _faults(row: dict[str, Any], before: str, findings: Findings) -> Iterator[str]:
    if row["prev"] != before:
        yield "does not follow from the entry before it"
    try:
        if row_hash(row) != row["hash"]:
            yield "was changed: its hash is that of another text"
        moment = datetime.fromisoformat(row["event_time"])
        kind, body = EntryKind(row["kind"]), parse_canonical(row["body"])
        findings.read.append(Told(row["seq"], kind, moment, body, row["hash"]))
        for name, found in (("event_time", moment), ("recorded_at", datetime.fromisoformat(row["recorded_at"]))):
            if iso_utc(found) != row[name]:
                yield f"{name} {row[name]!r} is not written in UTC"
    except Exception as error:  # noqa: BLE001 - damaged cells raise errors of every type
        yield f"cannot be read: {type(error).__name__}: {error}"


def check_batches(connection: sqlite3.Connection, findings: Findings) -> None:
    """Compare the entries that were written together with how many they say they were."""
    for _, group in groupby(connection.execute(_BATCHES), key=lambda row: row[1]):
        rows = list(group)
        first, _, count = rows[0]
        if len(rows) != count:
            findings.bad(f"entry {first}: {len(rows)} of the {count} entries written with it are here", first)


def check_notes(connection: sqlite3.Connection, findings: Findings) -> None:
    """Compare the notes with the hashes in the chain; a note that was erased is no fault."""
    for seq, found, salt, text in connection.execute(_NOTES):
        if seq is None:
            findings.bad(f"note {found[:8]} belongs to no entry")
        elif note_hash(salt, text) != found:
            findings.bad(f"entry {seq}: its note was changed", seq)
