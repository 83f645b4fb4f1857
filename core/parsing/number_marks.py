"""Does a comma part decimals or thousands? Judged over whole columns; what they do not decide is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.packed import PackedColumn
from core.parsing.table import ParseRefusedError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

POINT, COMMA = ".", ","
_WITH_POINT = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)


def decimal_mark(columns: Sequence[Sequence[str]], said: str = "") -> str:
    """Return the mark before the decimals of a file's numbers.

    `said` is what the layout's language or the user says of it; cells that contradict it win. Raises
    ParseRefusedError where commas stand in the cells and nothing decides what they mean.
    """
    if said != COMMA and not any(_holds(cells, COMMA) for cells in columns):
        return POINT
    odd = {cell.strip(" \t") for cells in columns for cell in cells if COMMA in cell or POINT in cell}
    by_point = {cell for cell in odd if _WITH_POINT.fullmatch(cell)}
    by_comma = {cell for cell in odd if _WITH_COMMA.fullmatch(cell)}
    if bool(by_point - by_comma) != bool(by_comma - by_point):
        return POINT if by_point - by_comma else COMMA
    doubtful = by_point & by_comma
    if said or not doubtful or by_point - by_comma:
        return said or POINT
    cell = shown(min(doubtful))
    raise ParseRefusedError(
        0, 0, f"{cell}: does the comma part decimals or thousands? No number of the file decides it: say which"
    )


def plain_cells(cells: Sequence[str], mark: str) -> Sequence[str]:
    """Return the cells with a point before the decimals and nothing between thousands.

    Cells that are not written so stay as they are, to be refused by their own text.
    """
    pattern, group = (_WITH_POINT, COMMA) if mark == POINT else (_WITH_COMMA, POINT)
    if mark == POINT and not _holds(cells, COMMA):
        return cells
    return [
        cell.replace(group, "").replace(mark, POINT) if pattern.fullmatch(cell.strip(" \t")) else cell
        for cell in cells
    ]


def _holds(cells: Sequence[str], mark: str) -> bool:
    if isinstance(cells, PackedColumn):
        return cells.has(mark)
    return any(mark in cell for cell in cells)
