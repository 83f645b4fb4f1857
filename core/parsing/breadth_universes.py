"""Breadth counts of several universes in one table: a pair of columns each, or the universe in a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, counts
from core.parsing.one_of_several import pick, rows_of_others

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.findings import Findings
    from core.parsing.sheet import Sheet
    from core.parsing.table import Table

_FIELDS = {
    "advances": r"advances|advancing|advancers|adv|up",
    "declines": r"declines|declining|decliners|decl|dec|down",
    "unchanged": r"unchanged|unch",
}
_PATTERNS = {
    field: re.compile(rf"(?:(.+?)[ _.-]+(?:{words})|(?:{words})[ _.-]+(.+))", re.IGNORECASE)
    for field, words in _FIELDS.items()
}
_UNIVERSE_NAMES = ("universe", "exchange", "market", "index")


def _columns(header: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return field and column by universe, of those that have advances and declines."""
    found: dict[str, dict[str, int]] = {}
    for index, name in enumerate(header):
        for field, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(name):
                found.setdefault((match[1] or match[2]).strip(), {})[field] = index
    return {name: fields for name, fields in found.items() if {"advances", "declines"} <= fields.keys()}


def _claims_wide(head: Head) -> int:
    return 2 if head.names[:1] == ("date",) and len(_columns(head.header)) > 1 and not head.has_time_of_day else 0


def _claims_long(head: Head) -> int:
    names = set(head.names)
    return 2 if {"date", "advances", "declines"} <= names and names & set(_UNIVERSE_NAMES) else 0


def _reading_wide(table: Table, asked: Asked) -> Reading:
    columns = _columns(table.header)
    picked = pick(columns, asked, "universe")
    return Reading(table.index("date"), (counts(_universe(picked), columns[picked]),))


def _reading_long(table: Table, asked: Asked) -> Reading:
    names = table.index(*_UNIVERSE_NAMES)
    picked = pick(table.columns[names], asked, "universe")
    columns = {name: table.index(name) for name in ("advances", "declines")}
    unchanged = table.find("unchanged")
    if unchanged is not None:
        columns["unchanged"] = unchanged
    return Reading(table.index("date"), (counts(_universe(picked), columns),), also=(names,))


def _others(sheet: Sheet, asked: Asked) -> Findings:
    cells = sheet.table.columns[sheet.table.index(*_UNIVERSE_NAMES)]
    return rows_of_others(cells, pick(cells, asked, "universe"))


def _universe(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isalnum() and letter.isascii())


WIDE = Layout(
    name="breadth-universes",
    title="breadth counts of several universes, a pair of columns each",
    source="csv",
    claims=_claims_wide,
    reading=_reading_wide,
    names_itself=True,
    may_be_named=True,
    is_breadth=True,
    meaning="counts",
)
LONG = Layout(
    name="breadth-long",
    title="breadth counts of several universes, one to a row",
    source="csv",
    claims=_claims_long,
    reading=_reading_long,
    names_itself=True,
    may_be_named=True,
    is_breadth=True,
    meaning="counts",
    judge=_others,
)
