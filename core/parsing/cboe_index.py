"""Cboe index history: DATE,OPEN,HIGH,LOW,CLOSE or DATE,VVIX, dates mm/dd/yyyy (or ISO in the datahub copy)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.date_column import MONTH_FIRST
from core.parsing.layout import Head, Layout, Reading, bars, ohlc, only_other_column
from core.parsing.symbols import symbol_in_header

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_FULL = ("DATE", "OPEN", "HIGH", "LOW", "CLOSE")
_PADDED = re.compile(r"\d{2}/\d{2}/\d{4}", re.ASCII)


def _claims(head: Head) -> int:
    if head.has_time_of_day or head.header[:1] != ("DATE",):
        return 0
    return 2 if head.header == _FULL or (_is_pair(head.header) and any(map(_PADDED.fullmatch, head.dates))) else 0


def _is_pair(header: tuple[str, ...]) -> bool:
    return len(header) == 2 and header[1].isupper() and bool(symbol_in_header(header[1]))


def _reading(table: Table, asked: Asked) -> Reading:
    if table.find("open") is not None:
        return ohlc(table, asked)
    dates = table.index("date")
    return Reading(dates, (bars(asked.symbol, {"close": only_other_column(table, dates)}),))


LAYOUT = Layout(
    name="cboe-index",
    title="Cboe index history",
    source="cboe",
    claims=_claims,
    reading=_reading,
    date_order=MONTH_FIRST,
    header_symbol=lambda header: symbol_in_header(header[1]) if len(header) == 2 else "",
)
