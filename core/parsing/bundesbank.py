"""The Bundesbank's copy of the ECB's exchange rates: date,value,flag among lines about it; `.` for none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, Wanted
from core.parsing.number_column import PRICE
from core.parsing.table import read_table

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_CODE = re.compile(r"BBEX3\.D\.([A-Z]{3})\.EUR\.[A-Z0-9.]+", re.ASCII | re.IGNORECASE)
_ABOUT = re.compile(
    r'[ \t]*("")?[,;]|"?(unit|unit multiplier|last update|einheit|dimension|stand vom|comment|kommentar)\b',
    re.IGNORECASE,
)


def _claims(head: Head) -> int:
    return 2 if len(head.header) > 1 and not head.header[0] and _CODE.fullmatch(head.header[1]) else 0


def _cut(text: str) -> Table:
    delimiter = ";" if text[:200].count(";") > text[:200].count(",") else ","
    return read_table(text, delimiter, is_row=lambda line: not _ABOUT.match(line))


def _reading(table: Table, asked: Asked) -> Reading:
    places = [index for index, name in enumerate(table.header) if _CODE.fullmatch(name)]
    value = places[0] if places else table.index("BBEX3.D.USD.EUR.BB.AC.000")
    return Reading(0, (Wanted(asked.symbol, {"close": value}, ("close",), {"close": PRICE}),))


def _symbol(header: tuple[str, ...]) -> str:
    """Return the pair that a series is of: dollars for one euro are EURUSD."""
    matches = [match for name in header if (match := _CODE.fullmatch(name))]
    return f"EUR{matches[0][1].upper()}" if matches else ""


LAYOUT = Layout(
    "bundesbank",
    "ECB exchange rate (Bundesbank)",
    "bundesbank",
    _claims,
    _reading,
    header_symbol=_symbol,
    cut=_cut,
)
