"""Which monthly series of the economy are there? One for each symbol, of the first source by precedence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.context import CONTEXT
from core.market.merge import SOURCE_PRECEDENCE
from core.market.series import MONTHLY
from db.market_rows import read_series
from db.market_tables import BARS

if TYPE_CHECKING:
    import sqlite3

    from core.market.series import Series


def load_monthly(connection: sqlite3.Connection) -> dict[str, Series]:
    """Return the monthly context series by symbol, whole as they are today: who reads them asks what was known."""
    found: dict[str, str] = {}
    for symbol, source in connection.execute(BARS.keys, (MONTHLY,)):
        if symbol in CONTEXT and (symbol not in found or _rank(source) < _rank(found[symbol])):
            found[symbol] = source
    return {
        symbol: read_series(connection, symbol, found[symbol], MONTHLY) for symbol in CONTEXT if symbol in found
    }


def _rank(source: str) -> tuple[int, str]:
    known = source in SOURCE_PRECEDENCE
    return SOURCE_PRECEDENCE.index(source) if known else len(SOURCE_PRECEDENCE), source
