"""How does a file leave the program? Whole or not at all, for its owner alone, never over a journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.files import put_in_place
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
    pieces = (content,) if isinstance(content, str | bytes) else content
    put_in_place(path, (piece.encode() if isinstance(piece, str) else piece for piece in pieces))
