"""What is a document made of? Headings, facts, tables, pictures and prose, before any form is given to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.log_columns import ColumnKind
from core.market.figure import Figure
from core.market.times import exchange_time

if TYPE_CHECKING:
    from collections.abc import Sequence

Native = int | float | str | Decimal | datetime | Figure | None
HASH_CHARS = 8
FEWEST_DECIMALS, MOST_DECIMALS = 2, 4
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its title, what its values are, and their unit. `share` is its part of the width."""

    title: str
    kind: ColumnKind
    unit: str = ""
    share: int = 8

    @property
    def is_number(self) -> bool:
        """Whether its values stand on the right."""
        return self.kind in (ColumnKind.WHOLE, ColumnKind.POINTS, ColumnKind.DOLLARS, ColumnKind.PERCENT)

    @property
    def text(self) -> str:
        """The title with its unit: `Cash, $`."""
        return f"{self.title}, {self.unit}" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of native values under heads; the last `sums` rows are sums. `note` stands below it."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Native]]
    note: str = ""
    sums: int = 0
    empty: str = "none"
    breaks_before: bool = False


@dataclass(frozen=True, slots=True)
class FactList:
    """Names and what holds of them, one pair a line."""

    title: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG; `text` says what it shows to who cannot see it."""

    title: str
    svg: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of plain text."""

    title: str
    paragraphs: Sequence[str]


Block = Table | FactList | Picture | Prose


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a warning that stands on every page ("" for none), what stands at its foot, and the blocks."""

    title: str
    warning: str
    foot: str
    blocks: Sequence[Block]


def shown(value: Native, kind: ColumnKind) -> str:
    """Return a native value as it is read: dollars to the cent, points to their digits, "" for none."""
    if isinstance(value, Figure):
        return UNKNOWN if value.value is None else _number(value.value, kind)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return exchange_time(value)
    if isinstance(value, str):
        return _words(value, kind)
    return _number(value, kind)


def _words(value: str, kind: ColumnKind) -> str:
    if kind is ColumnKind.HASH:
        return value[:HASH_CHARS]
    return value.replace("_", " ") if kind is ColumnKind.WORDS else value


def _number(value: float | Decimal, kind: ColumnKind) -> str:
    if kind is ColumnKind.WHOLE:
        return f"{value:,.0f}"
    if kind is ColumnKind.POINTS and isinstance(value, Decimal):
        written = -int(value.normalize().as_tuple().exponent)
        return f"{value:,.{min(max(written, FEWEST_DECIMALS), MOST_DECIMALS)}f}"
    text = f"{value:,.2f}"
    return text.removeprefix("-") if text.strip("-0.,") == "" else text
