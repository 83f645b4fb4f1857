"""How does the hedge log leave the program? As exact CSV or JSON, safe in a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import astuple
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.journal.log import COLUMNS
from core.market.times import exchange_time, iso_utc
from db.target import check_target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.journal.log import LogRow

SHOWN_DECIMALS = 3
SIMULATED = "SIMULATED - not real prices, not real trades"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_TABLE = ("sequence", "event_time", "kind", "layer", "condor", "what", "cash", "fees", "spx", "vix", "edr", "rung")


def guarded(text: str) -> str:
    """Return text that a spreadsheet will not run as a formula; a leading apostrophe undoes it.

    A text that already begins with an apostrophe before such a start gets a second one, so that taking one
    away always gives the text back.
    """
    bare = text.lstrip("'")
    return (
        "'" + text if bare.startswith(_FORMULA_STARTS) or text.lstrip(" '").startswith(_FORMULA_STARTS) else text
    )


def log_csv(rows: Sequence[LogRow], *, is_simulated: bool) -> str:
    """Return the log as CSV: numbers as plain numbers, text guarded; SIMULATED is a column of its own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "simulated"] if is_simulated else COLUMNS)
    for row in rows:
        cells = [_cell(value) for value in astuple(row)]
        writer.writerow([*cells, SIMULATED] if is_simulated else cells)
    return out.getvalue()


def log_json(rows: Sequence[LogRow], *, is_simulated: bool) -> str:
    """Return the log as JSON: cash, fees and prices as decimal text, so that no cent is lost."""
    records = [log_record(row) for row in rows]
    document = {"simulated": is_simulated, "columns": list(COLUMNS), "rows": records}
    if is_simulated:
        document["notice"] = SIMULATED
    return json.dumps(document, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def log_record(row: LogRow) -> dict[str, Any]:
    """Return one row as plain data."""
    return {name: _plain(value) for name, value in zip(COLUMNS, astuple(row), strict=True)}


def log_table(rows: Sequence[LogRow], *, is_simulated: bool) -> str:
    """Return the log as a table for a terminal, the widest columns last."""
    lines = [SIMULATED] if is_simulated else []
    lines += ["  ".join(_TABLE)] if rows else ["the log is empty"]
    for row in rows:
        cells = []
        for name in _TABLE:
            value = getattr(row, name)
            text = exchange_time(value) if isinstance(value, datetime) else _cell(_rounded(value))
            cells.append(str(text) if text != "" else "-")
        lines.append("  ".join(cells))
    return "\n".join(lines) + "\n"


def _rounded(value: object) -> object:
    """Return a quote as a terminal shows it; the files have every digit."""
    return round(value, SHOWN_DECIMALS) if isinstance(value, float) else value


def write_export(path: Path, text: str, journal: Path | None) -> None:
    """Write a file whole or not at all, readable by its owner alone: a new file in place of the old one.

    Raises TargetRefusedError where that would be over the journal or another database.
    """
    check_target(path, journal)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso_utc(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return value
    return guarded(str(value))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso_utc(value)
    return f"{value:f}" if isinstance(value, Decimal) else value
