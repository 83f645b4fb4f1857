"""Where does the exchange calendar come from? Made by the library once, then read back from the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import FIRST_SESSION_YEAR, SessionCalendar, build_sessions
from core.market.times import exchange_date
from db.connection import write
from db.stored_array import load_array, save_array

if TYPE_CHECKING:
    import sqlite3

NAME = "sessions"
VERSION = "XNYS"
REACH = timedelta(days=400)


def load_calendar(connection: sqlite3.Connection) -> SessionCalendar:
    """Return the stored calendar, or, in a journal that has none yet, one made anew."""
    return _stored(connection) or new_calendar(datetime.now(UTC))


def ensure_calendar(connection: sqlite3.Connection, now: datetime) -> SessionCalendar:
    """Return a calendar that reaches 400 days past `now`, made and stored if the stored one does not."""
    stored = _stored(connection)
    if stored is not None and stored.last >= exchange_date(now + REACH):
        return stored
    calendar = new_calendar(now)
    store_calendar(connection, calendar)
    return calendar


def store_calendar(connection: sqlite3.Connection, calendar: SessionCalendar) -> None:
    """Keep a calendar in the journal, in a transaction of its own."""
    days = calendar.days.astype("datetime64[D]").astype(np.int64)
    with write(connection):
        save_array(connection, NAME, VERSION, np.vstack([days, calendar.opens, calendar.closes]))


def new_calendar(now: datetime) -> SessionCalendar:
    """Return a calendar made by the library, to the end of the year after the one 400 days past `now`."""
    return build_sessions(FIRST_SESSION_YEAR, (now + REACH).year + 1)


def _stored(connection: sqlite3.Connection) -> SessionCalendar | None:
    stored = load_array(connection, NAME)
    if stored is None:
        return None
    days, opens, closes = stored.values
    return SessionCalendar(days.astype("datetime64[D]"), opens, closes)
