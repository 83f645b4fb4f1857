"""On which journal do the benchmarks run? Thirty years of simulated daily data and ten hedged condors."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal import acts
from core.journal.entry import Stamp
from core.market.calendar import spx_monthly_expiry, vix_expiries_after
from core.market.times import exchange_date
from core.positions.leg import parse_fill
from db.connection import connect_reader
from db.demo import simulated, store_market
from db.journal_store import append, create_journal, load_book
from db.market_store import load_history
from db.past_store import refresh_past
from db.playbooks import load_playbook
from db.sessions import ensure_calendar, load_calendar

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path

    from core.journal.entry import Draft
    from core.market.calendar import SessionCalendar

SESSIONS = 30 * 252
CONDORS, LAYERS = 10, 4


def make_journal(path: Path, now: datetime) -> None:
    """Make the journal; 30 years of five kinds of series, ten condors with four layers each."""
    with closing(create_journal(path, now, is_simulated=True)) as connection:
        calendar = ensure_calendar(connection, now)
        simulation = simulated(calendar, now, SESSIONS)
        store_market(connection, simulation, now)
        opened = calendar.close_of(simulation.day(5))
        _enter_book(connection, calendar, opened, float(simulation.market.spx.close[-6]))
        refresh_past(connection, load_playbook(), now)


def _enter_book(connection: sqlite3.Connection, calendar: SessionCalendar, at: datetime, spx: float) -> None:
    for number in range(1, CONDORS + 1):
        _record(connection, _condor(connection, calendar, at, spx, number), at)
        for layer in range(1, LAYERS + 1):
            _record(connection, _layer(connection, calendar, at, number, layer), at)


def _record(connection: sqlite3.Connection, draft: Draft, at: datetime) -> None:
    append(connection, load_book(connection), [draft], [Stamp()], at + timedelta(minutes=5))


def _condor(
    connection: sqlite3.Connection, calendar: SessionCalendar, at: datetime, spx: float, number: int
) -> Draft:
    put, call = (5 * round(spx * factor / 5) + 5 * number for factor in (0.94, 1.06))
    return acts.open_condor(
        load_book(connection),
        calendar,
        root="SPX",
        expiry=_expiry(at, calendar, months=2 + number % 2),
        quantity=3,
        puts=(Decimal(put - 25), Decimal(put)),
        calls=(Decimal(call), Decimal(call + 25)),
        credit=Decimal("4.20"),
        fees=Decimal("15.60"),
        at=at,
    )


def _expiry(at: datetime, calendar: SessionCalendar, months: int) -> date:
    day = exchange_date(at)
    month = day.month + months
    return spx_monthly_expiry(day.year + (month - 1) // 12, (month - 1) % 12 + 1, calendar)


def _layer(
    connection: sqlite3.Connection, calendar: SessionCalendar, at: datetime, condor: int, layer: int
) -> Draft:
    """Return a long call, a call spread, a future and another call, each of the VIX month after the condor's."""
    expiry = vix_expiries_after(exchange_date(at), 5, calendar)[4]
    legs = {
        1: [f"+4 VIX {expiry} C 20 @ 1.60"],
        2: [f"+4 VIX {expiry} C 22 @ 1.30", f"-4 VIX {expiry} C 35 @ 0.45"],
        3: [f"+1 VX {expiry} @ 18.20"],
        4: [f"+6 VIX {expiry} C 30 @ 0.70"],
    }[layer]
    fills = [parse_fill(leg) for leg in legs]
    book = load_book(connection)
    return acts.open_layer(
        book, calendar, number=layer, fills=fills, fees=Decimal("2.60"), at=at, condor_id=condor
    )


def session_after(journal: Path) -> datetime:
    """Return a moment two hours into the session after the last one in the journal."""
    with closing(connect_reader(journal)) as connection:
        calendar = load_calendar(connection)
        history = load_history(connection, calendar)
    opened = int(calendar.opens[history.first + history.length])
    return datetime.fromtimestamp(opened, UTC) + timedelta(hours=2)
