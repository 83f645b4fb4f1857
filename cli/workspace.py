"""Which journal, playbook and settings does a command work on, and may it write?"""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cli.journal import journal_path
from cli.values import as_of_moment
from db.connection import SCHEMA_VERSION, JournalGoneError, JournalMissingError, missing
from db.facts import load_facts
from db.places import settings_file
from db.playbooks import playbook_in_force
from db.settings import ages_of, load_settings

if TYPE_CHECKING:
    import argparse
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from core.playbook.parameters import Playbook
    from core.state import Facts
    from db.settings import Value

WAIT_FOR_WRITER_S = 5.0
"""How long a command waits for another one that is writing."""


@dataclass(frozen=True)
class Workspace:
    """An open journal with the playbook and settings in force, and the moment of the command."""

    path: Path
    connection: sqlite3.Connection
    playbook: Playbook
    settings: dict[str, Value]
    now: datetime
    known: datetime | None = None
    """Only what was recorded by then counts, None for all (`--known-at`)."""

    def facts(self, at: datetime | None = None) -> Facts:
        """Return the facts as they were at a moment, now if none is given."""
        return load_facts(self.connection, self.playbook, ages_of(self.settings), at or self.now, self.known)


def playbook_of(args: argparse.Namespace, settings: dict[str, Value]) -> Playbook:
    """Return the playbook that was asked for, else the one of the settings."""
    return playbook_in_force(settings, args.playbook)


@contextmanager
def reading(args: argparse.Namespace, *, is_check: bool = False) -> Iterator[Workspace]:
    """Open the journal for reading; a missing one is refused with what to do.

    What a quick look finds wrong with it is said on the error stream, unless the command is a check itself.
    """
    from db.opening import opened_reader

    path = journal_path(args)
    try:
        opened = opened_reader(path)
    except JournalGoneError:
        raise
    except JournalMissingError:
        raise JournalMissingError(
            f"there is no journal at {path}: import market files or enter a position to begin one, or try the demo"
        ) from None
    with closing(opened):
        if not is_check:
            _say_what_is_wrong(args, opened.connection, path)
        yield workspace_of(args, path, opened.connection, datetime.now(UTC))


def _say_what_is_wrong(args: argparse.Namespace, connection: sqlite3.Connection, path: Path) -> None:
    from db.opening import newer, version_of
    from db.start_state import quick_check

    version = version_of(connection)
    found = newer(path, version) if version > SCHEMA_VERSION else quick_check(connection, path)
    if found is not None:
        print_error(args, found.text)


@contextmanager
def writing(args: argparse.Namespace) -> Iterator[Workspace]:
    """Open the journal for writing, alone; a missing one is created and said so, unless the command is refused.

    Where the command is done by a window that has the journal, it is open already.
    """
    if args.held is not None:
        _back_up_before(args, args.held)
        yield args.held
        return
    from db.journal_store import create_journal, discard_new
    from db.lock import hold_journal

    path, now = journal_path(args), datetime.now(UTC)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold_journal(path, WAIT_FOR_WRITER_S):
        if path.exists():
            with _writer(args, path, now) as workspace:
                _back_up_before(args, workspace)
                yield workspace
            return
        if isinstance(why := missing(path), JournalGoneError):
            raise why
        create_journal(path, now).close()
        try:
            with _writer(args, path, now) as workspace:
                yield workspace
        except BaseException:
            discard_new(path)
            raise
        print(f"condor-watch: began a new journal at {path}", file=sys.stderr)


def _back_up_before(args: argparse.Namespace, workspace: Workspace) -> None:
    """Make a backup before an import, where an act was entered that no backup holds."""
    if args.command == "import":
        from db.backup import back_up_if_due

        back_up_if_due(workspace.connection, workspace.path, workspace.now)


@contextmanager
def _writer(args: argparse.Namespace, path: Path, now: datetime) -> Iterator[Workspace]:
    from db.journal_errors import JournalSuspectError
    from db.opening import opened_writer
    from db.sessions import ensure_calendar

    with closing(opened_writer(path, now)) as opened:
        if opened.read_only:
            raise JournalSuspectError(f"not saved: {opened.read_only}")
        for notice in opened.notices:
            print_error(args, notice.text)
        ensure_calendar(opened.connection, now)
        yield workspace_of(args, path, opened.connection, datetime.now(UTC))


def workspace_of(args: argparse.Namespace, path: Path, connection: sqlite3.Connection, now: datetime) -> Workspace:
    """Return an open journal with the playbook and the settings that hold for a command."""
    settings = load_settings(settings_file())
    text = getattr(args, "known_at", None)
    known = None if text is None else as_of_moment(text, now, "--known-at")
    return Workspace(path, connection, playbook_of(args, settings), settings, now, known)


def show(args: argparse.Namespace, record: dict[str, Any], text: str) -> int:
    """Print the record as one JSON document if --json was given, else the text."""
    shown = json.dumps(record, indent=2, ensure_ascii=True, allow_nan=False) if args.json else text
    print(shown, file=args.out)
    return 0


def print_error(args: argparse.Namespace, message: str) -> None:
    """Print one line on the error stream."""
    print(f"condor-watch: {' '.join(message.split())}", file=args.err or sys.stderr, flush=True)
