"""Stooq: Date,Open,High,Low,Close,Volume or the same in Polish; an index has no volume."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.parsing.layout import Head, Layout, Reading, bars

if TYPE_CHECKING:
    from core.parsing.asked import Asked
    from core.parsing.table import Table

_ENGLISH = ("date", "open", "high", "low", "close", "volume")
_POLISH = ("data", "otwarcie", "najwyzszy", "najnizszy", "zamkniecie", "wolumen")
_ACCENTED = ("data", "otwarcie", "najwyższy", "najniższy", "zamknięcie", "wolumen")
_FILE_NAME = re.compile(r"(\^|%5E)?[a-z0-9.]+(_[a-z]{2})?_d(\s*\(\d+\))?\.csv", re.ASCII | re.IGNORECASE)


def _claims(head: Head) -> bool:
    if head.has_time_of_day:
        return False
    if head.names in (_ENGLISH, _POLISH, _POLISH[:5], _ACCENTED, _ACCENTED[:5]):
        return True
    return head.names == _ENGLISH[:5] and bool(_FILE_NAME.fullmatch(head.file_name))


def _reading(table: Table, asked: Asked) -> Reading:
    names = list(zip(_ENGLISH, _POLISH, _ACCENTED, strict=True))
    columns = {one[0]: table.index(*one) for one in names[1:5]}
    return Reading(table.index(*names[0]), (bars(asked.symbol, columns),))


LAYOUT = Layout("stooq", "Stooq daily history", "stooq", _claims, _reading)
