"""How is the log written as CSV? Exact, or safe for a spreadsheet in a form that comes back unchanged."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.log import COLUMNS
from core.market.times import iso_utc
from db.export import SIMULATED
from db.exports.guard import guarded, unguarded
from db.exports.progress import watched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.monitor.hedge_log import HedgeLog
    from db.exports.progress import Progress

LINE_END = "\r\n"
"""RFC 4180; with it every version of `csv` puts a text that holds either sign between quotation marks."""


def log_csv(log: HedgeLog, progress: Progress | None = None, *, is_for_sheets: bool = False) -> str:
    """Return the log as CSV (RFC 4180): plain numbers, UTC times, every text as it is.

    For spreadsheets text is guarded (`db/exports/guard.py`); `exact_of` gives the exact form back. A simulated log
    says so in a column of its own.
    """
    names = log.choice.columns or COLUMNS
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=LINE_END)
    marks = [SIMULATED] if log.is_simulated else []
    writer.writerow([*names, *(["simulated"] if log.is_simulated else [])])
    for row in watched(log.rows, progress):
        values = (getattr(row, name) for name in names)
        writer.writerow([*(_cell(value, is_for_sheets=is_for_sheets) for value in values), *marks])
    return out.getvalue()


def exact_of(text: str) -> str:
    """Return the exact CSV of one that was written for spreadsheets, letter by letter."""
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(out, lineterminator=LINE_END).writerows(_unguarded(rows))
    return out.getvalue()


def plain(value: object) -> str | int | float:
    """Return a native value as a file holds it: "" for none, UTC times, money in plain decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso_utc(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, int | float) else str(value)


def _cell(value: object, *, is_for_sheets: bool) -> str | int | float:
    """Return a value as its cell; a negative number begins with a sign and is no text."""
    return guarded(value) if is_for_sheets and isinstance(value, str) else plain(value)


def _unguarded(rows: Iterable[list[str]]) -> Iterable[list[str]]:
    return ([unguarded(cell) for cell in row] for row in rows)
