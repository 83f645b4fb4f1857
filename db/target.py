"""May a file be written there? Never over a journal, this one or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.refusal import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

SQLITE_HEADER = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", ".lock", ".anchor")


class TargetRefusedError(RefusedError):
    """A path that must not be written to; the message says why."""


def check_target(target: Path, journal: Path | None, suffixes: tuple[str, ...] = ()) -> None:
    """Refuse to write over the journal in use, its companions or another database, or with a foreign suffix."""
    if suffixes and target.suffix.lower() not in suffixes:
        raise TargetRefusedError(f"{target}: the name must end in {' or '.join(suffixes)}")
    if journal is not None:
        taken = (journal, *(journal.with_name(journal.name + end) for end in _BESIDE))
        if any(_is_same(target, path) for path in taken):
            raise TargetRefusedError(f"{target} is the journal or belongs to it; choose another name")
    if target.is_file() and _is_database(target):
        raise TargetRefusedError(f"{target} is a database, perhaps a journal; choose another name")


def _is_same(target: Path, path: Path) -> bool:
    if target.exists() and path.exists():
        return target.samefile(path)
    return target.resolve() == path.resolve()


def _is_database(target: Path) -> bool:
    """Read the first bytes; never asked of the journal that this process has open (its locks would be dropped)."""
    with target.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
