"""What does each VX future cost, by its expiry? The last settlements while they hold, quotes on top of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError, vix_expiries_after
from core.market.series import CURVE_SYMBOLS
from core.market.snapshot import newer_quote, stale
from core.market.times import exchange_date
from core.measures.spot_vol import vx_at

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.calendar import SessionCalendar
    from core.market.series import History
    from core.state import Facts


def curve_at(facts: Facts, when: datetime) -> dict[date, float]:
    """Return the VX futures in points by expiry as they were known at a moment not later than now.

    VXn is the future of the n-th monthly expiry after the day of its settlement or quote. A settlement holds
    until the next close. A quote takes its place; one that has gone stale leaves the future without a price.
    """
    history = facts.past.history
    closed = history.calendar.closed_by(when) - history.first
    curve = settled_curve(history, closed - 1) if 0 < closed <= history.length else {}
    expiries: dict[date, tuple[date, ...]] = {}
    for number, symbol in enumerate(CURVE_SYMBOLS):
        quote = newer_quote(symbol, when, history, facts.quotes)
        if quote is None:
            continue
        day = exchange_date(quote.time)
        expiries[day] = expiries.get(day) or monthly_expiries(day, history.calendar)
        price = np.nan if stale(quote, when, history.calendar, facts.ages) else quote.value
        curve |= dict.fromkeys(expiries[day][number : number + 1], price)
    return {expiry: price for expiry, price in curve.items() if np.isfinite(price)}


def moved_curve(facts: Facts, vix: float) -> tuple[dict[date, float], str]:
    """Return the curve now with its settlements moved to a VIX that is newer than they are, and how.

    Each settled future moves by beta(days left) x the change of VIX since its settlement, as the response map
    has it (playbook 4.3); quoted futures stay as quoted.
    """
    history, day = facts.past.history, exchange_date(facts.now)
    curve, last = curve_at(facts, facts.now), history.calendar.closed_by(facts.now) - history.first - 1
    settled = settled_curve(history, last) if 0 <= last < history.length else {}
    old = [expiry for expiry, price in curve.items() if settled.get(expiry) == price]
    vix_then = float(history.column("VIX")[last]) if old else np.nan
    if not np.isfinite(vix_then):
        return curve, ""
    moved = {expiry: float(vx_at(curve[expiry], vix_then, vix, (expiry - day).days)) for expiry in old}
    note = f"VX settlements of {history.days[last]} moved by beta x the change of VIX, {vix_then:.2f} to {vix:.2f}"
    return curve | moved, note


def settled_curve(history: History, index: int) -> dict[date, float]:
    """Return the settlements of one session by expiry."""
    expiries = monthly_expiries(history.days[index].item(), history.calendar)
    prices = (float(history.column(symbol)[index]) for symbol in CURVE_SYMBOLS)
    return {expiry: price for expiry, price in zip(expiries, prices, strict=False) if np.isfinite(price)}


def curve_row(facts: Facts, day: date) -> dict[str, float]:
    """Return the curve at `facts.now` by symbol as a session of that day numbers it, VX1 to VX8."""
    curve = curve_at(facts, facts.now)
    expiries = monthly_expiries(day, facts.past.history.calendar)
    found = ((symbol, curve.get(expiry)) for symbol, expiry in zip(CURVE_SYMBOLS, expiries, strict=False))
    return {symbol: price for symbol, price in found if price is not None}


def monthly_expiries(day: date, calendar: SessionCalendar) -> tuple[date, ...]:
    """Return the VIX expiries of VX1 to VX8 as of a day, fewer where the calendar ends."""
    for count in range(len(CURVE_SYMBOLS), 0, -1):
        try:
            return tuple(vix_expiries_after(day, count, calendar))
        except OutsideCalendarError:
            continue
    return ()
