"""What would a file bring, and how does it come in? Planned without a trace, then written whole or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.market.quote import SYMBOL
from core.market.series import BREADTH_PREFIX
from core.parsing.asked import Asked
from core.parsing.layout import head_of
from core.parsing.registry import layout_named, parse, propose_symbol, recognise
from core.parsing.table import ParseRefusedError, shown
from db.connection import write
from db.file_text import FileText, ImportRefusedError, read_file
from db.market_rows import compare
from db.market_store import Batch, add_batch, refresh_history, write_comparison

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from core.market.calendar import SessionCalendar
    from core.parsing.fates import ParsedFile, RowFate
    from core.parsing.layout import Layout
    from db.market_rows import Comparison

__all__ = ["ImportPlan", "ImportRefusedError", "ImportResult", "commit_import", "plan_import"]

MAX_REASONS = 3
_ADD_NOTE = """
    INSERT INTO market_row_note (batch, line, symbol, day, field, fate, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class ImportPlan:
    """What a file would bring: nothing has been written.

    `layouts` are the names of those that claim it, the one used first; `symbol` is "" where the layout
    names its own, and `symbol_from` says who named it: "given", "header", "file name", "layout".
    """

    file: FileText
    layouts: tuple[str, ...]
    symbol: str
    symbol_from: str
    parsed: ParsedFile
    comparisons: tuple[Comparison, ...]
    calendar: SessionCalendar

    @property
    def refusal(self) -> str:
        """Why the file is refused unless its refused rows are skipped, "" if it is not."""
        refused = self.parsed.refused
        if not refused:
            return ""
        reasons = "; ".join(_where(fate) for fate in refused[:MAX_REASONS])
        more = f"; and {len(refused) - MAX_REASONS} more" if len(refused) > MAX_REASONS else ""
        rows = f"{len(refused)} row{'s' if len(refused) > 1 else ''}"
        return f"{self.file.name}: {rows} cannot be read ({reasons}{more})"

    def as_record(self) -> dict[str, Any]:
        """Return the whole plan for JSON: the fate of every row, and what each series would add."""
        fates = [
            {**asdict(fate), "day": fate.day.isoformat() if fate.day else None, "fate": fate.fate.value}
            for fate in self.parsed.fates
        ]
        taken = [list(lines) for lines in self.parsed.taken_lines]
        return {**self.summary(), "fates": fates, "taken_lines": taken}

    def summary(self) -> dict[str, Any]:
        """Return the plan for JSON without the single rows."""
        return {
            "file": self.file.name,
            "sha256": self.file.sha256,
            "layout": self.parsed.layout,
            "layouts": list(self.layouts),
            "source": self.parsed.source,
            "symbol": self.symbol,
            "symbol_from": self.symbol_from,
            "rows": self.parsed.rows,
            "counts": {fate.value: count for fate, count in self.parsed.counts.items()},
            "series": [_series_record(comparison) for comparison in self.comparisons],
            "ignored_columns": list(self.parsed.ignored_columns),
            "missing_sessions": [day.isoformat() for day in self.parsed.missing_sessions],
            "refusal": self.refusal,
        }


@dataclass(frozen=True)
class ImportResult:
    """What was written: `batch` is the import's number, None where the file brought nothing new.

    `new`, `same` and `changed` count days; the changed ones were written only if `replaced`.
    """

    batch: int | None
    new: int
    same: int
    changed: int
    replaced: bool
    skipped_rows: int


def plan_import(  # noqa: PLR0913 - what the user may say about a file
    connection: sqlite3.Connection,
    path: Path,
    *,
    layout: str | None = None,
    symbol: str | None = None,
    calendar: SessionCalendar,
    now: datetime | None = None,
) -> ImportPlan:
    """Read a file and say what it would bring; nothing is written.

    Rows of sessions that have not closed by `now` (the clock's, if not given) are set aside. Raises
    ImportRefusedError in one line for what is no known file, has no symbol, or is spoilt as a whole.
    """
    file = read_file(path)
    try:
        claims = (layout_named(layout),) if layout else tuple(recognise(file.text, path.name))
        name, named_by = _symbol(file, path.name, claims[0], symbol)
        asked = Asked(calendar, name, path.name, now=now or datetime.now(UTC))
        parsed = parse(file.text, claims[0], asked)
    except ParseRefusedError as error:
        raise ImportRefusedError(f"{file.name}: {error}") from None
    comparisons = tuple(compare(connection, one) for one in parsed.series)
    return ImportPlan(file, tuple(one.name for one in claims), name, named_by, parsed, comparisons, calendar)


def commit_import(
    connection: sqlite3.Connection,
    plan: ImportPlan,
    now: datetime,
    *,
    skip_refused: bool = False,
    replace: bool = False,
) -> ImportResult:
    """Write what a plan brings in one transaction: all of it, or nothing.

    Days that are stored with other values stay as they are unless `replace`. Raises ImportRefusedError
    for a plan with refused rows unless `skip_refused`.
    """
    if plan.refusal and not skip_refused:
        raise ImportRefusedError(plan.refusal)
    with write(connection):
        comparisons = [compare(connection, one) for one in plan.parsed.series]
        result = _result(plan, comparisons, replace)
        if not result.new and not (replace and result.changed):
            return result
        batch = add_batch(
            connection, Batch(plan.file.name, plan.file.sha256, plan.parsed.layout, plan.summary()), now
        )
        for comparison in comparisons:
            write_comparison(connection, batch, comparison, replace=replace)
        connection.executemany(_ADD_NOTE, (_note(batch, plan, fate) for fate in plan.parsed.fates))
        refresh_history(connection, plan.calendar)
    return ImportResult(batch, result.new, result.same, result.changed, result.replaced, result.skipped_rows)


def _symbol(file: FileText, file_name: str, layout: Layout, given: str | None) -> tuple[str, str]:
    """Return the symbol (or universe) of a file and who named it."""
    if layout.names_itself:
        if given:
            raise ImportRefusedError(f"{file.name}: this layout names its own symbols: leave --symbol out")
        return "", "layout"
    name, named_by = (given.strip().upper(), "given") if given else ("", "")
    if not name:
        name, named_by = propose_symbol(file_name, layout, head_of(file.text).header)
    if layout.is_breadth:
        name = name.removeprefix(BREADTH_PREFIX)
    if not name:
        what = "breadth universe" if layout.is_breadth else "symbol"
        raise ImportRefusedError(f"{file.name}: nothing in it says which {what} it is: name it with --symbol")
    if not SYMBOL.fullmatch(name) or name.startswith(BREADTH_PREFIX):
        raise ImportRefusedError(f"{file.name}: {shown(name)} is not a symbol")
    return name, named_by


def _result(plan: ImportPlan, comparisons: list[Comparison], replace: bool) -> ImportResult:
    return ImportResult(
        batch=None,
        new=sum(one.new for one in comparisons),
        same=sum(one.same for one in comparisons),
        changed=sum(int(one.is_changed.sum()) for one in comparisons),
        replaced=replace,
        skipped_rows=len(plan.parsed.refused),
    )


def _note(batch: int, plan: ImportPlan, fate: RowFate) -> tuple[int, int, str, str, str, str, str]:
    day = fate.day.isoformat() if fate.day else ""
    is_of_several = not plan.symbol and bool(fate.field)
    symbol = fate.field if is_of_several else plan.symbol
    return batch, fate.line, symbol, day, fate.field, fate.fate.value, fate.reason


def _where(fate: RowFate) -> str:
    return str(ParseRefusedError(fate.line, fate.column, fate.reason))


def _series_record(comparison: Comparison) -> dict[str, Any]:
    series = comparison.series
    return {
        "symbol": series.symbol,
        "is_breadth": series.symbol.startswith(BREADTH_PREFIX),
        "days": len(series.days),
        "first": str(series.days[0]),
        "last": str(series.days[-1]),
        "new": comparison.new,
        "same": comparison.same,
        "changed": [asdict(value) for value in comparison.changed],
    }
