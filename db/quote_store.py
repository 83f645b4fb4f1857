"""How is a quote stored, and is it shown? Written first, then judged by the quotes and closes around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.quote_gate import REFERENCE_SESSIONS, Admitted, admit
from core.monitor.past import closed_history
from db.market_store import add_quotes, load_history, load_quotes_of
from db.sessions import load_calendar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from core.market.calendar import SessionCalendar
    from core.market.quote import Quote


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
    calendar = load_calendar(connection)
    since = _since(min(quote.time for quote in quotes), calendar)
    symbols = sorted({quote.symbol for quote in quotes})
    around = load_quotes_of(connection, symbols, since, now)
    held = admit(Admitted(), around, closed_history(load_history(connection, calendar), now))
    reasons = {_key(one.quote): one.reason for one in held.set_aside if one.quote is not None}
    return [StoredQuote(quote, reasons.get(_key(quote), "")) for quote in quotes]


def _since(moment: datetime, calendar: SessionCalendar) -> datetime:
    """Return the moment before which no quote is compared with one of the moment given."""
    closed = int(np.searchsorted(calendar.closes, int(moment.timestamp()), side="right"))
    return datetime.fromtimestamp(int(calendar.closes[max(closed - REFERENCE_SESSIONS - 1, 0)]), UTC)


def _key(quote: Quote) -> tuple[str, datetime, str]:
    return quote.symbol, quote.time, quote.source
