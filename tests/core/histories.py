"""Which daily histories do the tests measure? Columns written in the test, seeded random ones, and real files."""

from __future__ import annotations

import csv
import warnings
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.market.calendar import SessionCalendar, build_sessions
from core.market.series import History, aligned
from core.measures.measured import Measured, MeasureSettings, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

DATA = Path(__file__).parents[2] / "../shared/data"
NAN = float("nan")


@cache
def calendar() -> SessionCalendar:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # exchange_calendars uses what pandas will drop
        return build_sessions(1990, 2026)


def history_of(first: str = "2010-01-04", **columns: ArrayLike) -> History:
    """Return a history from a session on; BREADTH__NYSE__advances stands for BREADTH:NYSE.advances."""
    start = int(np.searchsorted(calendar().days, np.datetime64(first)))
    named = {_column(name): np.asarray(values, dtype=float) for name, values in columns.items()}
    length = len(next(iter(named.values())))
    return History(calendar(), start, length, named, {name.partition(".")[0]: "made up" for name in named})


def _column(name: str) -> str:
    return ":".join(name.split("__", 1)).replace("__", ".")


def random_history(seed: int, sessions: int, gaps: float = 0.0) -> History:
    """Return seeded columns of everything that is measured; each value is missing with probability `gaps`."""
    random = np.random.default_rng(seed)
    moves = random.normal(0.0003, 0.011, sessions)
    vix = 18.0 * np.exp(np.cumsum(-3.0 * moves + random.normal(0, 0.03, sessions)) * 0.4)
    share = np.clip(0.5 + 12.0 * moves + random.normal(0, 0.2, sessions), 0.01, 0.99)
    columns = {
        "SPX": 2000.0 * np.exp(np.cumsum(moves)),
        "VIX": vix,
        "VIX9D": vix * np.exp(random.normal(0, 0.08, sessions)),
        "BREADTH__NYSE__advances": np.round(3000 * share),
        "BREADTH__NYSE__declines": np.round(3000 * (1 - share)),
    }
    slope = random.normal(0.0, 0.03)
    for number in range(1, 9):
        columns[f"VX{number}"] = vix * np.exp(slope * number + random.normal(0, 0.02, sessions))
    holes = {name: np.where(random.random(sessions) < gaps, np.nan, values) for name, values in columns.items()}
    return history_of(**holes)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a real file, skipping the test where the files are absent."""
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"real market file {name} is not here")
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def real_history() -> History:
    """Return SPX, VIX, VIX9D, the VX curve and S&P 500 breadth, 1990 to 2021."""
    length = int(np.searchsorted(calendar().days, np.datetime64("2022-01-01")))
    columns = {}
    for name, found in _real_columns():
        values = {day: float(value) for day, value in found if value not in {"", "."}}
        days = np.array(sorted(values), dtype="datetime64[D]")
        put = aligned(days, np.array([values[day] for day in sorted(values)]), calendar().days[:length])
        columns[name] = np.where(np.isnan(put), columns.get(name, put), put)
    return History(calendar(), 0, length, columns, dict.fromkeys(columns, "real file"))


def _real_columns() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "SPX", [(row["Date"], row["Close"]) for row in rows("daily/spx_ohlc_1990_2021.csv")]
    for symbol in ("VIX", "VIX9D"):
        found = rows(f"daily/{symbol}_History.csv")
        yield symbol, [(_iso(row["DATE"]), row["CLOSE"]) for row in found]
    curve = rows("futures/vx1_vx8_settle_2007_2021.csv")
    for number in range(1, 9):
        yield f"VX{number}", [(row["DATE"], row[f"VX{number}"]) for row in curve]
    for part in ("2016_2019", "2020"):
        found = rows(f"breadth/breadth_sp500_{part}.csv")
        for field in ("advances", "declines"):
            yield f"BREADTH:SP500.{field}", [(row["date"], row[field]) for row in found]


def _iso(text: str) -> str:
    return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone


def at(history: History, day: str) -> int:
    """Return the index of a session in the history."""
    return int(np.flatnonzero(history.days == np.datetime64(day))[0])


def measured_of(**arrays: ArrayLike) -> Measured:
    """Return measures in which only the arrays given are known."""
    columns = {name: np.asarray(values) for name, values in arrays.items()}
    length = len(next(iter(columns.values())))
    nothing = measure(history_of(SPX=np.full(length, NAN)), MeasureSettings())
    return replace(nothing, **columns)
