"""Net breadth: Date,Net or Date,Value of advances less declines, which gives the A/D line and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, Wanted, only_other_column
from core.parsing.number_column import NET
from core.parsing.symbols import universe_in_file_name

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_NET_NAMES = frozenset({"net", "net advances", "net issues", "net a/d", "advances-declines"})
_ANY_VALUE = frozenset({"value", "close"})


def _claims(head: Head) -> int:
    if len(head.names) != 2 or head.names[0] != "date" or head.has_time_of_day:
        return 0
    if head.names[1] in _NET_NAMES:
        return 2
    return (2 if universe_in_file_name(head.file_name) else 1) if head.names[1] in _ANY_VALUE else 0


def _reading(table: Table, asked: Asked) -> Reading:
    dates = table.index("date")
    column = only_other_column(table, dates)
    return Reading(dates, (Wanted(f"BREADTH:{asked.symbol}", {"net": column}, ("net",), {"net": NET}),))


LAYOUT = Layout(
    "breadth-net", "net breadth (date,net)", "csv", _claims, _reading, is_breadth=True, meaning="net breadth"
)
