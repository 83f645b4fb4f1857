"""FRED: observation_date,VIXCLS (older: DATE,VIXCLS), or date,value; `.` or an empty cell where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, Wanted, only_other_column
from core.parsing.number_column import LEVEL, PRICE
from core.parsing.symbols import INDEXES, symbol_in_file_name, symbol_in_header

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_DATES = ("observation_date", "date")


def _claims(head: Head) -> int:
    if len(head.names) != 2 or head.names[0] not in _DATES or not head.names[1] or head.has_time_of_day:
        return 0
    is_named = head.names[1] != "net" and symbol_in_file_name(head.file_name)
    return 2 if symbol_in_header(head.header[1]) or is_named else 1


def _reading(table: Table, asked: Asked) -> Reading:
    dates = table.index(*_DATES)
    limits = PRICE if asked.symbol in INDEXES else LEVEL  # a yield may be zero or below, an index not
    column = only_other_column(table, dates)
    return Reading(dates, (Wanted(asked.symbol, {"close": column}, ("close",), {"close": limits}),))


LAYOUT = Layout(
    name="fred",
    title="FRED series, or another file of date and value",
    source="fred",
    claims=_claims,
    reading=_reading,
    header_symbol=lambda header: symbol_in_header(header[1]) if len(header) == 2 else "",
)
