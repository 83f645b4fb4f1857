"""G7: does every backup that was made under load restore to what it was, and is none made of a damaged journal?

And F13, F14: a restore or an export that is killed leaves the old or the new, never a mixture.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import tempfile
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from core.journal.entry import Stamp
from db.anchor import journal_head
from db.backup import backups_of, make_backup
from db.connection import connect_reader
from db.files import write_whole
from db.journal_errors import BackupFailedError
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.opening import opened_writer
from db.restore import restore
from db.verify import verify
from tests.faults.kit import (
    SOUND,
    Acks,
    Figures,
    Phase,
    forked,
    killed,
    new_journal,
    next_draft,
    now,
    reckon,
    timed,
    write_for_ever,
)

BACKUPS_A_WRITER = 20
BLIND, NAIVE = "copies_without_looking", "writes_in_place"
OLD, NEW = b"o" * 300_000, b"n" * 280_000


def run_backups(runs: int, seed: int = 8) -> Figures:
    """Back up while another process writes, restore each backup, and compare; nobody else may read any file."""
    figures, dice = Figures("backups under load"), random.Random(seed)
    figures.more = {"wider_than_0600": 0}
    before = os.umask(0)
    try:
        with timed(figures):
            while figures.runs < runs:
                _under_one_writer(min(BACKUPS_A_WRITER, runs - figures.runs), dice, figures)
    finally:
        os.umask(before)
    return figures


def _under_one_writer(count: int, dice: random.Random, figures: Figures) -> None:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        path = Path(folder, "kept", "journal.db")
        new_journal(path)
        acks = Acks()
        child = forked(partial(write_for_ever, path, acks, Phase(), SOUND, dice.randrange(10**9)))
        try:
            for _ in range(count):
                _one_backup(path, Path(folder, "other", "journal.db"), acks, figures)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(acks.writing)
            os.close(acks.reading)
        files = [one for one in Path(folder).rglob("*") if one.is_file()]
        wider = sum(bool(stat.S_IMODE(one.stat().st_mode) & 0o077) for one in files)
        figures.more["wider_than_0600"] += wider
        if wider:
            figures.fail("others may read a file")


def _one_backup(path: Path, other: Path, acks: Acks, figures: Figures) -> None:
    """Make a backup through a reader of our own, and restore it to another place."""
    _drain(acks)
    with closing(connect_reader(path)) as reader:
        before = journal_head(reader)
        backup = make_backup(reader, path, now(), folder=path.parent / "mine")
    figures.runs += 1
    with hold_journal(other):
        restore(other, backup.path, now())
    with closing(connect_reader(other)) as restored:
        rows = dict(restored.execute("SELECT seq, hash FROM journal_entry"))
        if before is None or rows.get(before.seq) != before.hash or not verify(restored).ok:
            figures.damaged += 1
            figures.fail("the backup is not what was there")


def _drain(acks: Acks) -> None:
    os.set_blocking(acks.reading, False)
    with suppress(BlockingIOError):
        while os.read(acks.reading, 65536):
            pass


def run_suspect(runs: int, seed: int = 9, build: str = SOUND) -> Figures:
    """Damage the journal's entries, then back up: no backup may be made, and no good one taken away."""
    figures, dice = Figures("backup of a damaged journal", build), random.Random(seed)
    figures.more = {"refused": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        good = Path(folder, "good", "journal.db")
        new_journal(good)
        with closing(opened_writer(good, now())) as opened:
            book = load_book(opened.connection)
            for _ in range(10):
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
            make_backup(opened.connection, good, now())
        for number in range(runs):
            path = Path(folder, str(number), "journal.db")
            shutil.copytree(good.parent, path.parent)
            _one_suspect(path, dice.randrange(2, 11), figures)
    return figures


def _one_suspect(path: Path, seq: int, figures: Figures) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        (rule,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_entry_keeps'").fetchone()
        raw.execute("DROP TRIGGER journal_entry_keeps")
        raw.execute("UPDATE journal_entry SET vix_e8 = 7 WHERE seq = ?", (seq,))
        raw.execute(rule)
    figures.runs += 1
    before = {one.path.name for one in backups_of(path)}
    with closing(connect_reader(path)) as connection:
        try:
            if figures.build == BLIND:  # a broken build: copies the file and counts it as a backup
                shutil.copy(path, path.parent / "backups" / f"{path.stem}-20990101T000000Z-11-deadbeef-v1.db")
            else:
                make_backup(connection, path, now())
        except BackupFailedError:
            figures.more["refused"] += 1
    after = {one.path.name for one in backups_of(path)}
    if after != before:
        figures.damaged += 1
        figures.fail("the backups are other ones now")


def run_export(runs: int, seed: int = 10, build: str = SOUND) -> Figures:
    """Kill the writing of a file: it must be the old one or the new one."""
    figures, dice = Figures("export killed", build), random.Random(seed)
    figures.more = {"old": 0, "new": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        path = Path(folder, "log.csv")
        for _ in range(runs):
            path.write_bytes(OLD)
            killed(forked(partial(_write_for_ever, path, build)), dice.random() * 0.006)
            figures.runs += 1
            found = path.read_bytes()
            if found not in (OLD, NEW):
                figures.damaged += 1
            else:
                figures.more["old" if found == OLD else "new"] += 1
    return figures


def _write_for_ever(path: Path, build: str) -> None:
    while True:
        if build == NAIVE:
            path.write_bytes(NEW)
        else:
            write_whole(path, NEW)


def run_restore(runs: int, seed: int = 11) -> Figures:
    """Kill a restore: at the next start the journal is wholly the old one or the backup, and nothing is gone."""
    figures, dice = Figures("restore killed"), random.Random(seed)
    figures.more = {"old": 0, "new": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        good = Path(folder, "good", "journal.db")
        new_journal(good)
        with closing(opened_writer(good, now())) as opened:
            book = load_book(opened.connection)
            for number in range(12):
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
                if number == 5:
                    backup = make_backup(opened.connection, good, now())
        for number in range(runs):
            path = Path(folder, str(number), "journal.db")
            shutil.copytree(good.parent, path.parent)
            killed(forked(partial(_restore, path, backup.path.name)), dice.random() * 0.14)
            figures.runs += 1
            seq, _ = reckon(path, [], figures, whole=True)
            figures.more["new" if seq == backup.seq else "old"] += 1
            if seq not in (backup.seq, book.last_seq):
                figures.fail(f"it ends at entry {seq}")
            _require_old_kept(path, seq == backup.seq, book.last_seq, figures)
            shutil.rmtree(path.parent)
    return figures


def _restore(path: Path, name: str) -> None:
    with hold_journal(path):
        restore(path, path.parent / "backups" / name, now())


def _require_old_kept(path: Path, is_new: bool, last: int, figures: Figures) -> None:
    if not is_new:
        return
    kept = list(path.parent.glob("damaged/*/journal.db"))
    if not kept:
        figures.fail("the old journal is gone")
        return
    with closing(sqlite3.connect(kept[0])) as old:
        if old.execute("SELECT max(seq) FROM journal_entry").fetchone() != (last,):
            figures.fail("the old journal is not whole")
