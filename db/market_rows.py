"""How do daily series stand in the tables? Read, compared and written by symbol and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.series import BAR_FIELDS, BREADTH_FIELDS, BREADTH_PREFIX, Series

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray


@dataclass(frozen=True)
class MarketTable:
    """One of the two tables of daily values and the statements that touch it."""

    fields: tuple[str, ...]
    prefix: str
    keys: str
    select: str
    upsert: str


BARS = MarketTable(
    BAR_FIELDS,
    "",
    "SELECT DISTINCT symbol, source FROM market_bar WHERE interval = '1d'",
    """
    SELECT time, range_broken, open, high, low, close FROM market_bar
    WHERE symbol = ? AND interval = '1d' AND source = ? ORDER BY time
    """,
    """
    INSERT INTO market_bar (symbol, interval, time, source, batch, open, high, low, close, range_broken)
    VALUES (?, '1d', ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (symbol, interval, time, source) DO UPDATE
    SET batch = excluded.batch, open = excluded.open, high = excluded.high, low = excluded.low,
        close = excluded.close, range_broken = excluded.range_broken
    """,
)
BREADTH = MarketTable(
    BREADTH_FIELDS,
    BREADTH_PREFIX,
    "SELECT DISTINCT universe, source FROM market_breadth WHERE interval = '1d'",
    """
    SELECT time, 0, advances, declines, unchanged FROM market_breadth
    WHERE universe = ? AND interval = '1d' AND source = ? ORDER BY time
    """,
    """
    INSERT INTO market_breadth (universe, interval, time, source, batch, advances, declines, unchanged)
    VALUES (?, '1d', ?, ?, ?, ?, ?, ?)
    ON CONFLICT (universe, interval, time, source) DO UPDATE
    SET batch = excluded.batch, advances = excluded.advances, declines = excluded.declines,
        unchanged = excluded.unchanged
    """,
)


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that the tables hold otherwise than a file; None where one of them has none."""

    symbol: str
    day: str
    field: str
    stored: float | None
    file: float | None


@dataclass(frozen=True)
class Comparison:
    """A series beside what is stored of it: which of its rows are new, and which values differ."""

    series: Series
    is_new: NDArray[np.bool_]
    is_changed: NDArray[np.bool_]
    changed: tuple[ChangedValue, ...]

    @property
    def new(self) -> int:
        """The number of days that the tables do not hold."""
        return int(self.is_new.sum())

    @property
    def same(self) -> int:
        """The number of days that the tables hold with the same values."""
        return len(self.series.days) - self.new - int(self.is_changed.sum())


def table_of(symbol: str) -> MarketTable:
    """Return the table that holds a symbol."""
    return BREADTH if symbol.startswith(BREADTH_PREFIX) else BARS


def stored_series(connection: sqlite3.Connection) -> list[Series]:
    """Return every daily series that the tables hold."""
    return [
        read_series(connection, table.prefix + name, source)
        for table in (BARS, BREADTH)
        for name, source in connection.execute(table.keys).fetchall()
    ]


def read_series(connection: sqlite3.Connection, symbol: str, source: str) -> Series:
    """Return the stored rows of one symbol from one source, by day; every field is there, NaN for none."""
    table = table_of(symbol)
    rows = connection.execute(table.select, (symbol.removeprefix(table.prefix), source)).fetchall()
    days, flags, *values = zip(*rows, strict=True) if rows else ((),) * (2 + len(table.fields))
    columns = {name: np.array(column, np.float64) for name, column in zip(table.fields, values, strict=True)}
    return Series(symbol, source, np.array(days, "datetime64[D]"), columns, np.array(flags, np.bool_))


def compare(connection: sqlite3.Connection, series: Series) -> Comparison:
    """Return a series beside what is stored of it.

    Fields that the file's layout does not have are not compared; a row keeps what is stored of them.
    """
    stored = read_series(connection, series.symbol, series.source)
    at = np.searchsorted(stored.days, series.days)
    known = np.zeros(len(series.days), np.bool_)
    inside = at < len(stored.days)
    known[inside] = stored.days[at[inside]] == series.days[inside]
    completed = _completed(series, stored, known, at)
    changed = _changes(completed, stored, known, at)
    days = np.array([value.day for value in changed], "datetime64[D]")
    return Comparison(completed, ~known, np.isin(series.days, days), changed)


def write_rows(connection: sqlite3.Connection, batch: int, series: Series, rows: NDArray[np.bool_]) -> None:
    """Write the given rows of a series, over those stored; SQLite keeps NaN as NULL."""
    table = table_of(series.symbol)
    name = series.symbol.removeprefix(table.prefix)
    columns = [series.columns[field][rows].tolist() for field in table.fields]
    if table is BARS:
        columns.append(series.range_broken[rows].astype(int).tolist())
    days = series.days[rows].astype(str).tolist()
    connection.executemany(
        table.upsert,
        ((name, day, series.source, batch, *row) for day, *row in zip(days, *columns, strict=True)),
    )


def _completed(
    series: Series, stored: Series, known: NDArray[np.bool_], at: NDArray[np.intp]
) -> Series:
    """Return the series with every field of its table, those that the file lacks as they are stored."""
    columns = dict(series.columns)
    flags = series.range_broken.copy()
    for field in stored.columns:
        if field not in columns:
            columns[field] = np.full(len(series.days), np.nan)
            columns[field][known] = stored.columns[field][at[known]]
            flags[known] |= stored.range_broken[at[known]]
    return Series(series.symbol, series.source, series.days, columns, flags)


def _changes(
    series: Series, stored: Series, known: NDArray[np.bool_], at: NDArray[np.intp]
) -> tuple[ChangedValue, ...]:
    found: list[ChangedValue] = []
    for field, values in series.columns.items():
        held = np.full(len(values), np.nan)
        held[known] = stored.columns[field][at[known]]
        differ = known & (values != held) & ~(np.isnan(values) & np.isnan(held))
        found += [
            ChangedValue(series.symbol, str(series.days[row]), field, _number(held[row]), _number(values[row]))
            for row in np.flatnonzero(differ).tolist()
        ]
    return tuple(sorted(found, key=lambda value: (value.day, value.field)))


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
