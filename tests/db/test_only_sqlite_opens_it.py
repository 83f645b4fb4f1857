"""Does anything but SQLite open the journal's file while it is in use? Closing it would drop SQLite's locks."""

from __future__ import annotations

import builtins
import io
import os
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.journal import acts
from db.backup import make_backup
from db.connection import connect_reader
from db.journal_store import create_journal
from db.lock import hold_journal
from db.opening import opened_writer
from db.projection import rebuild
from db.start_state import quick_check
from db.verify import verify
from tests.core.journal.desk import MORNING
from tests.db.ledger import Ledger, fill_with_all_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

NOW = MORNING + timedelta(days=1)


def test_a_session_leaves_the_file_to_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Create, write, read, check, back up, rebuild and close, with every other way to open a file watched."""
    path = tmp_path / "journal.db"
    create_journal(path, MORNING).close()
    touched: list[str] = []

    def watched(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(target: Any, *more: Any, **named: Any) -> Any:
            if isinstance(target, str | os.PathLike) and Path(target).resolve() == path:
                touched.append(name)
            return real(target, *more, **named)

        return call

    for module, name in ((builtins, "open"), (io, "open"), (os, "open"), (shutil, "copyfile"), (shutil, "copy")):
        monkeypatch.setattr(module, name, watched(getattr(module, name), name))
    with hold_journal(path), closing(opened_writer(path, NOW)) as opened:
        fill_with_all_kinds(Ledger(opened.connection))
        Ledger(opened.connection).do(acts.acknowledge, alert_key="seen")
        with closing(connect_reader(path)) as reader:
            assert quick_check(reader, path) is None
            assert verify(reader).ok
        make_backup(opened.connection, path, NOW)
        rebuild(opened.connection)
    assert touched == []
    path.read_bytes()
    assert touched, "the watch sees what it should"
