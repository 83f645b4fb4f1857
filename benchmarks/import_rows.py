"""How long until a million one-minute bars of a CSV file are committed? Ours beside three peers in one run.

The file is generated: 1,000,000 bars of SPX by a New York clock, inside the sessions from 2010 on. Ours is the
whole way of `import`: read and hash the file, find its layout, judge every row against the exchange's sessions,
compare with what is stored, write the keyed table and its history, commit durably. The peers read the same file
with pandas and write a table without a key: plain `executemany` of whole columns (and once into a table with our
key), `to_sql`, and, without pandas, the command `sqlite-utils insert --csv`. Ours and the plain peer take turns;
times are medians, in seconds of the clock. Then ours once more in a thread, while the main thread, as a window
would, wakes up every 50 ms.
"""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from core.market.calendar import SessionCalendar, build_sessions
from core.market.local_time import to_local
from core.market.times import NEW_YORK
from db.connection import as_database, connect_new
from db.import_file import Told, commit_import, plan_import
from db.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1_000_000
TURNS = 3
FIRST = np.datetime64("2010-01-04")
MINUTE_S = 60
BEAT_S = 0.05
NOW = datetime(2026, 1, 2, tzinfo=UTC)
TOLD = Told(symbol="SPX", zone="New York")
COLUMNS = "datetime, open, high, low, close"
KEYED = """
    symbol TEXT, interval TEXT, time TEXT, source TEXT, batch INTEGER, open REAL, high REAL, low REAL, close REAL,
    PRIMARY KEY (symbol, interval, time, source)
"""


def write_csv(path: Path, calendar: SessionCalendar) -> None:
    """Write a file of one-minute bars: a random walk with two decimals."""
    start = int(np.searchsorted(calendar.days, FIRST))
    spans = zip(calendar.opens[start:].tolist(), calendar.closes[start:].tolist(), strict=True)
    minutes = np.concatenate([np.arange(opens, closes, MINUTE_S) for opens, closes in spans])[:ROWS]
    local = np.datetime_as_string(to_local(minutes.astype("datetime64[s]"), NEW_YORK), unit="s")
    rng = np.random.default_rng(20180205)
    close = 2000 + np.cumsum(rng.normal(0, 0.2, ROWS))
    opened = close + rng.normal(0, 0.2, ROWS)
    high, low = np.maximum(opened, close) + 0.25, np.minimum(opened, close) - 0.25
    with path.open("w") as file:
        file.write("datetime,open,high,low,close\n")
        file.writelines(
            f"{time.replace('T', ' ')},{a:.2f},{b:.2f},{c:.2f},{d:.2f}\n"
            for time, a, b, c, d in zip(local.tolist(), opened, high, low, close, strict=True)
        )


def ours(path: Path, folder: Path, calendar: SessionCalendar) -> float:
    """Import the file into a new journal; return the seconds."""
    with closing(connect_new(folder / "journal.db")) as connection:
        migrate(as_database(connection))
        start = perf_counter()
        plan = plan_import(connection, path, told=TOLD, calendar=calendar, now=NOW)
        result = commit_import(connection, plan, NOW)
        spent = perf_counter() - start
    assert result.new == ROWS, result
    return spent


def pandas_executemany(path: Path, folder: Path) -> float:
    """Read with pandas, write whole columns with executemany; return the seconds."""
    return _pandas_written(path, folder, f"CREATE TABLE bar ({COLUMNS})", "INSERT INTO bar VALUES (?, ?, ?, ?, ?)")


def pandas_keyed(path: Path, folder: Path) -> float:
    """Read with pandas, write whole columns into a table with the key that ours has; return the seconds."""
    insert = "INSERT INTO bar VALUES ('SPX', '1min', ?, 'csv', 1, ?, ?, ?, ?)"
    return _pandas_written(path, folder, f"CREATE TABLE bar ({KEYED}) WITHOUT ROWID", insert)


def _pandas_written(path: Path, folder: Path, table: str, insert: str) -> float:
    import pandas as pd

    with closing(_database(folder)) as connection:
        start = perf_counter()
        frame = pd.read_csv(path)
        connection.execute(table)
        rows = zip(*(frame[name].tolist() for name in frame.columns), strict=True)
        connection.executemany(insert, rows)
        connection.commit()
        return perf_counter() - start


def pandas_to_sql(path: Path, folder: Path) -> float:
    """Read and write with pandas; return the seconds."""
    import pandas as pd

    with closing(_database(folder)) as connection:
        start = perf_counter()
        pd.read_csv(path).to_sql("bar", connection, index=False)
        connection.commit()
        return perf_counter() - start


def sqlite_utils(path: Path, folder: Path) -> float:
    """Run `sqlite-utils insert --csv` as its users do; return the seconds."""
    command = [sys.executable, "-m", "sqlite_utils", "insert", str(folder / "peer.db"), "bar", str(path), "--csv"]
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def longest_gap(work: Callable[[], object]) -> float:
    """Do the work in a thread; return the longest time in seconds between two beats of the main thread."""
    thread = threading.Thread(target=work)
    gaps, last = [0.0], perf_counter()
    thread.start()
    while thread.is_alive():
        sleep(BEAT_S)
        now = perf_counter()
        gaps.append(now - last)
        last = now
    return max(gaps)


def run() -> list[str]:
    """Return the table as lines."""
    calendar = build_sessions(1970, 2030)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "spx_1min.csv"
        write_csv(path, calendar)
        turns = [(_in(folder, ours, path, calendar), _in(folder, pandas_executemany, path)) for _ in range(TURNS)]
        mine, plain = (statistics.median(times) for times in zip(*turns, strict=True))
        others = [
            ("pandas.read_csv + executemany", plain),
            ("the same into a keyed table", _in(folder, pandas_keyed, path)),
            ("pandas.read_csv + to_sql", _in(folder, pandas_to_sql, path)),
            ("sqlite-utils insert --csv", _in(folder, sqlite_utils, path)),
        ]
        gap = longest_gap(lambda: _in(folder, ours, path, calendar))
    lines = [f"Import: {ROWS:,} one-minute bars from CSV to committed rows"]
    lines.append(f"  {'ours, keyed, every row judged':34s} {mine:7.2f} s")
    lines += [f"  {name:34s} {spent:7.2f} s   ours / it {mine / spent:5.2f}" for name, spent in others]
    lines.append(f"  longest gap in a {BEAT_S * 1000:.0f} ms heartbeat meanwhile: {gap * 1000:.0f} ms")
    return lines


def _in(folder: Path, work: Callable[..., float], *given: object) -> float:
    """Do the work in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path, *rest = given
        return work(path, Path(name), *rest)


def _database(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "peer.db")
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


if __name__ == "__main__":
    print("\n".join(run()))
