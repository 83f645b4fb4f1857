"""What does the demo show? A simulated market and a book traded on it, in a journal that says SIMULATED."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from core.journal import acts
from core.market.calendar import spx_monthly_expiry, vix_expiries_after
from core.market.quote import Quote
from core.market.series import BREADTH_PREFIX, Series
from core.market.times import new_york
from core.monitor.evaluate import stamp
from core.positions.contract import MORNING, Contract, Kind
from core.positions.leg import Fill
from core.valuation.black76 import price
from core.valuation.forwards import years_between
from db.connection import write
from db.facts import load_facts
from db.journal_store import append, create_journal, load_book
from db.market_store import Batch, add_batch, add_quotes, refresh_history, write_series
from db.past_store import refresh_past
from db.playbooks import load_playbook
from db.sessions import ensure_calendar
from resources.sample.market import simulate
from resources.sample.parameters import SESSIONS
from resources.sample.tape import simulate_tape

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from core.journal.entry import Draft
    from core.market.calendar import SessionCalendar
    from core.market.snapshot import Ages
    from core.positions.book import Book
    from resources.sample.market import SimulatedMarket

    DraftOf = Callable[[Book, datetime], Draft]

SOURCE = "SIMULATED"
TICK = 0.05
ATM_SHARE = 0.155 / 0.18
"""At-the-money SPX volatility as a share of VIX: an assumption of the worked example."""
RATE = 0.045
CALL_VOLATILITY = 0.95


@dataclass(frozen=True)
class Simulation:
    """The simulated market laid on the last sessions that have closed."""

    market: SimulatedMarket
    calendar: SessionCalendar
    first: int

    def day(self, back: int) -> date:
        """Return the session so many sessions before the end (0 is the last)."""
        day: date = self.calendar.days[self.first + len(self.market) - 1 - back].item()
        return day

    def row(self, back: int) -> int:
        """Return the index of that session in the market's arrays."""
        return len(self.market) - 1 - back


def make_demo(path: Path, now: datetime, ages: Ages) -> None:
    """Make a journal with the simulated market and book at the path; the same on every day but for its dates."""
    with closing(create_journal(path, now, is_simulated=True)) as connection:
        calendar = ensure_calendar(connection, now)
        simulation = simulated(calendar, now)
        store_market(connection, simulation, now)
        _store_tape(connection, simulation, now)
        _trade(connection, simulation, ages)
        refresh_past(connection, load_playbook("composite"), now)


def simulated(calendar: SessionCalendar, now: datetime, sessions: int = SESSIONS) -> Simulation:
    """Return the simulated market on the last sessions that have closed by `now`."""
    end = calendar.closed_by(now)
    first = end - sessions
    days = [day.item() for day in calendar.days[first:end]]
    left = np.array([[(e - day).days for e in vix_expiries_after(day, 8, calendar)] for day in days])
    return Simulation(simulate(left), calendar, first)


def store_market(connection: sqlite3.Connection, simulation: Simulation, now: datetime) -> None:
    """Store its series in one transaction, as an import of them would."""
    with write(connection):
        batch = add_batch(connection, Batch("simulated market", "", SOURCE, {"simulated": True}), now)
        for series in _series(simulation):
            write_series(connection, batch, series)
        refresh_history(connection, simulation.calendar)


def _series(simulation: Simulation) -> Iterator[Series]:
    market = simulation.market
    span = slice(simulation.first, simulation.first + len(market))
    days = simulation.calendar.days[span]
    whole = np.zeros(len(days), bool)
    for symbol, bars in (("SPX", market.spx), ("VIX", market.vix), ("VIX9D", market.vix9d)):
        columns = {"open": bars.open, "high": bars.high, "low": bars.low, "close": bars.close}
        yield Series(symbol, SOURCE, days, columns, whole)
    closes = {"VIX3M": market.vix3m} | {f"VX{n + 1}": market.vx[:, n] for n in range(8)}
    for symbol, close in closes.items():
        yield Series(symbol, SOURCE, days, {"close": close}, whole)
    counts = {"advances": market.advances, "declines": market.declines, "unchanged": market.unchanged}
    breadth = {name: count.astype(np.float64) for name, count in counts.items()}
    yield Series(BREADTH_PREFIX + market.universe, SOURCE, days, breadth, whole)


def _store_tape(connection: sqlite3.Connection, simulation: Simulation, now: datetime) -> None:
    """Store today's quotes so far, if a session is in progress."""
    calendar, index = simulation.calendar, simulation.first + len(simulation.market)
    if not calendar.is_open(now):
        return
    tape, opened = simulate_tape(simulation.market), datetime.fromtimestamp(int(calendar.opens[index]), UTC)
    times = [opened + timedelta(seconds=int(second)) for second in tape.seconds]
    columns = (("SPX", tape.spx), ("VIX", tape.vix), ("VIX9D", tape.vix9d))
    add_quotes(
        connection,
        [
            Quote(symbol, round(float(values[row]), 2), time, SOURCE)
            for symbol, values in columns
            for row, time in enumerate(times)
            if time <= now
        ],
        now,
    )


def _trade(connection: sqlite3.Connection, simulation: Simulation, ages: Ages) -> None:
    """Enter the acts of the story one after the other, as they would have been entered then."""
    playbook = load_playbook("composite")
    for at, draft_of in sorted(_story(simulation), key=lambda told: told[0]):
        book = load_book(connection)
        draft = draft_of(book, at)
        stamped = stamp(load_facts(connection, playbook, ages, at))
        append(connection, book, [draft], [stamped], at + timedelta(minutes=5))


def _story(simulation: Simulation) -> Iterator[tuple[datetime, DraftOf]]:
    """Yield when and what: a condor before the fall, hedged, settled after it, and the next one."""

    def at(back: int) -> datetime:
        return simulation.calendar.close_of(simulation.day(back))

    first = Position(simulation, 1, simulation.day(70), sigmas=1.5, days_out=(63, 99))
    second = Position(simulation, 2, simulation.day(12), sigmas=1.3, days_out=(35, 75))
    yield at(75), _account
    yield at(70), first.condor
    yield at(70) + timedelta(minutes=1), first.opening(Hedge(1, 3, note="Standing first layer"))
    yield at(48), lambda book, at: acts.write_note(book, text="Breadth fades while SPX climbs", layer=1, at=at)
    yield at(45), first.opening(Hedge(2, 3, width=8, note="Divergence: the second layer as a call spread"))
    yield at(27), first.closing(Hedge(1, 2, note="Two of three sold into the spike"))
    yield at(24), first.closing(Hedge(1, 1, note="The rest sold as VIX falls back"))
    yield at(23), first.closing(Hedge(2, 3, note="The second layer unwound"))
    yield first.settled_at, first.settlement
    yield at(12), second.condor
    yield at(12) + timedelta(minutes=1), second.opening(Hedge(1, 2, note="Standing first layer"))
    yield at(4), second.opening(Hedge(2, 2, width=8, note="Second rung: a call spread"))


def _account(book: Book, at: datetime) -> Draft:
    amounts = {"equity": Decimal(250000), "cash": Decimal(180000), "notional": Decimal(100000)}
    return acts.state_account(book, **amounts, at=at, note="Simulated account")


@dataclass(frozen=True)
class Hedge:
    """Calls of one layer to open or close: how many, and how wide the spread (0: calls alone)."""

    number: int
    quantity: int
    width: int = 0
    note: str = ""

    @property
    def fees(self) -> Decimal:
        """Dollars for all legs at 0.65 a contract."""
        return Decimal("0.65") * self.quantity * (2 if self.width else 1)


class Position:
    """A condor and its hedge, priced with Black-76 on the simulated market of the session they are traded."""

    def __init__(
        self, simulation: Simulation, condor_id: int, opened: date, *, sigmas: float, days_out: tuple[int, int]
    ) -> None:
        self.simulation, self.calendar = simulation, simulation.calendar
        self.id, self.sigmas = condor_id, sigmas
        months = [(opened.year + (opened.month + n - 1) // 12, (opened.month + n - 1) % 12 + 1) for n in range(6)]
        expiries = [spx_monthly_expiry(year, month, self.calendar) for year, month in months]
        least, most = days_out
        self.expiry = next(day for day in expiries if least <= (day - opened).days <= most)
        self.settled_at = new_york(self.expiry, MORNING)

    def condor(self, book: Book, at: datetime) -> Draft:
        """Open three condors with the short strikes so many standard deviations away, 25 points wide."""
        spx, vix = self._closes(at)
        years = years_between(at, self.settled_at)
        reach = self.sigmas * spx * vix / 100 * ATM_SHARE * np.sqrt(years)
        short_put, short_call = (5 * round(level / 5) for level in (spx - reach, spx + reach))
        strikes = ((short_put - 25, -1), (short_put, -1), (short_call, 1), (short_call + 25, 1))
        long_put, put, call, long_call = (_spx_price(spx, vix, years, strike, sign) for strike, sign in strikes)
        return acts.open_condor(
            book,
            self.calendar,
            root="SPX",
            expiry=self.expiry,
            quantity=3,
            puts=(Decimal(short_put - 25), Decimal(short_put)),
            calls=(Decimal(short_call), Decimal(short_call + 25)),
            credit=put + call - long_put - long_call,
            fees=Decimal("15.60"),
            at=at,
            note="Simulated fill",
        )

    def settlement(self, book: Book, at: datetime) -> Draft:
        """Settle the condor at the simulated opening value of its expiry day."""
        days = self.calendar.days[self.simulation.first :]
        row = int(np.searchsorted(days, np.datetime64(self.expiry)))
        value = Decimal(f"{self.simulation.market.spx.open[row]:.2f}")
        note = "Simulated SET"
        return acts.settle_condor(
            book, self.calendar, condor_id=self.id, value=value, value_name="SET", at=at, note=note
        )

    def opening(self, hedge: Hedge) -> DraftOf:
        """Return the act that buys calls a third above the future that outlives the condor."""

        def draft(book: Book, at: datetime) -> Draft:
            expiry = vix_expiries_after(self.expiry, hedge.number, self.calendar)[-1]
            low = Decimal(round(1.3 * self._vx(at, expiry)))
            strikes = {low: hedge.quantity} | ({low + hedge.width: -hedge.quantity} if hedge.width else {})
            fills = [self._call(at, expiry, strike, quantity) for strike, quantity in strikes.items()]
            return acts.open_layer(book, self.calendar, fills=fills, **self._of(hedge), at=at)

        return draft

    def closing(self, hedge: Hedge) -> DraftOf:
        """Return the act that closes so many of what the layer holds."""

        def draft(book: Book, at: datetime) -> Draft:
            held = book.layers[hedge.number, self.id].legs
            size = {leg.contract: -hedge.quantity if leg.quantity > 0 else hedge.quantity for leg in held}
            fills = [
                self._call(at, contract.expiry or self.expiry, contract.strike or Decimal(0), quantity)
                for contract, quantity in size.items()
            ]
            return acts.close_layer(book, self.calendar, fills=fills, **self._of(hedge), at=at)

        return draft

    def _of(self, hedge: Hedge) -> dict[str, Any]:
        return {"number": hedge.number, "condor_id": self.id, "fees": hedge.fees, "note": hedge.note}

    def _call(self, at: datetime, expiry: date, strike: Decimal, quantity: int) -> Fill:
        years = years_between(at, new_york(expiry, MORNING))
        forward = self._vx(at, expiry)
        points = price(forward, float(strike), CALL_VOLATILITY, years, 1, np.exp(-RATE * years))
        return Fill(Contract("VIX", Kind.OPTION, expiry, "C", strike), quantity, _ticks(float(points)))

    def _vx(self, at: datetime, expiry: date) -> float:
        number = vix_expiries_after(at.date(), 8, self.calendar).index(expiry)
        return float(self.simulation.market.vx[self._row(at), number])

    def _closes(self, at: datetime) -> tuple[float, float]:
        market, row = self.simulation.market, self._row(at)
        return float(market.spx.close[row]), float(market.vix.close[row])

    def _row(self, at: datetime) -> int:
        return self.calendar.closed_by(at) - 1 - self.simulation.first


def _spx_price(spx: float, vix: float, years: float, strike: float, sign: int) -> Decimal:
    """Return the price of an SPX option with the skew of the worked example, rising to the puts."""
    k = float(np.log(strike / spx))
    sigma = vix / 100 * ATM_SHARE + (-0.55 if k < 0 else -0.35) * k + 0.8 * k * k
    return _ticks(float(price(spx * np.exp(RATE * years), strike, sigma, years, sign, np.exp(-RATE * years))))


def _ticks(points: float) -> Decimal:
    """Return a price rounded to whole ticks of 0.05, at least one."""
    return max(round(points / TICK), 1) * Decimal("0.05")
