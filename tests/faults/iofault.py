"""G3: what if the nth write, sync or truncate fails? The error is told, nothing that was saved is lost.

The calls are replaced by a small library that is loaded before the C library; it is compiled here, so a compiler
is needed. The harness runs in a process of its own with that library, and forks one child for each fault.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from core.journal.entry import Stamp
from core.refusal import RefusedError
from db.backup import make_backup
from db.files import write_whole
from db.journal_store import append, load_book
from db.lock import hold_journal
from db.market_store import add_quotes
from db.opening import opened_writer
from tests.faults.kit import SOUND, Acks, Figures, forked, new_journal, next_draft, now, quotes_of, reckon, timed

MUTANT = "shrug"
KINDS = ((errno.ENOSPC, 0), (errno.EIO, 0), (errno.ENOSPC, 1))
TOLD, SILENT, UNTOUCHED = 3, 4, 0
SOURCE = Path(__file__).with_name("faultio.c")


def why_not() -> str:
    """Return why no call can be made to fail here, "" where it can."""
    if not sys.platform.startswith("linux"):
        return "calls are replaced as Linux does it"
    return "" if shutil.which("cc") else "there is no C compiler"


def run(runs: int, seed: int = 3, build: str = SOUND) -> Figures:
    """Let a call fail in each of `runs` sessions: every n in turn, once or for good, three kinds of error.

    Nothing here is left to chance; `seed` is taken because every harness has one.
    """
    if "FAULTIO" not in os.environ:
        return _in_own_process(runs, seed, build)
    figures = Figures("I/O faults", build)
    cases = [(n, kind, sticky) for n in range(1, 1 + runs // 6 + 1) for kind in KINDS for sticky in (0, 1)][:runs]
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        for number, (n, kind, sticky) in enumerate(cases):
            _one(Path(folder, str(number), "journal.db"), n, kind, sticky, figures)
            shutil.rmtree(Path(folder, str(number)))
    return figures


def _in_own_process(runs: int, seed: int, build: str) -> Figures:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        library = Path(folder, "faultio.so")
        words = ("cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl")
        subprocess.run(words, check=True, capture_output=True)
        code = f"from tests.faults import iofault; print(iofault.run({runs}, {seed}, {build!r}).line())"
        environment = os.environ | {"LD_PRELOAD": str(library), "FAULTIO": str(library)}
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment
        )
    return figures_of(done.stdout)


def figures_of(text: str) -> Figures:
    """Return figures from the last line that a harness printed."""
    import json

    found = json.loads(text.strip().splitlines()[-1])
    found.pop("kept")
    return Figures(**found)


def _one(path: Path, n: int, kind: tuple[int, int], sticky: int, figures: Figures) -> None:
    first = new_journal(path)
    acks = Acks()
    child = forked(partial(_session, path, acks, (n, *kind, sticky), figures.build))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    heard = [first, *acks.heard()]
    figures.runs += 1
    figures.acks += len(heard)
    name = {TOLD: "told", SILENT: "absorbed", UNTOUCHED: "untouched"}.get(code, "other")
    figures.more[name] = figures.more.get(name, 0) + 1
    if name == "other":
        figures.fail(f"call {n}, error {kind}, sticky {sticky}: the session ended with {code}")
    reckon(path, heard, figures, whole=True)


def _session(path: Path, acks: Acks, fault: tuple[int, int, int, int], build: str) -> None:
    """Open, write, import, back up, export and close while a call fails; leave with what became of the fault."""
    library = ctypes.CDLL(os.environ["FAULTIO"])
    n, error, is_short, sticky = fault
    told = False
    with hold_journal(path):
        library.faultio_arm(ctypes.c_long(n), error, sticky, is_short, acks.writing)
        try:
            _work(path, acks, build)
        except (RefusedError, OSError):
            told = True
        hits = library.faultio_hits()
        library.faultio_arm(ctypes.c_long(-1), 0, 0, 0, -1)
    os._exit(TOLD if told else SILENT if hits else UNTOUCHED)


def _work(path: Path, acks: Acks, build: str) -> None:
    with closing(opened_writer(path, now())) as opened:
        book = load_book(opened.connection)
        for number in range(4):
            try:
                _, book = append(opened.connection, book, [next_draft(book)], [Stamp()], now())
            except (RefusedError, OSError):
                if build != MUTANT:
                    raise
                acks.say(book.last_seq + 1, "0" * 64)  # a broken build: any error counts as saved
                return
            acks.say(book.last_seq, book.last_hash)
            if number == 1:
                add_quotes(opened.connection, quotes_of(1), now())
        make_backup(opened.connection, path, now())
        write_whole(path.with_name("log.csv"), b"x" * 20_000)
