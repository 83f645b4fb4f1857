"""A user's shell: a home of its own, the command run in this process or as a program, and small market files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cli.main import main
from tests.core.histories import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
FIRST, SESSIONS = "2017-09-01", 124  # to 2018-03-01


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """Runs commands on one journal."""

    journal: Path

    def run(self, *words: str | Path) -> Said:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        before = os.umask(0o022)
        os.umask(before)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(["--journal", str(self.journal), *map(str, words)])
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
        finally:
            os.umask(before)
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *words: str | Path) -> Said:
        """Run a command that must be done."""
        said = self.run(*words)
        assert said.code == 0, said
        return said

    def json(self, *words: str | Path) -> Any:
        """Run a command that must be done with --json and return what it printed."""
        return self.done(*words, "--json").json

    def refused(self, *words: str | Path) -> str:
        """Run a command that must be refused in one line and return the line."""
        return self._failed(1, *words)

    def misused(self, *words: str | Path) -> str:
        """Run a command that must be a usage error of one line and return the line."""
        return self._failed(2, *words)

    def _failed(self, code: int, *words: str | Path) -> str:
        said = self.run(*words)
        assert (said.code, said.out) == (code, ""), said
        line, end, rest = said.err.partition("\n")
        assert (end, rest) == ("\n", ""), said
        assert line.startswith("condor-watch"), said
        assert "Traceback" not in line
        assert "error of the program" not in line, said
        return line


def program(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a program of its own."""
    command = [sys.executable, "-m", "cli", *map(str, words)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def sessions() -> list[str]:
    start = int(np.searchsorted(calendar().days, np.datetime64(FIRST)))
    return [str(day) for day in calendar().days[start : start + SESSIONS]]


def values() -> dict[str, np.ndarray]:
    """Return seeded closes by symbol, and advances and declines."""
    random = np.random.default_rng(11)
    moves = random.normal(0.0006, 0.006, SESSIONS)
    vix = np.round(11 * np.exp(np.cumsum(-4 * moves + random.normal(0, 0.02, SESSIONS)) * 0.5), 2)
    up = np.round(250 + 22_000 * moves).clip(5, 495)
    found = {"SPX": np.round(2470 * np.exp(np.cumsum(moves)), 2), "VIX": vix, "VIX9D": np.round(vix * 0.95, 2)}
    found |= {f"VX{n}": np.round(vix + 0.8 * n, 3) for n in range(1, 9)}
    return found | {"advances": up, "declines": 500 - up}


def market_files(folder: Path) -> list[Path]:
    """Write SPX, VIX, VIX9D, the VX table and a breadth count as their publishers do; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    days, known = sessions(), values()
    bars = [f"{day},{v},{v},{v},{v},{v},0" for day, v in zip(days, known["SPX"], strict=True)]
    written = [_write(folder / "^GSPC.csv", "Date,Open,High,Low,Close,Adj Close,Volume", bars)]
    for symbol in ("VIX", "VIX9D"):
        rows = [f"{_american(day)},{v},{v},{v},{v}" for day, v in zip(days, known[symbol], strict=True)]
        written.append(_write(folder / f"{symbol}_History.csv", "DATE,OPEN,HIGH,LOW,CLOSE", rows))
    names = [f"VX{n}" for n in range(1, 9)]
    curve = [",".join([day, *(str(known[name][i]) for name in names)]) for i, day in enumerate(days)]
    written.append(_write(folder / "vx.csv", ",".join(["DATE", *names]), curve))
    counts = zip(days, known["advances"], known["declines"], strict=True)
    breadth = [f"{day},{up:.0f},{down:.0f},0" for day, up, down in counts]
    written.append(_write(folder / "breadth_nyse.csv", "date,advances,declines,unchanged", breadth))
    return written


def _american(day: str) -> str:
    year, month, date = day.split("-")
    return f"{month}/{date}/{year}"


def _write(path: Path, header: str, rows: Iterable[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
