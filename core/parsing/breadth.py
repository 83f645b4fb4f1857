"""Breadth counts: date,advances,declines, with unchanged where there is one; other columns are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, counts

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_HEADER = ("date", "advances", "declines")


def _claims(head: Head) -> bool:
    return head.names[:3] == _HEADER and not head.has_time_of_day


def _reading(table: Table, asked: Asked) -> Reading:
    columns = {name: table.index(name) for name in ("advances", "declines")}
    unchanged = table.find("unchanged")
    if unchanged is not None:
        columns["unchanged"] = unchanged
    return Reading(table.index("date"), (counts(asked.symbol, columns),))


LAYOUT = Layout(
    "breadth",
    "breadth counts (date,advances,declines)",
    "csv",
    _claims,
    _reading,
    is_breadth=True,
    meaning="counts",
)
