"""Which symbol does a file mean? What its header or its name says; otherwise the user must."""

from __future__ import annotations

import re
from pathlib import PurePath

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
_WHOLE = re.compile(r"[A-Z][A-Z0-9]{0,11}", re.ASCII)
_COPY = re.compile(r"\s*\(\d+\)$", re.ASCII)
_NO_SYMBOLS = frozenset(
    {"DATA", "DATE", "DOWNLOAD", "TABLE", "EXPORT", "QUOTES", "HISTORY", "CSV", "DAILY", "VALUE"}
)
_VALUE_HEADERS = frozenset({"value", "close", "price", "last", "settle", "index"})
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
    for pattern in (_HISTORY, _CARET, _STOOQ):
        if match := pattern.fullmatch(stem):
            return canonical(match[1])
    first = canonical(re.split(r"[_ .-]", stem, maxsplit=1)[0])
    if first in INDEXES:
        return first
    return canonical(stem) if _WHOLE.fullmatch(stem) and stem not in _NO_SYMBOLS else ""


def universe_in_file_name(file_name: str) -> str:
    """Return the breadth universe that a file name gives (`breadth_nyse_1990.csv`), else ""."""
    found = [universe for pattern, universe in _UNIVERSES if pattern.search(_stem(file_name))]
    return found[0] if len(found) == 1 else ""


def canonical(name: str) -> str:
    """Return the symbol that the program uses for a name."""
    upper = name.upper()
    return ALIASES.get(upper, upper)


def _stem(file_name: str) -> str:
    return _COPY.sub("", PurePath(file_name).stem)
