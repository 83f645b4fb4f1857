"""How does a backup become the journal again? As a new file that is checked, then swapped in; the old one is kept.

A note of what is going on is written before anything moves, so that a restore cut short is ended at the next
start: the journal is wholly the old one or wholly the new one.
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.journal.log import log_rows
from db.anchor import Head, anchor_now, anchored_head
from db.backup import copy_into, verified_backup
from db.connection import connect_reader
from db.files import companions, make_folder, sync_folder, write_whole
from db.journal_errors import JournalError
from db.journal_read import load_entries
from db.rescue import kept_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from core.journal.log import LogRow


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: the entry up to which the journal goes now, where the old file is, what it had beyond that.

    `missing` are the rows to enter again, as far as the old file can be read; `anchored` the last entry that was
    acknowledged before, None where no anchor told.
    """

    head: Head
    kept: Path | None
    missing: tuple[LogRow, ...]
    anchored: Head | None


def restore(journal: Path, backup: Path, now: datetime, tell: Callable[[int], None] | None = None) -> Restored:
    """Put a backup in the journal's place. The caller holds the journal's lock and has no connection to it.

    Raises JournalError where the backup does not hold, and what `tell` raises: then nothing was changed.
    """
    head = verified_backup(backup, tell)
    anchored = anchored_head(journal)
    fresh = journal.with_name(f".{journal.name}.restored.new")
    with closing(connect_reader(backup, any_schema=True)) as source:
        copy_into(source, fresh, tell)
    if verified_backup(fresh, tell) != head:
        fresh.unlink()
        raise JournalError(f"the copy of {backup} is not like it; the journal was not touched")
    missing = _beyond(journal, head)
    kept = kept_folder(journal)
    note = {"fresh": fresh.name, "kept": str(kept.relative_to(journal.parent))}
    write_whole(note_path(journal), json.dumps(note).encode("utf-8"))
    finish_restore(journal, now)
    return Restored(head, kept if kept.exists() else None, missing, anchored)


def restore_beside(target: Path, backup: Path, now: datetime) -> Head:
    """Write a backup to a journal of its own, where there is no file yet; raises JournalError."""
    if target.exists():
        raise JournalError(f"{target} exists already; nothing was changed")
    head = verified_backup(backup)
    fresh = make_folder(target.parent).joinpath(f".{target.name}.restored.new")
    with closing(connect_reader(backup, any_schema=True)) as source:
        copy_into(source, fresh)
    fresh.rename(target)
    sync_folder(target.parent)
    with closing(connect_reader(target, any_schema=True)) as restored:
        anchor_now(target, restored, now)
    return head


def note_path(journal: Path) -> Path:
    """Return the path of the note that a restore is under way."""
    resolved = journal.resolve()
    return resolved.with_name(resolved.name + ".restoring")


def finish_restore(journal: Path, now: datetime) -> None:
    """End a restore that was noted, from wherever it was cut short; without a note nothing is done."""
    note = note_path(journal)
    if not note.exists():
        return
    found: dict[str, Any] = json.loads(note.read_text("utf-8"))
    journal = journal.resolve()
    fresh, kept = journal.with_name(found["fresh"]), journal.parent / found["kept"]
    if fresh.exists():
        for old in (*companions(journal), journal):
            if old.exists():
                old.rename(make_folder(kept) / old.name)
        sync_folder(journal.parent)
        fresh.rename(journal)
        sync_folder(journal.parent)
    with closing(connect_reader(journal, any_schema=True)) as restored:
        anchor_now(journal, restored, now)
    note.unlink()
    sync_folder(journal.parent)


def _beyond(journal: Path, head: Head) -> tuple[LogRow, ...]:
    """Return what the old journal has after an entry, as far as it can be read: a list to enter again from."""
    rows: list[LogRow] = []
    with suppress(Exception), closing(connect_reader(journal, any_schema=True)) as old:  # it may be damaged anyhow
        rows += log_rows(load_entries(old, head.seq))
    return tuple(rows)
