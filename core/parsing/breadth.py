"""Breadth counts: date,advances,declines, with unchanged where there is one; other columns are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.series import BREADTH_FIELDS
from core.parsing.layout import Head, Layout, Reading, counts

if TYPE_CHECKING:
    from core.parsing.table import Table

_HEADER = ("date", "advances", "declines")


def _claims(head: Head) -> bool:
    return head.names[:3] == _HEADER and not head.has_time_of_day


def _reading(table: Table, universe: str) -> Reading:
    table.index("advances"), table.index("declines")
    found = {name: table.find(name) for name in BREADTH_FIELDS}
    columns = {name: column for name, column in found.items() if column is not None}
    return Reading(table.index("date"), (counts(universe, columns),))


LAYOUT = Layout("breadth", "breadth counts (date,advances,declines)", "csv", _claims, _reading, is_breadth=True)
