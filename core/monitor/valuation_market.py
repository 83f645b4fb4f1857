"""What does the valuation see of the market, now and at each fill? Nothing later than the moment asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import vix_expiries_after
from core.market.snapshot import live_quote
from core.valuation.forwards import MarketNow, MarketThen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from core.market.series import History
    from core.monitor.market_figures import Market
    from core.state import Facts

FUTURES = 8
RATE_SYMBOL = "DGS3MO"
RATE_HOLDS_SESSIONS = 10


def market_now(market: Market) -> MarketNow:
    """Return the market as the valuation needs it at `facts.now`."""
    facts = market.facts
    rate, note = _rate(facts)
    return MarketNow(
        now=facts.now,
        spx=market.readings["SPX"].value,
        vix=market.readings["VIX"].value,
        curve=curve_now(facts),
        rate=rate,
        rate_note=note,
        calendar=facts.past.history.calendar,
        inputs=market.readings["SPX"].inputs + market.readings["VIX"].inputs,
    )


def curve_now(facts: Facts) -> dict[date, float]:
    """Return the VX futures by expiry: the last settlements if they still hold, quotes on top."""
    history, calendar = facts.past.history, facts.past.history.calendar
    last_closed = calendar.closed_by(facts.now) - 1
    curve: dict[date, float] = {}
    if history.length and history.first + history.length - 1 == last_closed:
        curve = settled_curve(history, history.length - 1)
    expiries = vix_expiries_after(calendar.days[last_closed].astype(object), FUTURES, calendar)
    for number, expiry in enumerate(expiries, 1):
        quote = live_quote(f"VX{number}", facts.now, history, facts.quotes, facts.ages)
        if quote is not None:
            curve[expiry] = quote.value
    return curve


def settled_curve(history: History, index: int) -> dict[date, float]:
    """Return the settlements of one session by expiry: VXn is the n-th monthly expiry after that day."""
    day = history.days[index].astype(object)
    expiries = vix_expiries_after(day, FUTURES, history.calendar)
    prices = (float(history.column(f"VX{number}")[index]) for number in range(1, FUTURES + 1))
    return {expiry: price for expiry, price in zip(expiries, prices, strict=True) if np.isfinite(price)}


def market_then(facts: Facts) -> MarketThen:
    """Return what was known at earlier moments: the last quote of that day, else the closes by then."""
    history = facts.past.history

    def at_close(symbol: str, when: datetime) -> float | None:
        index = history.calendar.closed_by(when) - 1 - history.first
        if not 0 <= index < history.length:
            return None
        value = float(history.column(symbol)[index])
        return value if np.isfinite(value) else None

    def spx(when: datetime) -> float | None:
        quote = live_quote("SPX", when, history, facts.quotes, facts.ages)
        return quote.value if quote else at_close("SPX", when)

    def vx(expiry: date, when: datetime) -> float | None:
        index = history.calendar.closed_by(when) - 1 - history.first
        if not 0 <= index < history.length:
            return None
        return settled_curve(history, index).get(expiry)

    return MarketThen(vx=_remembered(vx), spx=spx)


def _remembered(
    vx: Callable[[date, datetime], float | None],
) -> Callable[[date, datetime], float | None]:
    """Return the function with its answers kept: the same fills are asked for again and again."""
    answers: dict[tuple[date, datetime], float | None] = {}

    def remembered(expiry: date, when: datetime) -> float | None:
        if (expiry, when) not in answers:
            answers[expiry, when] = vx(expiry, when)
        return answers[expiry, when]

    return remembered


def _rate(facts: Facts) -> tuple[float, str]:
    """Return the yearly rate: the imported 3-month T-bill, else the playbook's assumption."""
    column = facts.past.history.column(RATE_SYMBOL)[-RATE_HOLDS_SESSIONS:]
    known = np.flatnonzero(np.isfinite(column))
    if len(known):
        return float(column[known[-1]]) / 100, f"{RATE_SYMBOL} {column[known[-1]]:.2f} %"
    assumed = facts.playbook.number("rates.risk_free_pct")
    return assumed / 100, f"assumed rate {assumed:g} % (no {RATE_SYMBOL} imported)"
