"""Which market do the window's tests import? A year of made-up daily files that end on 2018-02-01."""

from __future__ import annotations

from contextlib import closing
from datetime import date, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import vix_expiries_after
from core.market.snapshot import Ages
from core.market.times import new_york
from db.connection import connect_reader, connect_writer
from db.facts import load_facts
from db.import_file import commit_import, plan_import
from db.journal_store import create_journal
from db.playbooks import load_playbook
from db.sessions import load_calendar, store_calendar
from tests.core.market.exchange import calendar

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from core.playbook.parameters import Playbook
    from core.state import Facts

LAST = np.datetime64("2018-02-01")
NOW = new_york(date(2018, 2, 2), time(14, 5))
SESSIONS = 260


@cache
def days() -> NDArray[np.datetime64]:
    known = calendar().days
    return known[known <= LAST][-SESSIONS:]


@cache
def closes() -> dict[str, NDArray[np.float64]]:
    """Return the closes: a climb with waves, VIX against it, breadth that tires before the end."""
    step = np.arange(SESSIONS)
    spx = np.round(2300 * np.exp(0.0007 * step) * (1 + 0.004 * np.sin(step / 3.1)), 2)
    vix = np.round(11.5 + 1.5 * np.cos(step / 9) + 2.2 * np.exp((step - SESSIONS) / 6), 2)
    return {"SPX": spx, "VIX": vix, "VIX9D": np.round(vix * 0.97, 2)}


def write_files(folder: Path) -> list[Path]:
    """Write the files as a trader would download them, and return their paths."""
    folder.mkdir(exist_ok=True)
    paths = [_write_bars(folder, symbol) for symbol in ("SPX", "VIX", "VIX9D")]
    return [*paths, _write_curve(folder), _write_breadth(folder)]


def _write_bars(folder: Path, symbol: str) -> Path:
    lines = ["DATE,OPEN,HIGH,LOW,CLOSE"]
    for day, close in zip(days(), closes()[symbol], strict=True):
        bar = ",".join(f"{close * factor:.2f}" for factor in (0.999, 1.004, 0.996, 1.0))
        lines.append(f"{day.item():%m/%d/%Y},{bar}")
    return _write(folder / f"{symbol}_History.csv", lines)


def _write_curve(folder: Path) -> Path:
    lines = ["DATE," + ",".join(f"VX{number}" for number in range(1, 9))]
    for day, vix in zip(days(), closes()["VIX"], strict=True):
        lines.append(f"{day}," + ",".join(f"{vix + 0.6 * number:.3f}" for number in range(1, 9)))
    return _write(folder / "vx_settlements.csv", lines)


def _write_breadth(folder: Path) -> Path:
    lines = ["date,advances,declines"]
    for step, day in enumerate(days()):
        up = round(250 + 60 * np.sin(step / 3.1 + 0.8) + (15 if step < SESSIONS - 30 else -25))
        lines.append(f"{day},{up},{500 - up}")
    return _write(folder / "breadth_sp500.csv", lines)


def _write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def empty_journal(path: Path, now: datetime = NOW) -> Path:
    """Begin a journal with the exchange calendar in it."""
    with closing(create_journal(path, now)) as connection:
        store_calendar(connection, calendar())
    return path


def filled_journal(path: Path) -> Path:
    """Begin a journal that holds the files."""
    path.write_bytes(_filled())
    path.chmod(0o600)
    return path


@cache
def _filled() -> bytes:
    with TemporaryDirectory() as folder:
        path = empty_journal(Path(folder, "journal.db"))
        with closing(connect_writer(path)) as connection:
            for file in write_files(Path(folder)):
                plan = plan_import(connection, file, calendar=load_calendar(connection), now=NOW)
                commit_import(connection, plan, NOW)
        return path.read_bytes()


def market_facts(playbook: Playbook | None = None) -> Facts:
    """Return the facts of the filled journal at NOW: no quotes, no positions."""
    with (
        TemporaryDirectory() as folder,
        closing(connect_reader(filled_journal(Path(folder, "journal.db")))) as one,
    ):
        return load_facts(one, playbook or load_playbook(), Ages(), NOW)


def vix_expiry(number: int) -> str:
    """Return the expiry of the n-th VIX month after the last day, as it is typed."""
    return vix_expiries_after(LAST.item(), number, calendar())[-1].isoformat()
