"""Is it noticed when a file that is open is no longer the one at its path?"""

import shutil
from pathlib import Path

from db.inode import FileGuard, log_of


def test_a_file_that_is_gone_or_another_one_is_named(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    journal.write_text("one")
    log_of(journal).write_text("log")
    guard = FileGuard(journal)
    guard.remember()
    assert list(guard.replaced()) == []
    journal.write_text("changed in place")
    assert list(guard.replaced()) == []
    shutil.copy(journal, tmp_path / "copy")
    (tmp_path / "copy").replace(journal)
    assert list(guard.replaced()) == ["journal.db"]
    log_of(journal).unlink()
    assert list(guard.replaced()) == ["journal.db", "journal.db-wal"]
    guard.remember()
    assert list(guard.replaced()) == []
