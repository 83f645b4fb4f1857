"""Are the files that SQLite has open still those at the journal's path? Asked before every acknowledgement.

Another program that closes a copy, syncs a folder or restores a backup can take the journal or its log away under
the running program; SQLite goes on without a word, into files that nobody will find again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Identity = tuple[int, int] | None


class FileGuard:
    """Remembers device and inode of the journal and of its log as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        """Take the journal's path; `remember` is called once SQLite has opened its files."""
        self.path = path
        self._files: dict[Path, Identity] = {}

    def remember(self) -> None:
        """Take the files that are there as those that are open."""
        found = {path: _identity(path) for path in (self.path, log_of(self.path))}
        self._files = {path: identity for path, identity in found.items() if identity is not None}

    def replaced(self) -> Iterator[str]:
        """Yield the name of each file that is gone or another one now."""
        for path, identity in self._files.items():
            if _identity(path) != identity:
                yield path.name


def log_of(journal: Path) -> Path:
    """Return the path of a journal's write-ahead log."""
    return Path(f"{journal}-wal")


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
