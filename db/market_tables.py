"""Which statements touch the tables of bars and breadth counts? All of them literal; data are only bound."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from core.market.distinct import distinct

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

ROWS_TO_A_STATEMENT = 200
BATCH_PLACE = 3
_DAY, _SECOND = "datetime64[D]", "datetime64[s]"
_MINUTES = np.array([f"T{minute // 60:02}:{minute % 60:02}:00Z" for minute in range(24 * 60)], object)
_TEXT_LENGTH = len("2019-02-15T21:00:00")


@dataclass(frozen=True)
class MarketTable:
    """One of the two tables of values by time.

    `columns` are those of a new row, of which ?1 to ?4 are name, interval, source and batch; the column `flag`,
    where there is one, follows them if a row has it. `before` reads a whole row as `replace` writes it.
    """

    name: str
    fields: tuple[str, ...]
    prefix: str
    flag: str
    keys: str
    select: str
    columns: str
    replace: str
    before: str

    def insert_many(
        self, connection: sqlite3.Connection, key: tuple[str, str, str, int], columns: Sequence[Sequence[object]]
    ) -> None:
        """Insert new rows, many to a statement, which takes half the time of one to a statement.

        They are given by column: times, fields and, unless all are 0, flags.
        """
        width, count = len(columns), len(columns[0])
        names = self.columns if width == 1 + len(self.fields) else f"{self.columns}, {self.flag}"
        flat: list[object] = [None] * (width * count)
        for place, column in enumerate(columns):
            flat[place::width] = column
        whole = count - count % ROWS_TO_A_STATEMENT
        for step, start, end in ((ROWS_TO_A_STATEMENT, 0, whole), (1, whole, count)):
            if start < end:
                statement = _insert(f"INSERT INTO {self.name} ({names}) VALUES", step, width)
                connection.executemany(statement, _bound(key, flat, width, range(start, end, step)))


@cache
def _insert(head: str, rows: int, width: int) -> str:
    """Return the statement for so many rows at a time, of so many values each behind the four of the key."""
    places = (f"?{place}" for place in range(5, 5 + rows * width))
    values = (", ".join(next(places) for _ in range(width)) for _ in range(rows))
    return f"{head} {', '.join(f'(?1, ?2, ?3, ?4, {row})' for row in values)}"


BARS = MarketTable(
    name="market_bar",
    fields=("open", "high", "low", "close"),
    prefix="",
    flag="range_broken",
    keys="SELECT DISTINCT symbol, source FROM market_bar WHERE interval = ?",
    select="""
    SELECT time, range_broken, open, high, low, close FROM market_bar
    WHERE symbol = ? AND interval = ? AND source = ? AND time BETWEEN ? AND ? ORDER BY time
    """,
    columns="symbol, interval, source, batch, time, open, high, low, close",
    replace="""
    REPLACE INTO market_bar (symbol, interval, source, batch, time, open, high, low, close, range_broken)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """,
    before="""
    SELECT symbol, interval, source, batch, time, open, high, low, close, range_broken
    FROM market_bar WHERE symbol = ? AND interval = ? AND source = ? AND time = ?
    """,
)
BREADTH = MarketTable(
    name="market_breadth",
    fields=("advances", "declines", "unchanged", "net"),
    prefix="BREADTH:",
    flag="",
    keys="SELECT DISTINCT universe, source FROM market_breadth WHERE interval = ?",
    select="""
    SELECT time, 0, advances, declines, unchanged, net FROM market_breadth
    WHERE universe = ? AND interval = ? AND source = ? AND time BETWEEN ? AND ? ORDER BY time
    """,
    columns="universe, interval, source, batch, time, advances, declines, unchanged, net",
    replace="""
    REPLACE INTO market_breadth (universe, interval, source, batch, time, advances, declines, unchanged, net)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """,
    before="""
    SELECT universe, interval, source, batch, time, advances, declines, unchanged, net
    FROM market_breadth WHERE universe = ? AND interval = ? AND source = ? AND time = ?
    """,
)
_KEEP = "INSERT INTO market_before (batch, table_name, old_batch, row) VALUES (?, ?, ?, ?)"


def keep_before(
    connection: sqlite3.Connection, table: MarketTable, key: tuple[str, str, str, int], times: Sequence[object]
) -> None:
    """Keep rows as they are before an import writes over them, so that it can be taken back."""
    *place, batch = key
    for time in times:
        row = connection.execute(table.before, (*place, time)).fetchone()
        connection.execute(_KEEP, (batch, table.name, row[BATCH_PLACE], json.dumps(row)))


def time_texts(times: NDArray[np.datetime64]) -> list[object]:
    """Return times as they stand in the tables: YYYY-MM-DD, or UTC moments with a Z."""
    if times.dtype == np.dtype(_DAY):
        found: list[object] = times.astype(str).tolist()
        return found
    days = times.astype(_DAY)
    seconds = (times - days).astype(np.int64)
    if (seconds % 60).any():
        return [f"{text}Z" for text in np.datetime_as_string(times, unit="s").tolist()]
    unique, place = distinct(days)
    texts: list[object] = (unique.astype(str).astype(object)[place] + _MINUTES[seconds // 60]).tolist()
    return texts


def times_of(texts: Sequence[str], interval: str) -> NDArray[np.datetime64]:
    """Return times as they are computed with, from their texts in the tables."""
    if interval.endswith("min"):
        return np.array([text[:_TEXT_LENGTH] for text in texts], _SECOND)
    return np.array(texts, _DAY)


def _bound(
    key: tuple[str, str, str, int], flat: list[object], width: int, starts: range
) -> Iterator[tuple[object, ...]]:
    size = starts.step * width
    return ((*key, *flat[start * width : start * width + size]) for start in starts)
