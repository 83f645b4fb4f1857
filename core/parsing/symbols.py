"""Which symbol does a file mean? What its header or its name says; otherwise the user must."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.market.times import TimeRefusedError, parse_date

if TYPE_CHECKING:
    from datetime import date

ALIASES = {
    "GSPC": "SPX",
    "INX": "SPX",
    "SP500": "SPX",
    "VIXCLS": "VIX",
    "VXV": "VIX3M",
    "VXVCLS": "VIX3M",
    "VXST": "VIX9D",
    "VXMT": "VIX6M",
}
"""Names of one index at its other publishers: Yahoo, Google, FRED, and what Cboe called it before."""

INDEXES = frozenset({"SPX", "XSP", "VIX", "VIX1D", "VIX9D", "VIX3M", "VIX6M", "VIX1Y", "VVIX", "SKEW"})
"""The symbols whose name is known in any case, wherever a file name begins with it."""

_HISTORY = re.compile(r"([A-Z0-9]{1,10})_History", re.ASCII | re.IGNORECASE)
_CARET = re.compile(r"(?:\^|%5E|\$)([A-Z0-9]{1,10})(?:_d)?", re.ASCII | re.IGNORECASE)
_STOOQ = re.compile(r"([a-z0-9]{1,10})_[a-z]{2}_d", re.ASCII)
_MINUTES = re.compile(r"([A-Z0-9^$]{1,10})[_ -]\d{1,3} ?(?:m|min|minutes?)([_ .-].*)?", re.ASCII | re.IGNORECASE)
_INDEX_WORDS = (
    (re.compile(r"(?:^|[_ -])(?:s&p[ _]?500|sp500)(?:$|[_ -])", re.IGNORECASE), "SPX"),
    (re.compile(r"^(?:cboe )?volatility index(?: |$)", re.IGNORECASE), "VIX"),
)
_CONTRACT = re.compile(r"VX_(\d{4}-\d{2}-\d{2})", re.ASCII | re.IGNORECASE)
_DAYS = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", re.ASCII)
_WHOLE = re.compile(r"[A-Z][A-Z0-9]{0,11}", re.ASCII)
_COPY = re.compile(r"\s*\(\d+\)$", re.ASCII)
_NO_SYMBOLS = frozenset(
    {"DATA", "DATE", "DOWNLOAD", "TABLE", "EXPORT", "QUOTES", "HISTORY", "CSV", "DAILY", "VALUE"}
)
_VALUE_HEADERS = frozenset({"net", "value", "close", "price", "last", "settle", "index"})
_UNIVERSES = (
    (re.compile(r"us[_ -]?listed", re.IGNORECASE), "US_LISTED"),
    (re.compile(r"s&?p[_ -]?500", re.IGNORECASE), "SP500"),
    (re.compile(r"nyse", re.IGNORECASE), "NYSE"),
    (re.compile(r"nasdaq", re.IGNORECASE), "NASDAQ"),
)


def symbol_in_header(name: str) -> str:
    """Return the symbol that the header of a value column names (`VVIX`, `VIXCLS`), "" for a plain `value`."""
    if name.casefold() in _VALUE_HEADERS or not _WHOLE.fullmatch(name.upper()):
        return ""
    return canonical(name)


def symbol_in_file_name(file_name: str) -> str:
    """Return the symbol that the name of a file of bars gives (`VIX_History.csv`, `^GSPC.csv`), else ""."""
    stem = _stem(file_name)
    for pattern in (_HISTORY, _CARET, _STOOQ, _MINUTES):
        if match := pattern.fullmatch(stem):
            return canonical(match[1].lstrip("^$"))
    first = canonical(re.split(r"[_ .-]", stem, maxsplit=1)[0])
    if first in INDEXES:
        return first
    if _WHOLE.fullmatch(stem) and stem not in _NO_SYMBOLS:
        return canonical(stem)
    return next((symbol for pattern, symbol in _INDEX_WORDS if pattern.search(stem)), "")


def universe_in_file_name(file_name: str) -> str:
    """Return the breadth universe that a file name gives (`breadth_nyse_1990.csv`), else ""."""
    found = [universe for pattern, universe in _UNIVERSES if pattern.search(_stem(file_name))]
    return found[0] if len(found) == 1 else ""


def contract_in_file_name(file_name: str) -> date | None:
    """Return the expiry for which CFE names a file of a VX future (`VX_2026-01-21.csv`), None for other names."""
    match = _CONTRACT.fullmatch(_stem(file_name))
    return _day(match[1]) if match else None


def day_in_file_name(file_name: str) -> date | None:
    """Return the only day that stands in a file name (`settlement_2026-01-16.csv`, `20230623.csv`), else None."""
    found = {_day(f"{year}-{month}-{day}") for year, month, day in _DAYS.findall(_stem(file_name))}
    return found.pop() if len(found) == 1 else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except TimeRefusedError:
        return None


def canonical(name: str) -> str:
    """Return the symbol that the program uses for a name."""
    upper = name.upper()
    return ALIASES.get(upper, upper)


def _stem(file_name: str) -> str:
    return _COPY.sub("", PurePath(file_name).stem)
