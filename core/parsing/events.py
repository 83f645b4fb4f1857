"""Which announcements does a file list? A `date` column; `kind`, `actual`, `consensus`, `previous` where known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.events import KIND, NAMED_KINDS, MarketEvent
from core.parsing.date_column import read_days
from core.parsing.layout import head_of
from core.parsing.number_column import LEVEL, read_numbers
from core.parsing.table import ParseRefusedError, read_table, shown

if TYPE_CHECKING:
    from core.parsing.table import Table

NUMBERS = ("actual", "consensus", "previous")
_COLUMNS = frozenset({"date", "kind", *NUMBERS})


@dataclass(frozen=True)
class ParsedEvents:
    """The events of a file by day; `rows` are all its rows, `repeated` those that say the same once more."""

    rows: int
    events: tuple[MarketEvent, ...]
    repeated: int
    refused: tuple[ParseRefusedError, ...]


def is_event_list(text: str) -> bool:
    """Whether the header line is one of a list of events: nothing but the columns that such a list may have."""
    names = [name for name in head_of(text).names if name]
    return "date" in names and {*names} <= _COLUMNS


def kind_in_file_name(file_name: str) -> str:
    """Return the kind that a file name gives (`fomc_dates_2000.csv`), "" for none or several."""
    found = [kind for kind in NAMED_KINDS if kind.casefold() in file_name.casefold()]
    return found[0] if len(found) == 1 else ""


def parse_events(text: str, kind: str = "") -> ParsedEvents:
    """Return the events of a text; `kind` is that of all rows where the file has no column for it.

    A cell without a number is one that is not known. Raises ParseRefusedError for what spoils the whole file:
    a column that no list of events has, no kind, dates of doubtful form.
    """
    head = head_of(text)
    table = read_table(text, head.delimiter)
    if not is_event_list(text):
        raise ParseRefusedError(
            table.header_line, 0, f"a list of events has the columns {', '.join(('date', 'kind', *NUMBERS))} alone"
        )
    if not table.lines:
        raise table.refused[0]
    refused = {error.line: error for error in table.refused}
    events = _events(table, _kinds(table, kind, refused), refused)
    kept, repeated = _once(events, refused)
    return ParsedEvents(
        table.rows, tuple(sorted(kept)), repeated, tuple(refused[line] for line in sorted(refused))
    )


def _kinds(table: Table, given: str, refused: dict[int, ParseRefusedError]) -> list[str]:
    """Return the kind of each row, "" where it is refused."""
    column = table.find("kind")
    if column is None:
        if not KIND.fullmatch(given.upper()):
            raise ParseRefusedError(0, 0, "nothing in it says what the dates are of: name the kind, like FOMC")
        return [given.upper()] * len(table.lines)
    kinds = [cell.strip().upper() for cell in table.columns[column]]
    for row, kind in enumerate(kinds):
        if not KIND.fullmatch(kind):
            reason = f"kind: {shown(table.columns[column][row])} is no kind like FOMC, CPI or PPI"
            refused[table.lines[row]] = ParseRefusedError(table.lines[row], column + 1, reason)
    return kinds


def _events(
    table: Table, kinds: list[str], refused: dict[int, ParseRefusedError]
) -> list[tuple[int, MarketEvent]]:
    """Return line and event of each row that can be read; the others are added to `refused`."""
    column = table.index("date")
    days = read_days(table.columns[column], table.lines, column + 1, month_first=False)
    _refuse(days.refused, "date", column, table, refused)
    values: dict[str, list[float | None]] = {}
    for name in NUMBERS:
        place = table.find(name)
        if place is not None:
            numbers = read_numbers(table.columns[place], LEVEL)
            _refuse(numbers.refused, name, place, table, refused)
            values[name] = [None if np.isnan(value) else value for value in numbers.values.tolist()]
    return [
        (
            line,
            MarketEvent(
                days.values[row].item(), kinds[row], **{name: cells[row] for name, cells in values.items()}
            ),
        )
        for row, line in enumerate(table.lines)
        if line not in refused
    ]


def _refuse(
    reasons: dict[int, str], name: str, column: int, table: Table, refused: dict[int, ParseRefusedError]
) -> None:
    for row, reason in reasons.items():
        line = table.lines[row]
        refused.setdefault(line, ParseRefusedError(line, column + 1, f"{name}: {reason}"))


def _once(
    events: list[tuple[int, MarketEvent]], refused: dict[int, ParseRefusedError]
) -> tuple[list[MarketEvent], int]:
    """Return each event once, and how many repeat one; a day of a kind with two different rows is refused."""
    first: dict[tuple[object, str], tuple[int, MarketEvent]] = {}
    repeated = 0
    for line, event in events:
        before = first.setdefault((event.day, event.kind), (line, event))
        if before[0] == line:
            continue
        if before[1] == event:
            repeated += 1
            continue
        for at in (before[0], line):
            reason = f"{event.kind} of {event.day} stands on lines {before[0]} and {line} with different values"
            refused[at] = ParseRefusedError(at, 0, reason)
    return [event for line, event in first.values() if line not in refused], repeated
