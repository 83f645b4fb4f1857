"""Which journal is meant? Known without reading any."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def journal_path(args: argparse.Namespace) -> Path:
    """Return the path of the journal that was asked for, else of the user's own."""
    if args.journal is not None:
        path: Path = args.journal
        return path
    from db.places import default_journal

    return default_journal()
