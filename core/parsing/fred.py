"""FRED: observation_date,VIXCLS (older: DATE,VIXCLS), or date,value; `.` or an empty cell where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.parsing.layout import Head, Layout, Reading, Wanted, only_other_column
from core.parsing.number_column import LEVEL, PRICE
from core.parsing.symbols import INDEXES, symbol_in_header

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.parsing.table import Table

_DATES = ("observation_date", "date")


def _claims(head: Head) -> bool:
    return len(head.names) == 2 and head.names[0] in _DATES and bool(head.names[1]) and not head.has_time_of_day


def _reading(table: Table, symbol: str) -> Reading:
    dates = table.index(*_DATES)
    limits = PRICE if symbol in INDEXES else LEVEL  # a yield may be zero or below, an index not
    column = only_other_column(table, dates)
    return Reading(dates, (Wanted(symbol, {"close": column}, ("close",), {"close": limits}),))


def _objection(days: NDArray[np.datetime64]) -> str:
    known = days[~np.isnat(days)]
    first_of_month = known == known.astype("datetime64[M]").astype("datetime64[D]")
    if len(known) > 2 and first_of_month.all():
        return "one value a month, dated by the month it is about: this program does not read monthly series yet"
    return ""


LAYOUT = Layout(
    name="fred",
    title="FRED series, or another file of date and value",
    source="fred",
    claims=_claims,
    reading=_reading,
    header_symbol=lambda header: symbol_in_header(header[1]) if len(header) == 2 else "",
    objection=_objection,
)
