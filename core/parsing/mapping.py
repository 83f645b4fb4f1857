"""How does a user read a file that no layout knows? By saying which column is which, for all with that header."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from core.market.series import BAR_FIELDS, BREADTH_FIELDS
from core.parsing.date_column import DAY_FIRST, MONTH_FIRST
from core.parsing.layout import PRICES, Layout, Reading, Wanted, bars
from core.parsing.number_column import COUNT, NET
from core.parsing.number_marks import COMMA, POINT
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.parsing.asked import Asked
    from core.parsing.table import Table

NAME = "own-columns"
_DECIMALS = {"comma": COMMA, "point": POINT}
_ORDERS = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST}
_PLACE = "#"
_HELP = (
    "write it like date=Datum,close=Kurs: fields open, high, low, close or advances, declines, unchanged, net, "
    "then time=.., decimal=comma or point, order=dmy or mdy; a column without a name by its place, close=#3"
)


@dataclass(frozen=True)
class ColumnMapping:
    """Which columns of a file are the date, the time of day ("" if none stands apart) and each field, by name.

    `decimal` is the mark before decimals and `order` that of day and month, "" where the file decides them.
    """

    date: str
    fields: Mapping[str, str]
    time: str = ""
    decimal: str = ""
    order: str = ""

    @property
    def is_breadth(self) -> bool:
        """Whether the fields count stocks."""
        return next(iter(self.fields)) in BREADTH_FIELDS

    def as_text(self) -> str:
        """Return the mapping as it is kept."""
        return json.dumps(asdict(self), sort_keys=True)


def mapping_of(text: str) -> ColumnMapping:
    """Return the mapping that `as_text` wrote."""
    return ColumnMapping(**json.loads(text))


def parse_mapping(text: str) -> ColumnMapping:
    """Return the mapping that a user typed: `date=Datum,close=Kurs,decimal=comma`; raises ParseRefusedError."""
    parts = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    words = {name.strip().casefold(): value.strip() for name, value in parts.items()}
    fields = {name: words.pop(name) for name in (*BAR_FIELDS, *BREADTH_FIELDS) if name in words}
    date, time = words.pop("date", ""), words.pop("time", "")
    decimal, order = (
        table.get(words.pop(name, ""), "") for name, table in (("decimal", _DECIMALS), ("order", _ORDERS))
    )
    is_whole = all("=" in part for part in text.split(",")) and date and all(fields.values()) and not words
    if not is_whole or not fields or not (_is_bars(fields) or set(fields) <= set(BREADTH_FIELDS)):
        raise ParseRefusedError(0, 0, f"{shown(text)} is no column mapping: {_HELP}")
    return ColumnMapping(date, fields, time, decimal, order)


def header_key(header: tuple[str, ...]) -> str:
    """Return the key under which the mapping of a header is kept."""
    return hashlib.sha256("\x1f".join(name.casefold() for name in header).encode()).hexdigest()


def mapped_layout(mapping: ColumnMapping) -> Layout:
    """Return the layout that reads files as a mapping says."""

    def reading(table: Table, asked: Asked) -> Reading:
        columns = {field: _place(table, name) for field, name in mapping.fields.items()}
        time = _place(table, mapping.time) if mapping.time else None
        wanted = _counts(asked.symbol, columns) if mapping.is_breadth else bars(asked.symbol, columns)
        return Reading(_place(table, mapping.date), (wanted,), time)

    return Layout(
        name=NAME,
        title="the columns that you named",
        source="csv",
        claims=lambda _head: 2,
        reading=reading,
        date_order=mapping.order,
        decimal=mapping.decimal,
        is_breadth=mapping.is_breadth,
        meaning="counts" if mapping.is_breadth else PRICES,
    )


def _is_bars(fields: Mapping[str, str]) -> bool:
    return "close" in fields and set(fields) <= set(BAR_FIELDS)


def _counts(universe: str, columns: dict[str, int]) -> Wanted:
    needed = ("net",) if "net" in columns else tuple(name for name in ("advances", "declines") if name in columns)
    limits = {name: NET if name == "net" else COUNT for name in columns}
    return Wanted(f"BREADTH:{universe}", columns, needed or tuple(columns), limits)


def _place(table: Table, name: str) -> int:
    """Return the index of a column by its name, or by its place from 1 behind a #."""
    number = name.removeprefix(_PLACE)
    if name.startswith(_PLACE) and number.isascii() and number.isdigit() and 1 <= int(number) <= len(table.header):
        return int(number) - 1
    return table.index(name)
