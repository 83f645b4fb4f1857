"""What keeps a journal, done on the database thread: plain functions, none of them knows Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from core.journal.entry import Draft, Entry
    from core.journal.history import Act
    from core.journal.timeline import Moment
    from core.positions.book import Book
    from db.backup import Backup
    from db.restore import Restored
    from db.verify import VerifyReport
    from gui.jobs import OpenJournal, Rules

    Tell = Callable[[int], None]
    Again = Callable[[Sequence[Entry], int | None], list[Draft]]


def take_back(
    journal: OpenJournal, again: Again, seq: int | None, now: datetime, rules: Rules
) -> tuple[list[Entry], Book]:
    """Write what undoes or redoes an act (`again` is draft_undo or draft_redo), the last where none is named."""
    from core.monitor.evaluate import stamp
    from db.facts import load_facts
    from db.journal_store import append, load_book, load_entries
    from gui.jobs import require_writable

    require_writable(journal)
    drafts = again(load_entries(journal.connection), seq)
    facts = load_facts(journal.connection, rules.playbook, rules.ages, drafts[0].event_time)
    stamps = [stamp(facts)] * len(drafts)
    return append(journal.connection, load_book(journal.connection), drafts, stamps, now)


def read_history(journal: OpenJournal) -> list[Act]:
    """Return the acts and which of them stand."""
    from core.journal.history import history_of
    from db.journal_read import load_entries

    return history_of(load_entries(journal.connection))


def read_timeline(journal: OpenJournal, condor_id: int) -> list[Moment]:
    """Return every act on a condor."""
    from core.journal.timeline import timeline_of
    from db.journal_read import load_entries

    return timeline_of(load_entries(journal.connection), condor_id)


def back_up(journal: OpenJournal, tell: Tell, now: datetime) -> Backup:
    """Make a backup and check it."""
    from db.backup import make_backup

    return make_backup(journal.connection, journal.path, now, tell=tell)


def back_up_if_due(journal: OpenJournal, now: datetime) -> Backup | None:
    """Make the backup that the end of the last session owed."""
    from db.backup import back_up_if_due as made_if_due

    return None if journal.read_only else made_if_due(journal.connection, journal.path, now)


def check(journal: OpenJournal, tell: Tell) -> VerifyReport:
    """Check the journal from its first entry."""
    from db.verify import verify

    return verify(journal.connection, tell)


def rebuild(journal: OpenJournal) -> None:
    """Write the readable tables anew from the entries."""
    from db.projection import rebuild as write_anew
    from gui.jobs import require_writable

    require_writable(journal)
    write_anew(journal.connection)


@dataclass
class Restoring:
    """A restore while the journal is closed: called by the database thread, which opens what it returns.

    Whatever keeps it from being done leaves the journal as it was: `error` then says why, else `done` what came.
    """

    journal: Path
    backup: Path
    tell: Tell
    done: Restored | None = None
    error: str = ""

    def __call__(self, now: datetime) -> Path:
        """Restore, and return which journal to open."""
        from db.lock import hold_journal
        from db.restore import restore

        try:
            with hold_journal(self.journal):
                self.done = restore(self.journal, self.backup, now, self.tell)
        except (RefusedError, OSError) as error:
            self.error = str(error)
        return self.journal
