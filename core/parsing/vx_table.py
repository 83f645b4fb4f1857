"""The table of daily VX settlements: DATE, VX1..VX8; its VIX and SP500 columns are not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.series import CURVE_SYMBOLS
from core.parsing.layout import Head, Layout, Reading, bars

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_NEEDED = {"date", "vx1", "vx2"}


def _claims(head: Head) -> bool:
    return set(head.names) >= _NEEDED and not head.has_time_of_day


def _reading(table: Table, _asked: Asked) -> Reading:
    table.index(CURVE_SYMBOLS[0])
    found = {symbol: table.find(symbol) for symbol in CURVE_SYMBOLS}
    wanted = tuple(bars(symbol, {"close": column}) for symbol, column in found.items() if column is not None)
    return Reading(table.index("date"), wanted)


LAYOUT = Layout(
    name="vx-table",
    title="table of VX1..VX8 settlements",
    source="vx-table",
    claims=_claims,
    reading=_reading,
    names_itself=True,
)
