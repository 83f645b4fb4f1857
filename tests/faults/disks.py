"""G17: what if the disk is full, or read-only? Everything is shown, the reason told, and it goes on later."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from core.refusal import RefusedError
from db.connection import JournalNotWrittenError
from db.files import write_whole
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.opening import opened_reader, opened_writer
from db.start_state import Found, Start
from db.verify import verify
from tests.faults.kit import (
    SOUND,
    Acks,
    Figures,
    Phase,
    forked,
    new_journal,
    next_draft,
    now,
    reckon,
    timed,
    write_for_ever,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MUTANT = "gives_up"
ENTRIES = 20
SMALL, LARGE = "size=2m", "size=16m"


def why_not() -> str:
    """Return why no small disk can be mounted here, "" where it can."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        return "only root can mount a small disk"
    return ""


def run_full(runs: int, build: str = SOUND) -> Figures:
    """Write until the disk is full, look, make room, and write on: without opening the journal anew."""
    figures = Figures("full disk", build)
    figures.more = {"refused": 0, "resumed": 0, "exports_kept": 0}
    with timed(figures):
        for _ in range(runs):
            with _disk(SMALL) as disk:
                _fill(disk, figures)
    return figures


@contextmanager
def _disk(options: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        _call("mount", "-t", "tmpfs", "-o", options, "tmpfs", name)
        try:
            yield Path(name)
        finally:
            _call("umount", name)


def _call(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _fill(disk: Path, figures: Figures) -> None:
    path = disk / "kept" / "journal.db"
    new_journal(path)
    exported = disk / "log.csv"
    write_whole(exported, b"old")
    figures.runs += 1
    with hold_journal(path), closing(opened_writer(path, now())) as opened:
        book = load_book(opened.connection)
        (disk / "others").write_bytes(bytes(max(shutil.disk_usage(disk).free - 300_000, 0)))
        with suppress(JournalNotWrittenError):
            while True:
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
                figures.acks += 1
        figures.more["refused"] += 1
        with suppress(OSError):
            write_whole(exported, b"x" * 3_000_000)
        figures.more["exports_kept"] += exported.read_bytes() == b"old"
        if load_book(opened.connection) != book:
            figures.lost += 1
        _call("mount", "-o", f"remount,{LARGE}", str(disk))
        if figures.build == MUTANT:  # a broken build: after one refusal it never writes again
            opened.connection.broken = "full"  # type: ignore[attr-defined]
        try:
            _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
            figures.more["resumed"] += 1
        except RefusedError as error:
            figures.fail(f"it did not go on: {error}")
        if not verify(opened.connection).ok:
            figures.damaged += 1


def run_read_only(runs: int) -> Figures:
    """Leave a journal open on a disk that becomes read-only, log not written back: every entry is still shown."""
    figures = Figures("read-only disk")
    figures.more = {"rows_shown": 0}
    with timed(figures):
        for number in range(runs):
            with _disk(LARGE) as disk:
                _look(disk, figures, has_index=number % 2 == 0)
    return figures


def _look(disk: Path, figures: Figures, *, has_index: bool) -> None:
    path, heard = _left(disk)
    if not has_index:
        Path(f"{path}-shm").unlink(missing_ok=True)  # as after a start of the computer
    _call("mount", "-o", "remount,ro", str(disk))
    figures.runs += 1
    figures.acks += len(heard)
    found = Found(Start.READ_ONLY, "read-only")
    with closing(opened_reader(path, found)) as opened:
        rows = dict(opened.connection.execute("SELECT seq, hash FROM journal_entry"))
        figures.lost += sum(rows.get(seq) != one for seq, one in heard)
        figures.more["rows_shown"] += len(rows)
        if not verify(opened.connection).ok:
            figures.damaged += 1
    with closing(opened_writer(path, now())) as opened:
        if "cannot be written" not in opened.read_only:
            figures.fail(f"taken for writable: {opened.read_only}")


def run_full_start(runs: int) -> Figures:
    """Start on a disk without a free byte, a hot log and no index of it beside the journal: all of it is there."""
    figures = Figures("start on a full disk")
    figures.more = {"rows_shown": 0}
    with timed(figures):
        for _ in range(runs):
            with _disk(LARGE) as disk:
                path, heard = _left(disk)
                Path(f"{path}-shm").unlink(missing_ok=True)
                with suppress(OSError):
                    (disk / "others").write_bytes(bytes(shutil.disk_usage(disk).free))
                figures.runs += 1
                figures.acks += len(heard)
                reckon(path, heard, figures, whole=True)
    return figures


def _left(disk: Path) -> tuple[Path, list[tuple[int, str]]]:
    """Return a journal that a killed program left with a hot log, and what was acknowledged."""
    path = disk / "kept" / "journal.db"
    new_journal(path)
    acks = Acks()
    child = forked(lambda: write_for_ever(path, acks, Phase(), SOUND, 1))
    first = b""
    while first.count(b"\n") < ENTRIES:
        first += os.read(acks.reading, 1)
    os.kill(child, 9)
    os.waitpid(child, 0)
    lines = (first.decode("ascii") + acks.heard_text()).split("\n")[:-1]
    return path, [(int(seq), one) for seq, one in (line.split(" ") for line in lines)]
