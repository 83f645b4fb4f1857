"""What would a file bring? Planned without a trace: layout, symbol, the fate of every row, what is new."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.market.quote import SYMBOL
from core.market.series import BREADTH_PREFIX
from core.market.times import iso_utc
from core.parsing.asked import Asked
from core.parsing.layout import head_of
from core.parsing.mapping import mapped_layout
from core.parsing.registry import choose, layout_named, parse, propose_symbol, recognise
from core.parsing.symbols import day_in_file_name
from core.parsing.table import ParseRefusedError, shown
from core.parsing.zones import zone_named
from db.column_mappings import load_mapping
from db.event_rows import compare_events
from db.file_text import FileText, ImportRefusedError, read_file
from db.market_rows import compare
from db.option_rows import compare_chain

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path

    from core.market.calendar import SessionCalendar
    from core.parsing.fates import ParsedFile, RowFate
    from core.parsing.layout import Layout
    from core.parsing.mapping import ColumnMapping
    from db.event_rows import EventComparison
    from db.market_rows import Comparison
    from db.option_rows import ChainComparison

MAX_REASONS = 3


@dataclass(frozen=True)
class Told:
    """What the user says about a file; what is empty, the file, its name and the journal say.

    `zone` names that of times of day, `day` the trade date of a file that does not hold it.
    """

    layout: str = ""
    symbol: str = ""
    zone: str = ""
    day: date | None = None
    mapping: ColumnMapping | None = None


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
    chain: ChainComparison | None = None
    events: EventComparison | None = None
    mapping: ColumnMapping | None = None

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
            "chain": _chain_record(self.chain) if self.chain else None,
            "events": self.events.as_record() if self.events else None,
            "ignored_columns": list(self.parsed.ignored_columns),
            "left_out": list(self.file.left_out),
            "missing_sessions": [day.isoformat() for day in self.parsed.missing_sessions],
            "refusal": self.refusal,
        }


def plan_import(  # noqa: PLR0913 - what the window and the command line say about a file
    connection: sqlite3.Connection,
    path: Path,
    *,
    layout: str | None = None,
    symbol: str | None = None,
    told: Told | None = None,
    calendar: SessionCalendar,
    now: datetime | None = None,
) -> ImportPlan:
    """Read a file and say what it would bring; nothing is written. `told` says more than layout and symbol.

    Rows of what had not ended by `now` (the clock's, if not given) are set aside. Raises ImportRefusedError in
    one line for what is no known file, has no symbol, or is spoilt as a whole.
    """
    said = told or Told(layout or "", symbol or "")
    return plan_file(connection, read_file(path), said, calendar=calendar, now=now)


def plan_file(
    connection: sqlite3.Connection,
    file: FileText,
    told: Told,
    *,
    calendar: SessionCalendar,
    now: datetime | None = None,
) -> ImportPlan:
    """Say what a text would bring that was read from a file or pasted; the same as `plan_import`."""
    head = head_of(file.text, file.name)
    mapping = told.mapping or (None if told.layout else load_mapping(connection, head.header))
    try:
        claims = _claims(file, told, mapping)
        name, named_by = _symbol(file, claims[0], told.symbol)
        zone = zone_named(told.zone) if told.zone else None
        day = told.day or (day_in_file_name(file.name) if claims[0].needs_day else None)
        parsed = parse(file.text, claims[0], Asked(calendar, name, file.name, zone, day, now or datetime.now(UTC)))
    except ParseRefusedError as error:
        raise ImportRefusedError(f"{file.name}: {error}") from None
    return ImportPlan(
        file,
        tuple(one.name for one in claims),
        name,
        named_by,
        parsed,
        tuple(compare(connection, one) for one in parsed.series),
        calendar,
        compare_chain(connection, parsed.chain) if parsed.chain is not None else None,
        compare_events(connection, parsed.events) if parsed.events else None,
        told.mapping,
    )


def _claims(file: FileText, told: Told, mapping: ColumnMapping | None) -> list[Layout]:
    """Return the layouts that claim a file, the one to be used first."""
    if mapping is not None:
        return [mapped_layout(mapping)]
    if told.layout:
        return [layout_named(told.layout)]
    claims = recognise(file.text, file.name)
    chosen = choose(claims, file.text, file.name, told.symbol)
    return [chosen, *(one for one in claims if one is not chosen)]


def _symbol(file: FileText, layout: Layout, given: str) -> tuple[str, str]:
    """Return the symbol (or universe) of a file and who named it."""
    if layout.names_itself and given and not layout.may_be_named:
        raise ImportRefusedError(f"{file.name}: this layout names its own symbols: leave --symbol out")
    name, named_by = (given.strip().upper(), "given") if given else ("", "")
    if layout.names_itself and not name:
        return "", "layout"
    if not name:
        name, named_by = propose_symbol(file.name, layout, head_of(file.text).header)
    if layout.is_breadth:
        name = name.removeprefix(BREADTH_PREFIX)
    if not name:
        what = "breadth universe" if layout.is_breadth else "symbol"
        raise ImportRefusedError(f"{file.name}: nothing in it says which {what} it is: name it with --symbol")
    if not SYMBOL.fullmatch(name) or name.startswith(BREADTH_PREFIX):
        raise ImportRefusedError(f"{file.name}: {shown(name)} is not a symbol")
    return name, named_by


def _where(fate: RowFate) -> str:
    return str(ParseRefusedError(fate.line, fate.column, fate.reason))


def _series_record(comparison: Comparison) -> dict[str, Any]:
    series = comparison.series
    return {
        "symbol": series.symbol,
        "is_breadth": series.symbol.startswith(BREADTH_PREFIX),
        "interval": series.interval,
        "days": len(series.times),
        "first": str(series.times[0]),
        "last": str(series.times[-1]),
        "new": comparison.new,
        "same": comparison.same,
        "changed": [asdict(value) for value in comparison.changed],
    }


def _chain_record(comparison: ChainComparison) -> dict[str, Any]:
    chain = comparison.chain
    return {
        "underlying": chain.underlying,
        "time": iso_utc(chain.time),
        "options": len(chain),
        "roots": sorted(set(chain.roots.tolist())),
        "first_expiry": str(chain.expiries.min()),
        "last_expiry": str(chain.expiries.max()),
        "new": comparison.new,
        "same": comparison.same,
        "changed": comparison.changed,
    }
