"""Is a journal opened for work where that is safe, read where it is not, and its log written back at the end?"""

import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.journal import acts
from db.connection import JournalNotWrittenError, NotOpenedError, connect_reader
from db.journal_errors import JournalSuspectError
from db.journal_read import load_book
from db.lock import hold_journal
from db.opening import opened_reader, opened_writer, require_sound, version_of
from db.start_state import Found, Start
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger

NOW = MORNING + timedelta(days=1)
WHY = Found(Start.READ_ONLY, "why")


def test_a_session_leaves_the_log_empty_and_all_files_to_their_owner(
    full_ledger: Ledger, journal_path: Path
) -> None:
    full_ledger.connection.close()
    with hold_journal(journal_path), closing(opened_writer(journal_path, NOW)) as opened:
        Ledger(opened.connection).do(acts.acknowledge, alert_key="seen")
        assert Path(f"{journal_path}-wal").stat().st_size > 0
        assert version_of(opened.connection) == 1
    log = Path(f"{journal_path}-wal")
    assert not log.exists() or log.stat().st_size == 0
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in journal_path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_a_copy_aside_goes_with_the_journal_that_was_read_from_it(
    full_ledger: Ledger, journal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SQLite cannot share the log (the harness of read-only disks shows it), file and log are copied."""
    connect, asked = connect_reader, []

    def refusing_first(path: Path, **more: bool) -> sqlite3.Connection:
        asked.append(path)
        if len(asked) == 1:
            raise NotOpenedError("no index of the log can be made here")
        return connect(path, **more)

    monkeypatch.setattr("db.opening.connect_reader", refusing_first)
    with closing(opened_reader(journal_path, WHY)) as opened:
        assert load_book(opened.connection) == full_ledger.desk.book
        place = asked[1].parent
        assert place != journal_path.parent
        assert opened.read_only == "why"
    assert not place.exists()


def test_an_error_of_the_disk_ends_the_writing_through_this_connection(full_ledger: Ledger) -> None:
    """After a failed sync nobody knows what is on the disk: nothing is tried again before a check."""
    connection = full_ledger.connection
    connection.broken = "the disk reported an error before"  # type: ignore[attr-defined]
    with pytest.raises(JournalNotWrittenError, match="not saved: the disk reported an error before"):
        full_ledger.do(acts.acknowledge)


def test_a_suspect_journal_is_refused_in_words(full_ledger: Ledger, journal_path: Path) -> None:
    require_sound(full_ledger.connection, journal_path)
    full_ledger.connection.execute("DELETE FROM meta")
    with closing(connect_reader(journal_path)) as reader, pytest.raises(JournalSuspectError, match="is damaged"):
        require_sound(reader, journal_path)
