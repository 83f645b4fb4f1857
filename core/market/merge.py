"""Which source's value counts on a day? Series of several sources become one history by a named precedence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import session_indexes
from core.market.contract_curve import curve_series, is_contract
from core.market.series import BREADTH_PREFIX, DAILY, SOURCE_SUFFIX, History, aligned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.market.series import Series

SOURCE_PRECEDENCE = (
    "cboe",
    "cfe",
    "vx-table",
    "unicorn",
    "yahoo",
    "stooq",
    "barchart",
    "investing",
    "fred",
    "bundesbank",
    "csv",
)
"""The exchange first, then those who copy it; sources without a place here come last, by name."""

Columns = dict[str, "NDArray[np.float64]"]


def merge(series: Iterable[Series], calendar: SessionCalendar) -> History:
    """Return one history of all daily series, aligned on the sessions.

    A session takes all its values of a symbol from the first source, by precedence, that has its close (both
    counts of its breadth, or the net): bars of two sources are never mixed within a day. A row whose range is
    broken gives its close alone. Days that are no session fall out. Single VX contracts give VX1..VX8.
    """
    given = [one for one in series if one.interval == DAILY]
    contracts = [one for one in given if is_contract(one)]
    whole = [one for one in given if not is_contract(one)] + curve_series(contracts, calendar)
    by_symbol: dict[str, list[Series]] = {}
    for one in sorted(whole, key=_rank):
        by_symbol.setdefault(one.symbol, []).append(one)
    span = _span([one for group in by_symbol.values() for one in group], calendar)
    if span is None:
        return History(calendar, 0, 0)
    first, length = span
    sessions = calendar.days[first : first + length]
    columns: Columns = {}
    sources: dict[str, str] = {}
    for symbol, group in sorted(by_symbol.items()):
        merged, names = _merged(symbol, group, sessions)
        if names:
            columns |= merged
            sources[symbol] = names
    return History(calendar, first, length, columns, sources)


def column_name(symbol: str, field: str) -> str:
    """Return the name of a history's column: the bare symbol for its close, else symbol and field."""
    return symbol if field == "close" else f"{symbol}.{field}"


def _merged(symbol: str, group: list[Series], sessions: NDArray[np.datetime64]) -> tuple[Columns, str]:
    """Return the columns of one symbol and the names of the sources that gave something."""
    number = np.full(len(sessions), np.nan)
    names: list[str] = []
    columns: Columns = {}
    for one in group:
        placed = {field: aligned(one.days, _usable(one, field), sessions) for field in one.columns}
        fresh = _is_given(symbol, placed) & np.isnan(number)
        if not fresh.any():
            continue
        number[fresh] = len(names)
        names.append(one.source)
        for field, values in placed.items():
            target = columns.setdefault(column_name(symbol, field), np.full(len(sessions), np.nan))
            target[fresh] = values[fresh]
    kept = {name: values for name, values in columns.items() if np.isfinite(values).any()}
    return (kept | {symbol + SOURCE_SUFFIX: number} if len(names) > 1 else kept), ", ".join(names)


def _is_given(symbol: str, placed: Columns) -> NDArray[np.bool_]:
    """Return which sessions have what counts: the close; of breadth, advances and declines, or the net of them."""
    if not symbol.startswith(BREADTH_PREFIX):
        return np.isfinite(placed["close"])
    nothing = np.full(len(next(iter(placed.values()))), np.nan)
    advances, declines, net = (placed.get(name, nothing) for name in ("advances", "declines", "net"))
    return np.asarray(np.isfinite(advances + declines) | np.isfinite(net))


def _usable(one: Series, field: str) -> NDArray[np.float64]:
    """Return the values of a field, NaN in open, high and low where the range is broken."""
    values = one.columns[field]
    return np.where(one.range_broken, np.nan, values) if field in ("open", "high", "low") else values


def _rank(one: Series) -> tuple[int, str]:
    known = one.source in SOURCE_PRECEDENCE
    return SOURCE_PRECEDENCE.index(one.source) if known else len(SOURCE_PRECEDENCE), one.source


def _span(series: list[Series], calendar: SessionCalendar) -> tuple[int, int] | None:
    """Return the first session with data and the number of sessions to the last, None where there are none."""
    indexes = [session_indexes(one.days, calendar) for one in series]
    inside = [found[found >= 0] for found in indexes]
    ends = [(int(found.min()), int(found.max())) for found in inside if len(found)]
    if not ends:
        return None
    first = min(start for start, _ in ends)
    return first, max(end for _, end in ends) - first + 1
