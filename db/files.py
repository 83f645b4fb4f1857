"""How is a file written so that it is the old one or the new one, and never a mixture? And for its owner alone."""

from __future__ import annotations

import os
from glob import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OWNER_ONLY, OWNER_FOLDER = 0o600, 0o700
NEW = ".new"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file of the program's own whole or not at all, and clear what a killed one left. Raises OSError."""
    sweep(path.parent, path.name)
    put_in_place(path, (data,))


def put_in_place(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside the old one, sync it, put it in its place, sync the folder. Raises OSError.

    The file beside must be a new one: a link that stands there already is not followed.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}{NEW}")
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sweep(folder: Path, name: str) -> None:
    """Remove what a program that was killed left half written in place of a file."""
    for left in folder.glob(f".{escape(name)}.*{NEW}"):
        left.unlink(missing_ok=True)


def make_folder(folder: Path) -> Path:
    """Make a folder that only its owner can enter; one that is there is left as it is."""
    folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
    return folder


def sync_file(path: Path) -> None:
    """Have the disk keep what was written. Never of a journal that this process has open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def companions(journal: Path) -> Iterator[Path]:
    """Yield the files that belong to a journal beside it: log, its index, anchor."""
    for suffix in ("-wal", "-shm", ".anchor"):
        yield journal.with_name(journal.name + suffix)
