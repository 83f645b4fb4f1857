"""Who may write? One process at a time, by an advisory lock on a file of its own that dies with its holder."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.journal_errors import JournalError, NotWritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOLDER_BYTES = 32
_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and nobody can read a locked one: the lock lies far behind the holder's number."""

LOOK_S = 0.02


class JournalInUseError(JournalError):
    """Another process (or another part of this one) is writing to the journal."""


def lock_path(journal: Path) -> Path:
    """Return the lock's own file, the same for every name that leads to the journal."""
    resolved = journal.resolve()
    return resolved.with_name(resolved.name + ".lock")


@contextmanager
def hold_journal(journal: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the right to write to a journal for as long as the body runs.

    Raises JournalInUseError once another has held it for the whole of `wait_s`, NotWritableError where the lock's
    file cannot be made.

    The journal itself is never opened here: closing a second descriptor of it would drop SQLite's own locks.
    The lock's file stays behind; the lock does not, however the process ends.
    """
    path = lock_path(journal)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NotWritableError(f"{path} cannot be made: {error.strerror}") from None
    try:
        if not _taken_within(descriptor, wait_s):
            raise JournalInUseError(f"{journal} is in use by {_holder(descriptor)}; close it there first")
        _sign(descriptor)
        _end_restore(journal)
        yield
    finally:
        os.close(descriptor)


def _end_restore(journal: Path) -> None:
    """End a restore that was cut short, before anybody opens the journal."""
    if journal.with_name(journal.name + ".restoring").exists():
        from datetime import UTC, datetime

        from db.restore import finish_restore

        finish_restore(journal, datetime.now(UTC))


def _taken_within(descriptor: int, wait_s: float) -> bool:
    deadline = time.monotonic() + wait_s
    while not _take(descriptor):
        if time.monotonic() >= deadline:
            return False
        time.sleep(LOOK_S)
    return True


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, str(os.getpid()).encode("ascii"))


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    number = os.read(descriptor, _HOLDER_BYTES).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdigit() else "another process"


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
