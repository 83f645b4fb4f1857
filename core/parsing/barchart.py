"""Barchart: [Symbol,]Time,Open,High,Low,Latest (older: Last),.., newest first, a line about the download last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, bars, head_of
from core.parsing.one_of_several import pick, rows_of_others
from core.parsing.symbols import INDEXES, canonical
from core.parsing.table import ParseRefusedError, read_table

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.findings import Findings
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table

_FOOTER = "downloaded from barchart.com"
_CLOSES = ("latest", "last")
_TO_BARS = ("time", "open", "high", "low")


def _is_history(head: Head) -> bool:
    return head.names[:4] == _TO_BARS and head.names[4:5] != () and head.names[4] in _CLOSES


def _is_option(head: Head) -> bool:
    return _is_history(head) and {"iv", "delta"} <= set(head.names)


def _claims(head: Head) -> bool:
    return _is_history(head) and not _is_option(head)


def _claims_with_symbol(head: Head) -> bool:
    return head.names[:1] == ("symbol",) and _claims(replace(head, lines=(",".join(head.names[1:]),)))


def _cut(text: str) -> Table:
    return read_table(text, head_of(text).delimiter, is_row=_is_row)


def _is_row(line: str) -> bool:
    return not line.lstrip('" ').casefold().startswith(_FOOTER)


def _reading(table: Table, asked: Asked) -> Reading:
    columns = {name: table.index(name) for name in ("open", "high", "low")}
    columns["close"] = table.index(*_CLOSES)
    return Reading(table.index("time"), (bars(asked.symbol, columns),))


def _reading_of_one(table: Table, asked: Asked) -> Reading:
    column = table.index("symbol")
    picked = pick(table.columns[column], asked, "symbol")
    reading = _reading(table, replace(asked, symbol=canonical(picked.strip().lstrip("$"))))
    return replace(reading, also=(column,))


def _reading_of_option(table: Table, asked: Asked) -> Reading:
    """Return the reading of the bars of one option: its file never says which one, and its price is no index's."""
    if not asked.symbol or asked.symbol in INDEXES:
        raise ParseRefusedError(
            0, 0, "which option it is the file does not say: name it with --symbol VIX260121C25"
        )
    return _reading(table, asked)


def _others(sheet: Sheet, asked: Asked) -> Findings:
    cells = sheet.table.columns[sheet.table.index("symbol")]
    return rows_of_others(cells, pick(cells, asked, "symbol"))


LAYOUT = Layout("barchart", "Barchart history", "barchart", _claims, _reading, cut=_cut)
WITH_SYMBOL = replace(
    LAYOUT,
    name="barchart-symbol",
    title="Barchart history with the symbol in each row",
    claims=_claims_with_symbol,
    reading=_reading_of_one,
    names_itself=True,
    may_be_named=True,
    judge=_others,
)
OPTION = replace(
    LAYOUT,
    name="barchart-option",
    title="Barchart history of one option",
    claims=_is_option,
    reading=_reading_of_option,
    names_itself=True,
    may_be_named=True,
)
