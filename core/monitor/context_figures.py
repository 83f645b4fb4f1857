"""What is known of the economy now, and which announcements are near? Nothing before it was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.context import CONTEXT, known_at
from core.market.events import AROUND_SESSIONS, NAMED_KINDS, Nearest, distance, nearest_events
from core.market.figure import Figure, Input, known, unknown
from core.market.series import Series
from core.market.times import exchange_date
from core.measures.correlation import CORRELATION_NEEDED, CORRELATION_SESSIONS
from core.measures.more import DAILY_CONTEXT, known_sessions
from core.state import ContextState, EventState

if TYPE_CHECKING:
    from core.market.events import EventDistance
    from core.measures.more import Correlation
    from core.monitor.market_now import Market
    from core.state import Facts

YEAR_MONTHS = 12
SHOWN_MONTHS = YEAR_MONTHS + 2
"""Two changes over a year need so many months."""


def context_states(market: Market) -> tuple[ContextState, ...]:
    """Return the context series that were imported, each as it was known at `facts.now`."""
    facts = market.facts
    history, more = facts.past.history, {one.symbol: one for one in _correlations(market)}
    daily = [_daily(symbol, facts, more[symbol]) for symbol in DAILY_CONTEXT if history.has(symbol)]
    monthly = [_monthly(series, facts) for symbol, series in facts.monthly.items() if symbol in CONTEXT]
    return (*daily, *monthly)


def _correlations(market: Market) -> tuple[Correlation, ...]:
    past = market.facts.past
    return past.more.correlations if past.history.length else ()


def _daily(symbol: str, facts: Facts, found: Correlation) -> ContextState:
    history, rule = facts.past.history, CONTEXT[symbol]
    length = known_sessions(symbol, history, int(facts.now.timestamp()))
    held = np.flatnonzero(np.isfinite(history.column(symbol)[:length]))
    with_edr = _correlation(found.with_edr, found.edr_sessions, rule.name, "EDR")
    with_vix = _correlation(found.with_vix, found.vix_sessions, rule.name, "VIX")
    if not len(held):
        nothing = unknown(f"{symbol}: no value was known by then", rule.unit)
        return ContextState(symbol, rule.name, nothing, None, None, None, None, with_edr, with_vix)
    row = int(held[-1])
    day = history.days[row : row + 1]
    one = Series(symbol, "", day, {}, np.zeros(1, np.bool_))
    moment = datetime.fromtimestamp(int(known_at(one, history.calendar)[0]), UTC)
    value = _value(symbol, float(history.column(symbol)[row]), moment, history.source_at(symbol, row), facts)
    return ContextState(symbol, rule.name, value, day[0].item(), moment, None, None, with_edr, with_vix)


def _value(symbol: str, value: float, moment: datetime, source: str, facts: Facts) -> Figure:
    rule = CONTEXT[symbol]
    age = (facts.now - moment).total_seconds()
    given = Input(symbol, value, rule.unit, moment, source, age, "the time is when it became known")
    return known(value, rule.unit, "last value known", (given,), rule.assumption)


def _correlation(value: float, sessions: int, name: str, other: str) -> Figure:
    formula = f"correlation of the daily changes of {name} and {other}, {CORRELATION_SESSIONS} sessions"
    if np.isfinite(value):
        return known(value, "", formula, note=f"{sessions} of {CORRELATION_SESSIONS} sessions have both changes")
    why = f"{sessions} of {CORRELATION_SESSIONS} sessions have both changes, {CORRELATION_NEEDED} are needed"
    return unknown(why if sessions < CORRELATION_NEEDED else "one of the two did not move", "", formula)


def _monthly(series: Series, facts: Facts) -> ContextState:
    """Return the last month known and its changes over a year."""
    rule = CONTEXT[series.symbol]
    seen, moment = _months_known(series, facts)
    if moment is None:
        nothing = unknown(f"{series.symbol}: no value was known by then", rule.unit)
        return ContextState(series.symbol, rule.name, nothing, None, None, replace(nothing, unit="%"))
    month: date = seen.days[-1].item()
    value = _value(series.symbol, float(seen.columns["close"][-1]), moment, series.source, facts)
    years = [_year_pct(seen, back) for back in (0, 1)]
    return ContextState(series.symbol, rule.name, value, month, moment, *years)


def _months_known(series: Series, facts: Facts) -> tuple[Series, datetime | None]:
    """Return the last months known at `facts.now` and when the last of them became so; no older months."""
    months = int(np.searchsorted(series.times, np.datetime64(exchange_date(facts.now))))
    tail = _cut(series, max(months - SHOWN_MONTHS - YEAR_MONTHS, 0), months)
    moments = known_at(tail, facts.past.history.calendar, facts.events)
    known_rows = np.flatnonzero(moments <= facts.now.timestamp())
    if not len(known_rows):
        return tail, None
    last = int(known_rows[-1])
    return _cut(tail, 0, last + 1), datetime.fromtimestamp(int(moments[last]), UTC)


def _cut(series: Series, start: int, stop: int) -> Series:
    columns = {name: values[start:stop] for name, values in series.columns.items()}
    return replace(
        series, times=series.times[start:stop], columns=columns, range_broken=series.range_broken[start:stop]
    )


def _year_pct(seen: Series, back: int) -> Figure:
    """Return the change over twelve months of the last month known, or of the month before it."""
    formula = "change over twelve months, values as revised since"
    months = seen.times.astype("datetime64[M]")
    wanted = months[-1] - np.timedelta64(back, "M")
    values = seen.columns["close"]
    pair = [values[months == month] for month in (wanted - np.timedelta64(YEAR_MONTHS, "M"), wanted)]
    if not all(len(found) and np.isfinite(found[0]) for found in pair):
        return unknown(f"no value of {wanted} or of twelve months before", "%", formula)
    return known(float(pair[1][0] / pair[0][0] - 1) * 100, "%", formula)


def event_states(facts: Facts) -> tuple[EventState, ...]:
    """Return FOMC, CPI, PPI and every other kind that was imported, with the next and the last of each."""
    near = nearest_events(facts.events, facts.now)
    kinds = dict.fromkeys((*NAMED_KINDS, *sorted(near)))
    return tuple(_event(kind, near.get(kind, Nearest()), facts) for kind in kinds)


def _event(kind: str, near: Nearest, facts: Facts) -> EventState:
    day, calendar = exchange_date(facts.now), facts.past.history.calendar
    to_next = distance(near.coming, day, calendar) if near.coming else None
    since = distance(near.last, day, calendar) if near.last else None
    around = [one.sessions for one in (to_next, since) if one is not None]
    return EventState(
        kind=kind,
        next_day=near.coming.day if near.coming else None,
        sessions=_distance(kind, near, to_next, "sessions"),
        days=_distance(kind, near, to_next, "days"),
        is_around=any(abs(sessions) <= AROUND_SESSIONS for sessions in around),
        last=near.last,
    )


def _distance(kind: str, near: Nearest, found: EventDistance | None, unit: str) -> Figure:
    if found is not None:
        return known(found.sessions if unit == "sessions" else found.days, unit, f"{unit} to the next {kind}")
    if near.coming is not None:
        return unknown(f"the next {kind}, {near.coming.day}, is outside the exchange calendar", unit)
    after = f" after {near.last.day}" if near.last else ""
    return unknown(f"no {kind} date{after} is known: import a list of them", unit)
