"""Bars within a day of any origin: a date with a time of day, in one column or two, and Open,High,Low,Close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, bars

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_DATE = re.compile(r"(date|datetime|time|timestamp|date[ _]time)([ _(\[].*)?", re.IGNORECASE)
_PRICES = ("open", "high", "low", "close")


def _claims(head: Head) -> bool:
    has_prices = set(_PRICES) <= set(head.names) and "symbol" not in head.names
    return has_prices and (
        _is_split(head.names) or (head.has_time_of_day and bool(_DATE.fullmatch(head.names[0])))
    )


def _is_split(names: tuple[str, ...]) -> bool:
    return "date" in names and any(name.startswith("time") for name in names)


def _reading(table: Table, asked: Asked) -> Reading:
    names = tuple(name.casefold() for name in table.header)
    columns = {name: table.index(name) for name in _PRICES}
    wanted = (bars(asked.symbol, columns),)
    if _is_split(names):
        times = next(index for index, name in enumerate(names) if name.startswith("time"))
        return Reading(table.index("date"), wanted, times)
    found = next((index for index, name in enumerate(names) if _DATE.fullmatch(name)), None)
    return Reading(table.index("date", "datetime") if found is None else found, wanted)


LAYOUT = Layout("bars-within-day", "bars within a day", "csv", _claims, _reading)
