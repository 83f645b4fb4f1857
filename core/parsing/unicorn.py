"""unicorn.us.com breadth: no header, YYYYMMDD,count; advances, declines and unchanged are files of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, Wanted
from core.parsing.number_column import COUNT
from core.parsing.table import read_table

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_ROW = re.compile(r"[ \t]*(19|20)\d{6}[ \t]*,[ \t]*\d*[ \t]*", re.ASCII)
_IN_NAMES = {
    "advances": re.compile(r"advn|advanc", re.IGNORECASE),
    "declines": re.compile(r"decln|declin", re.IGNORECASE),
    "unchanged": re.compile(r"unchn|unchang", re.IGNORECASE),
}
_HEADER = ("date", "count")


def _cut(text: str) -> Table:
    return read_table(text, header=_HEADER)


def _layout(field: str) -> Layout:
    def claims(head: Head) -> int:
        rows = [line for line in head.lines[:-1] or head.lines if line.strip()]
        if not rows or not all(map(_ROW.fullmatch, rows)):
            return 0
        named = [name for name, pattern in _IN_NAMES.items() if pattern.search(head.file_name)]
        return (2 if named == [field] else 0) if len(named) == 1 else 1

    def reading(_table: Table, asked: Asked) -> Reading:
        return Reading(0, (Wanted(f"BREADTH:{asked.symbol}", {field: 1}, (field,), {field: COUNT}),))

    title = f"{field} alone (YYYYMMDD,count)"
    return Layout(f"unicorn-{field}", title, "unicorn", claims, reading, is_breadth=True, meaning=field, cut=_cut)


LAYOUTS = tuple(_layout(field) for field in _IN_NAMES)
