"""What is done on the database thread? Plain functions of an open journal; none of them knows Qt."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from core.journal.entry import Draft, Entry
    from core.journal.log import LogRow
    from core.market.quote import Quote
    from core.market.snapshot import Ages
    from core.playbook.parameters import Playbook
    from core.positions.book import Book
    from core.positions.contract import Contract
    from core.state import Facts, Past
    from db.opening import Opened
    from db.start_state import Found


@dataclass(frozen=True)
class OpenJournal:
    """A journal that is open; `read_only` says why nothing can be written, "" where it can.

    `notices` are what was found at start; `was_left_open`: the last program that wrote did not close it.
    """

    path: Path
    connection: sqlite3.Connection
    read_only: str = ""
    notices: tuple[Found, ...] = ()
    was_left_open: bool = False


@dataclass(frozen=True)
class Rules:
    """By which rules facts are read: the playbook in force and the ages that a value may have."""

    playbook: Playbook
    ages: Ages


@dataclass(frozen=True)
class Closes:
    """What the charts need, long before the rest is read."""

    past: Past
    playbook: Playbook


@dataclass(frozen=True)
class Loaded:
    """What was read from a journal: where it lies, its facts, its hedge log, why it cannot be written.

    `notices` are what was found at start; `was_left_open`: it should be checked from its first entry.
    """

    path: Path
    facts: Facts
    log: Sequence[LogRow]
    read_only: str = ""
    notices: tuple[Found, ...] = ()
    was_left_open: bool = False


@contextmanager
def open_journal(path: Path, now: datetime) -> Iterator[OpenJournal]:
    """Open a journal for writing; one that is in use elsewhere for reading, with the reason.

    Raises JournalError where it is missing, not a journal, newer than this program or out of reach.
    """
    from db.backup import back_up_if_due
    from db.sessions import ensure_calendar

    with ExitStack() as stack:
        opened = _opened(path, now, stack)
        stack.callback(opened.close)
        journal = OpenJournal(path, opened.connection, opened.read_only, opened.notices, opened.was_left_open)
        if not opened.read_only:
            ensure_calendar(opened.connection, now)
        yield journal
        if not opened.read_only:
            back_up_if_due(opened.connection, path, datetime.now(UTC))


def _opened(path: Path, now: datetime, stack: ExitStack) -> Opened:
    """Take the journal's lock and open it; where another process has it, or none can be had, open it to read."""
    from db.journal_errors import NotWritableError
    from db.lock import JournalInUseError, hold_journal
    from db.opening import opened_reader, opened_writer
    from db.start_state import Found, Start, read_only_place

    try:
        stack.enter_context(hold_journal(path))
    except JournalInUseError as error:
        return opened_reader(path, Found(Start.IN_USE, str(error)))
    except NotWritableError:
        return opened_reader(path, read_only_place(path))
    return opened_writer(path, now)


def begin_journal(path: Path, now: datetime) -> None:
    """Create an empty journal; raises JournalError where there is a file already."""
    from db.journal_store import create_journal
    from db.lock import hold_journal

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold_journal(path):
        create_journal(path, now).close()


@contextmanager
def begun_first(make: Callable[[], Path], now: datetime) -> Iterator[OpenJournal]:
    """Make a journal, then open it."""
    with open_journal(make(), now) as journal:
        yield journal


def load_closes(journal: OpenJournal, rules: Rules, now: datetime) -> Closes | None:
    """Return what follows from the closes as it was kept, None where nothing was: then `load` works it out."""
    from core.monitor.past import closed_history
    from db.market_store import load_history
    from db.past_store import load_past
    from db.sessions import load_calendar

    history = load_history(journal.connection, load_calendar(journal.connection))
    past = load_past(journal.connection, closed_history(history, now), rules.playbook)
    return None if past is None else Closes(past, rules.playbook)


def load(journal: OpenJournal, rules: Rules, now: datetime) -> Loaded:
    """Return everything as it was at `now`: no entry, quote or close of a later moment."""
    from core.journal.log import log_rows
    from db.facts import load_facts
    from db.journal_read import load_entries

    facts = load_facts(journal.connection, rules.playbook, rules.ages, now)
    entries = [entry for entry in load_entries(journal.connection) if entry.event_time <= now]
    rows = log_rows(entries)
    return Loaded(journal.path, facts, rows, journal.read_only, journal.notices, journal.was_left_open)


def record(journal: OpenJournal, draft: Draft, rules: Rules, now: datetime) -> tuple[list[Entry], Book]:
    """Write an act with the market and rules of its own moment, and return it with the book after it.

    Raises JournalError where it was not written: then nothing of it was.
    """
    from core.monitor.evaluate import stamp
    from db.facts import load_facts
    from db.journal_store import append, load_book

    require_writable(journal)
    facts = load_facts(journal.connection, rules.playbook, rules.ages, draft.event_time)
    return append(journal.connection, load_book(journal.connection), [draft], [stamp(facts)], now)


def require_writable(journal: OpenJournal) -> None:
    """Refuse what writes where the journal cannot be written."""
    from db.connection import JournalError

    if journal.read_only:
        raise JournalError(f"not saved: {journal.read_only}")


def store_quotes(journal: OpenJournal, quotes: Sequence[Quote], now: datetime) -> None:
    """Store quotes; raises JournalError where they were not."""
    from db.market_store import add_quotes

    require_writable(journal)
    add_quotes(journal.connection, quotes, now)


def imported_settlements(journal: OpenJournal, contracts: Sequence[Contract]) -> dict[Contract, Decimal]:
    """Return the settlement values that were imported, for those of the contracts that have one."""
    from db.imported_settlement import imported_settlement

    values = {contract: imported_settlement(journal.connection, contract) for contract in contracts}
    return {contract: value for contract, value in values.items() if value is not None}


def keep_past(journal: OpenJournal, rules: Rules, now: datetime) -> None:
    """Keep what follows from the closes beside them, so that the next start need not work it out."""
    from db.past_store import refresh_past

    if not journal.read_only:
        refresh_past(journal.connection, rules.playbook, now)
