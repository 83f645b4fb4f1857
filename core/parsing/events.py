"""Dates of announcements: a `date` column, and `kind`, `actual`, `consensus`, `previous` where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.events import KIND, NAMED_KINDS, MarketEvent
from core.parsing.date_column import read_days
from core.parsing.fates import Fate, ParsedFile, RowFate
from core.parsing.findings import Finding, Findings, refusals
from core.parsing.layout import Head, Layout, Reading
from core.parsing.number_column import LEVEL, read_numbers
from core.parsing.parsed import row_counts, taken_ranges, uncut_fates
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.date_column import Days
    from core.parsing.table import Table

NUMBERS = ("actual", "consensus", "previous")
_COLUMNS = frozenset({"date", "kind", *NUMBERS})
Values = dict[str, list[float | None]]


def _claims(head: Head) -> int:
    return 2 if "date" in head.names and {*head.names} <= _COLUMNS else 0


def _reading(table: Table, _asked: Asked) -> Reading:
    return Reading(table.index("date"), ())


def _parse(table: Table, layout: Layout, asked: Asked) -> ParsedFile:
    """Return the announcements of a table; a cell without a number is one that is not known."""
    place = table.index("date")
    if not table.lines:
        raise table.refused[0]
    days = read_days(table.columns[place], table.lines, place + 1)
    values, found = _numbers(table)
    kinds, no_kinds = _kinds(table, asked)
    found = found | no_kinds | refusals(days.refused, place + 1, table.header[place])
    events = [_event(days, kinds, values, row) if row not in found else None for row in range(len(table.lines))]
    found |= _repeats(events, table)
    fates = [
        RowFate(table.lines[row], days.values[row].item(), "", fate, reason, column)
        for row, (fate, reason, column) in found.items()
    ]
    return ParsedFile(
        layout=layout.name,
        source=layout.source,
        rows=table.rows,
        series=(),
        fates=tuple(sorted([*fates, *uncut_fates(table)], key=lambda fate: fate.line)),
        counts=row_counts(table, found),
        taken_lines=taken_ranges(table, found),
        events=tuple(sorted(event for row, event in enumerate(events) if event is not None and row not in found)),
    )


def _numbers(table: Table) -> tuple[Values, Findings]:
    """Return the numbers of each column that is there, None where a cell has none, and the refused rows."""
    values: Values = {}
    found: Findings = {}
    for name in NUMBERS:
        place = table.find(name)
        if place is not None:
            numbers = read_numbers(table.columns[place], LEVEL)
            values[name] = [None if np.isnan(value) else value for value in numbers.values.tolist()]
            found = refusals(numbers.refused, place + 1, table.header[place]) | found
    return values, found


def _kinds(table: Table, asked: Asked) -> tuple[list[str], Findings]:
    """Return what each row announces: by its own column, or all by what the user or the file's name says."""
    place = table.find("kind")
    if place is None:
        kind = asked.symbol.upper() or kind_in_file_name(asked.file_name)
        if not KIND.fullmatch(kind):
            raise ParseRefusedError(
                0, 0, "nothing says what the dates are of: name the kind with --symbol, like FOMC"
            )
        return [kind] * len(table.lines), {}
    kinds = [cell.strip().upper() for cell in table.columns[place]]
    wrong = {
        row: f"{shown(table.columns[place][row])} is no kind like FOMC, CPI or PPI"
        for row, kind in enumerate(kinds)
        if not KIND.fullmatch(kind)
    }
    return kinds, refusals(wrong, place + 1, table.header[place])


def kind_in_file_name(file_name: str) -> str:
    """Return the kind that a file name gives (`fomc_dates_2000.csv`), "" for none or several."""
    found = [kind for kind in NAMED_KINDS if kind.casefold() in file_name.casefold()]
    return found[0] if len(found) == 1 else ""


def _event(days: Days, kinds: list[str], values: Values, row: int) -> MarketEvent:
    numbers = {name: column[row] for name, column in values.items()}
    return MarketEvent(days.values[row].item(), kinds[row], **numbers)


def _repeats(events: list[MarketEvent | None], table: Table) -> Findings:
    """Return the findings for a kind that stands twice on a day: the same once more, or all refused."""
    rows: dict[tuple[object, str], list[int]] = {}
    for row, event in enumerate(events):
        if event is not None:
            rows.setdefault((event.day, event.kind), []).append(row)
    found: Findings = {}
    for (day, kind), same in rows.items():
        if len(same) > 1:
            where = f"{kind} of {day} stands on lines {', '.join(str(table.lines[row]) for row in same[:5])}"
            alike = len({events[row] for row in same}) == 1
            words = f"{where} with {'the same' if alike else 'different'} values"
            finding = Finding(Fate.REPEATED if alike else Fate.REFUSED, words)
            found |= dict.fromkeys(same[1:] if alike else same, finding)
    return found


LAYOUT = Layout(
    name="events",
    title="dates of announcements (FOMC, CPI, PPI)",
    source="events",
    claims=_claims,
    reading=_reading,
    names_itself=True,
    may_be_named=True,
    parse=_parse,
)
