"""What does each column of the hedge log show? Text for the eye and the native value for sorting and copying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from core.journal.log_columns import LOG_COLUMNS, ColumnKind
from db.exports.csv_log import plain
from db.exports.guard import guarded
from gui.formats import dollars_text, number_text, profit_text, time_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.journal.log import LogRow
    from core.journal.log_columns import LogColumn

Native = int | float | str | Decimal | datetime | None
HASH_CHARS = 8
FEWEST_DECIMALS, MOST_DECIMALS = 2, 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is the row's field, `text` what the eye sees of its value; None is empty."""

    title: str
    name: str
    text: Callable[[Native], str]
    is_number: bool = True

    def value(self, row: LogRow) -> Native:
        """Return the native value of the row's cell."""
        found: Native = attrgetter(self.name)(row)
        return found

    def shown(self, row: LogRow) -> str:
        """Return the cell's text, "" where the entry has no such thing."""
        value = self.value(row)
        return "" if value is None else self.text(value)


def _time(value: Native) -> str:
    return time_text(value) if isinstance(value, datetime) else ""


def _points(value: Native) -> str:
    if isinstance(value, Decimal):
        written = -int(value.normalize().as_tuple().exponent)
        return number_text(value, min(max(written, FEWEST_DECIMALS), MOST_DECIMALS))
    return number_text(value) if isinstance(value, float) else ""


def _dollars(value: Native) -> str:
    return profit_text(value) if isinstance(value, Decimal) else ""


def _fees(value: Native) -> str:
    return dollars_text(value) if isinstance(value, Decimal) else ""


def _percent(value: Native) -> str:
    return f"{number_text(value, 3)} %" if isinstance(value, float) else ""


def _words(value: Native) -> str:
    return str(value).replace("_", " ")


def _one_line(value: Native) -> str:
    return " ".join(str(value).split())


def _hash(value: Native) -> str:
    return str(value)[:HASH_CHARS]


_TEXTS: dict[ColumnKind, Callable[[Native], str]] = {
    ColumnKind.WHOLE: str,
    ColumnKind.POINTS: _points,
    ColumnKind.DOLLARS: _dollars,
    ColumnKind.PERCENT: _percent,
    ColumnKind.MOMENT: _time,
    ColumnKind.WORDS: _words,
    ColumnKind.HASH: _hash,
    ColumnKind.TEXT: _one_line,
}


def _column(column: LogColumn) -> Column:
    text = _fees if column.name == "fees" else _TEXTS[column.kind]
    return Column(column.title, column.name, text, is_number=column.is_number)


COLUMNS = tuple(map(_column, LOG_COLUMNS))


def copied(value: Native) -> str:
    """Return a native value as it goes to a spreadsheet: plain numbers, UTC times, text that is no formula."""
    return guarded(value) if isinstance(value, str) else str(plain(value))
