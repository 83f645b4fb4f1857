"""How does a file leave the program? Whole or not at all, for its owner alone, never over a journal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from db.target import check_target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIMULATED = "SIMULATED - not real prices, not real trades"


def write_export(path: Path, content: str | bytes | Iterable[str | bytes], journal: Path | None) -> None:
    """Write a file whole or not at all, readable by its owner alone: a new file in place of the old one.

    A long content may come in pieces, which need not be in memory all at once. What was there stays until the new
    one is on the disk. Raises TargetRefusedError where that would be over the journal or another database, OSError
    where the disk refuses.
    """
    check_target(path, journal)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in (content,) if isinstance(content, str | bytes) else content:
                file.write(piece.encode() if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the folder's new name on the disk too; Windows does that by itself and opens no folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
