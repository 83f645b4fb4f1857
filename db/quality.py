"""What is odd about the market data of a journal? The stored values, and the rows that files could not give."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from core.market.calendar import OutsideCalendarError
from core.market.quality import FindingKind, QualityFinding, in_order, quality_findings
from core.market.series import BREADTH_PREFIX
from core.parsing.fates import PROVISIONAL
from db.market_rows import stored_series

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from core.market.calendar import SessionCalendar
    from core.market.series import Series

_NOTES = """
    SELECT symbol, day, fate, reason, report FROM market_row_note JOIN import_batch ON id = batch
    WHERE fate IN ('set_aside', 'refused')
"""


def check_data(
    connection: sqlite3.Connection, calendar: SessionCalendar, symbol: str = ""
) -> list[QualityFinding]:
    """Return the findings about all daily series, or about one symbol (of breadth: its universe).

    Beside what is odd in the stored values, the rows that imports set aside or skipped; one whose session
    has come in since is no finding any more.
    """
    series = stored_series(connection)
    found = [*quality_findings(series, calendar), *_of_notes(connection, series, calendar)]
    wanted = {symbol.upper(), BREADTH_PREFIX + symbol.upper()}
    return in_order(one for one in found if not symbol or one.symbol in wanted)


def _of_notes(
    connection: sqlite3.Connection, series: Iterable[Series], calendar: SessionCalendar
) -> Iterator[QualityFinding]:
    held = {(one.symbol, day) for one in series for day in one.days.tolist()}
    for name, text, fate, reason, report in connection.execute(_NOTES):
        day = date.fromisoformat(text) if text else None
        symbol, source = _symbol(name, json.loads(report))
        kind = FindingKind.REFUSED if fate == "refused" else _aside_kind(day, reason, calendar)
        if kind is FindingKind.CLOSED_DAY or (kind is not None and (symbol, day) not in held):
            yield QualityFinding(symbol, day, kind, reason, source)


def _aside_kind(day: date | None, reason: str, calendar: SessionCalendar) -> FindingKind | None:
    """Return what a row that was set aside is a finding of, None for one that is not the series' own."""
    if reason.startswith(PROVISIONAL):
        return FindingKind.UNFINISHED
    try:
        is_session = day is not None and calendar.is_session(day)
    except OutsideCalendarError:
        is_session = False
    return None if is_session else FindingKind.CLOSED_DAY


def _symbol(name: str, report: dict[str, object]) -> tuple[str, str]:
    """Return the symbol that a note is about, and the source of its file; of a table of several, their range."""
    series = report.get("series")
    symbols = [str(one["symbol"]) for one in series] if isinstance(series, list) else []
    source = str(report.get("source", ""))
    if BREADTH_PREFIX + name in symbols:
        return BREADTH_PREFIX + name, source
    if not name and symbols:
        return (symbols[0] if len(symbols) == 1 else f"{symbols[0]}..{symbols[-1]}"), source
    return name, source
