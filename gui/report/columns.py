"""How wide is each column of a table, and how large its text? No number is ever broken or cut."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.log_columns import ColumnKind
from db.exports.blocks import shown
from gui.report.lines import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintDevice

    from db.exports.blocks import Head, Native, Table

SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
TEXT_SHARE = 0.3
"""Of the width, at least so much is left for columns of text; else the whole table is set smaller."""
LOOKED_AT = 200
_SHARING = frozenset({ColumnKind.TEXT, ColumnKind.WORDS})


@dataclass(frozen=True)
class Columns:
    """The text of a table's cells and of its heads and sums, and in dots how wide its columns are.

    `pad` lies right of a column and left of a number, `indent` left of a text.
    """

    plain: Type
    bold: Type
    widths: tuple[float, ...]
    pad: float
    indent: float

    def room(self, number: int, *, is_number: bool) -> float:
        """Return how much of a column its text may fill."""
        return self.widths[number] - self.pad - (self.pad if is_number else self.indent)


def columns_of(table: Table, device: QPaintDevice, points: float, width: float, pad: float) -> Columns:
    """Return the columns of a table: numbers, times and hashes as wide as they are, text shares the rest.

    Where text would have little room and could use more, everything is set smaller, down to the last of SCALES.
    """
    sharing = [number for number, head in enumerate(table.heads) if head.kind in _SHARING]
    for scale in SCALES:
        plain = Type(points * scale, device)
        bold = Type(points * scale, device, is_bold=True)
        own = [_natural(table, number, plain, bold) + 3 * pad for number in range(len(table.heads))]
        rest = width - sum(wide for number, wide in enumerate(own) if number not in sharing)
        if rest >= min(TEXT_SHARE * width, sum(own[number] for number in sharing)):
            break
    return Columns(plain, bold, tuple(_shared(table.heads, own, sharing, rest)), pad, 2 * pad)


def _shared(heads: Sequence[Head], own: list[float], sharing: list[int], rest: float) -> list[float]:
    """Return the widths: text takes of the rest what it can use; what is then left goes to all by their share."""
    text: dict[int, float] = {}
    for number in sorted(sharing, key=lambda one: own[one]):  # who needs least is served first
        others = [one for one in sharing if one not in text]
        whole = sum(heads[one].share for one in others)
        text[number] = min(own[number], (rest - sum(text.values())) * heads[number].share / whole)
    left, shares = rest - sum(text.values()), sum(head.share for head in heads)
    return [text.get(number, wide) + left * heads[number].share / shares for number, wide in enumerate(own)]


def _natural(table: Table, number: int, plain: Type, bold: Type) -> float:
    """Return how wide a column is with its widest value on one line, and the longest word of its head."""
    head = table.heads[number]
    words = [
        *(bold.width(word) for word in head.title.split()),
        *(plain.width(word) for word in head.unit.split()),
    ]
    values = [row[number] for row in table.rows]
    numbers = [value for value in values if isinstance(value, int | float | Decimal)]
    extremes: list[Native] = [max(numbers), min(numbers)] if numbers else []
    looked_at = {shown(value, head.kind) for value in (*values[:LOOKED_AT], *values[-LOOKED_AT:], *extremes)}
    type_ = bold if table.sums else plain
    return max([*words, *map(type_.width, looked_at)])
