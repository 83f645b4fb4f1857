"""How do series stand in the tables? Read, compared and written by symbol, interval and source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.series import BREADTH_PREFIX, DAILY, Series
from db.market_tables import BARS, BREADTH, keep_before, time_texts, times_of

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

    from db.market_tables import MarketTable


ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that the tables hold otherwise than a file."""

    symbol: str
    day: str
    field: str
    stored: float
    file: float


@dataclass(frozen=True)
class Comparison:
    """A series beside what is stored of it: which rows are there already, and which values differ.

    A row `is_new` that says something the tables do not hold and contradicts nothing: it `is_stored` where
    the tables hold other fields of it (the advances of a day whose declines come in another file).
    """

    series: Series
    is_new: NDArray[np.bool_]
    is_changed: NDArray[np.bool_]
    changed: tuple[ChangedValue, ...]
    is_stored: NDArray[np.bool_]

    @property
    def new(self) -> int:
        """The number of rows that the tables do not hold, or not whole."""
        return int(self.is_new.sum())

    @property
    def same(self) -> int:
        """The number of rows that the tables hold with the same values."""
        return len(self.series.times) - self.new - int(self.is_changed.sum())


@dataclass(frozen=True)
class _Held:
    """What is stored of a series at its own times: NaN in every field of a row that is not."""

    is_stored: NDArray[np.bool_]
    columns: dict[str, NDArray[np.float64]]
    range_broken: NDArray[np.bool_]


def table_of(symbol: str) -> MarketTable:
    """Return the table that holds a symbol."""
    return BREADTH if symbol.startswith(BREADTH_PREFIX) else BARS


def stored_series(connection: sqlite3.Connection) -> list[Series]:
    """Return every daily series that the tables hold."""
    return [
        read_series(connection, table.prefix + name, source)
        for table in (BARS, BREADTH)
        for name, source in connection.execute(table.keys, (DAILY,)).fetchall()
    ]


def read_series(
    connection: sqlite3.Connection,
    symbol: str,
    source: str,
    interval: str = DAILY,
    span: tuple[str, str] = ("", "9999"),
) -> Series:
    """Return the stored rows of one symbol from one source, by time; every field is there, NaN for none.

    `span` is the first and the last time wanted, as they are written in the tables.
    """
    table = table_of(symbol)
    key = (symbol.removeprefix(table.prefix), interval, source, *span)
    rows = connection.execute(table.select, key).fetchall()
    texts, flags, *values = zip(*rows, strict=True) if rows else ((),) * (2 + len(table.fields))
    columns = {name: np.array(column, np.float64) for name, column in zip(table.fields, values, strict=True)}
    return Series(symbol, source, times_of(texts, interval), columns, np.array(flags, np.bool_), interval)


def compare(connection: sqlite3.Connection, series: Series) -> Comparison:
    """Return a series beside what is stored of it.

    What a file does not say is not compared; a row keeps what is stored of it.
    """
    held = _held(connection, series)
    completed = _completed(series, held)
    fresh = ~held.is_stored
    changed: list[ChangedValue] = []
    is_changed = np.zeros(len(series.times), np.bool_)
    if fresh.all():
        return Comparison(completed, fresh, is_changed, (), held.is_stored)
    for field, values in completed.columns.items():
        stored = held.columns[field]
        fresh |= np.isfinite(values) & np.isnan(stored)
        differ = np.isfinite(values) & np.isfinite(stored) & (values != stored)
        is_changed |= differ
        changed += [
            ChangedValue(series.symbol, str(series.times[row]), field, float(stored[row]), float(values[row]))
            for row in np.flatnonzero(differ).tolist()
        ]
    in_order = tuple(sorted(changed, key=lambda value: (value.day, value.field)))
    return Comparison(completed, fresh & ~is_changed, is_changed, in_order, held.is_stored)


def write_rows(connection: sqlite3.Connection, batch: int, compared: Comparison, rows: NDArray[np.bool_]) -> None:
    """Write the given rows of a series; what was stored of them before is kept for an undo."""
    fresh, over = rows & ~compared.is_stored, rows & compared.is_stored
    series = compared.series
    table = table_of(series.symbol)
    key = (series.symbol.removeprefix(table.prefix), series.interval, series.source, batch)
    if over.any():
        keep_before(connection, table, key, time_texts(series.times[over]))
        flags = [series.range_broken[over].astype(int).tolist()] if table.flag else []
        cells = [*_cells(series, np.flatnonzero(over))[: 1 + len(table.fields)], *flags]
        connection.executemany(table.replace, ((*key, *row) for row in zip(*cells, strict=True)))
    numbers = np.flatnonzero(fresh)
    for first in range(0, len(numbers), ROWS_AT_ONCE):
        table.insert_many(connection, key, _cells(series, numbers[first : first + ROWS_AT_ONCE]))


def _cells(series: Series, chosen: NDArray[np.intp]) -> list[list[object]]:
    """Return the columns of some rows as they are written: times, fields, flags if any; NaN is kept as NULL."""
    table = table_of(series.symbol)
    columns: list[list[object]] = [time_texts(series.times[chosen])]
    columns += [series.columns[field][chosen].tolist() for field in table.fields]
    if table.flag and series.range_broken[chosen].any():
        columns.append(series.range_broken[chosen].astype(int).tolist())
    return columns


def _held(connection: sqlite3.Connection, series: Series) -> _Held:
    """Return what is stored of a series, row by row of it."""
    count = len(series.times)
    span = tuple(time_texts(series.times[[0, -1]])) if count else ("", "")
    stored = read_series(connection, series.symbol, series.source, series.interval, (str(span[0]), str(span[1])))
    at = np.searchsorted(stored.times, series.times)
    known = np.zeros(count, np.bool_)
    inside = at < len(stored.times)
    known[inside] = stored.times[at[inside]] == series.times[inside]
    columns = {field: np.full(count, np.nan) for field in stored.columns}
    for field, values in stored.columns.items():
        columns[field][known] = values[at[known]]
    flags = np.zeros(count, np.bool_)
    flags[known] = stored.range_broken[at[known]]
    return _Held(known, columns, flags)


def _completed(series: Series, held: _Held) -> Series:
    """Return the series with every field of its table, those that the file lacks as they are stored."""
    columns: dict[str, NDArray[np.float64]] = {}
    if not held.is_stored.any():
        return replace(series, columns=held.columns | dict(series.columns))
    flags = series.range_broken.copy()
    for field, stored in held.columns.items():
        values = series.columns.get(field)
        lacking = np.isfinite(stored) if values is None else np.isnan(values) & np.isfinite(stored)
        flags |= lacking & held.range_broken
        columns[field] = stored if values is None else np.where(lacking, stored, values)
    return replace(series, columns=columns, range_broken=flags)
