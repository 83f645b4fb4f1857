"""G2: is every acknowledged entry there after a power cut? The image of a disk is copied under a stopped writer.

What the page cache held and no sync had forced to the image is not in the copy: as after a cut. Needs root and
loop devices.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal.entry import Stamp
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.opening import opened_writer
from tests.faults.kit import SOUND, Acks, Figures, forked, new_journal, next_draft, now, reckon, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

MUTANT = "synchronous_normal"
FALLBACK = "truncate"
IMAGE_MB = 24
CUTS_A_WRITER = 10
PRAGMAS = {
    SOUND: (),
    MUTANT: ("PRAGMA synchronous = NORMAL",),
    FALLBACK: ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = FULL"),
}


def why_not() -> str:
    """Return why no power can be cut here, "" where it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "only root can mount the image of a disk"
    if any(shutil.which(name) is None for name in ("mkfs.ext4", "mount", "umount")):
        return "mkfs.ext4 or mount is missing"
    if not Path("/dev/loop-control").exists():
        return "there are no loop devices"
    return ""


def run(runs: int, seed: int = 2, build: str = SOUND) -> Figures:
    """Cut the power `runs` times, ten times under each writer."""
    dice, figures = random.Random(seed), Figures("power cut", build)
    with _disk_in_memory() as folder, timed(figures):
        while figures.runs < runs:
            _one_writer(folder, dice, figures, min(CUTS_A_WRITER, runs - figures.runs))
    return figures


@contextmanager
def _disk_in_memory() -> Iterator[Path]:
    """Yield a folder in memory, for images are copied often."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        _call("mount", "-t", "tmpfs", "-o", f"size={IMAGE_MB * 4}m", "tmpfs", name)
        try:
            yield Path(name)
        finally:
            _call("umount", name)


@contextmanager
def _mounted(image: Path, *options: str) -> Iterator[Path]:
    at = image.with_suffix(".mount")
    at.mkdir(exist_ok=True)
    _call("mount", "-o", ",".join(("loop", *options)), str(image), str(at))
    try:
        yield at
    finally:
        _call("umount", str(at))


def _call(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _one_writer(folder: Path, dice: random.Random, figures: Figures, cuts: int) -> None:
    image = folder / "disk.img"
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(IMAGE_MB * 1024 * 1024)
    _call("mkfs.ext4", "-q", "-F", str(image))
    with _mounted(image, "commit=60") as disk:
        path = disk / "kept" / "journal.db"
        first = new_journal(path)
        os.sync()
        acks, heard = Acks(), [first]
        child = forked(partial(_write, path, acks, figures.build))
        try:
            for _ in range(cuts):
                time.sleep(0.01 + dice.random() * 0.06)
                _cut(child, image, acks, heard, figures)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(acks.writing)
            os.close(acks.reading)
    figures.acks += len(heard)


def _write(path: Path, acks: Acks, build: str) -> None:
    with hold_journal(path), closing(opened_writer(path, now())) as opened:
        connection = opened.connection
        for pragma in PRAGMAS[build]:
            connection.execute(pragma).fetchall()
        connection.guard.remember()  # the fallback has no log beside it
        book = load_book(connection)
        while True:
            _, book = append(connection, book, [next_draft(book)], [Stamp()], now())
            acks.say(book.last_seq, book.last_hash)


def _cut(child: int, image: Path, acks: Acks, heard: list[tuple[int, str]], figures: Figures) -> None:
    """Stop the writer, take what it had acknowledged and the image as it is on the disk, and look at the copy."""
    os.kill(child, signal.SIGSTOP)
    os.waitpid(child, os.WUNTRACED)
    os.set_blocking(acks.reading, False)
    heard += _said(acks)
    copy = image.with_name("cut.img")
    shutil.copyfile(image, copy)
    os.kill(child, signal.SIGCONT)
    figures.runs += 1
    try:
        with _mounted(copy) as disk:
            reckon(disk / "kept" / "journal.db", heard, figures, whole=True)
    except Exception as error:  # noqa: BLE001 - whatever keeps the journal from being opened is damage
        figures.damaged += 1
        figures.fail(f"{type(error).__name__}: {error}")


def _said(acks: Acks) -> list[tuple[int, str]]:
    data = b""
    while True:
        try:
            part = os.read(acks.reading, 65536)
        except BlockingIOError:
            break
        data += part
    return [(int(seq), found) for seq, found in (line.split(" ") for line in data.decode("ascii").splitlines())]
