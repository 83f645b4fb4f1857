"""How is a quote stored, and is it shown? Written first, then judged by the quotes and closes around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.market.quote_gate import CONFIRM_S, Admitted, admit
from core.monitor.past import closed_history
from db.market_store import add_quotes, load_history, load_quotes_around
from db.sessions import load_calendar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from core.market.quote import Quote
    from core.market.series import History

LOOKED_AT = 500
"""How many quotes before one are read to judge it: of two that follow each other within a minute and agree, the
second is shown whatever came before, so what is further back changes nothing."""


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote that was stored, and why it is not shown, "" where it is."""

    quote: Quote
    set_aside: str


def store_quotes(connection: sqlite3.Connection, quotes: Sequence[Quote], now: datetime) -> list[StoredQuote]:
    """Store quotes in one transaction, and return each with what the gate says of it at `now`."""
    if not quotes:
        return []
    add_quotes(connection, quotes, now)
    history = closed_history(load_history(connection, load_calendar(connection)), now)
    last = {quote.symbol: quote.time for quote in sorted(quotes, key=lambda quote: quote.time)}
    reasons: dict[tuple[str, datetime, str], str] = {}
    for symbol, time in last.items():
        reasons |= _reasons(connection, symbol, time, now, history)
    return [StoredQuote(quote, reasons.get(_key(quote), "")) for quote in quotes]


def _reasons(
    connection: sqlite3.Connection, symbol: str, time: datetime, now: datetime, history: History
) -> dict[tuple[str, datetime, str], str]:
    """Return why quotes of a symbol are not shown, of those around a moment."""
    around = load_quotes_around(connection, symbol, time + timedelta(seconds=CONFIRM_S), now, LOOKED_AT)
    held = admit(Admitted(), around, history)
    return {_key(one.quote): one.reason for one in held.set_aside if one.quote is not None}


def _key(quote: Quote) -> tuple[str, datetime, str]:
    return quote.symbol, quote.time, quote.source
