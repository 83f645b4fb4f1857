"""In which weather are layers bought? Speed of VIX's return, how dear its future is, rates and prices, the dollar.

Context only: no rule reads it, and nothing is triggered by it (playbook 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.context import INFLATION
from core.market.figure import Figure, known, unknown
from core.measures.half_life import HALF_LIFE_SESSIONS, half_life
from core.measures.more import known_sessions
from core.monitor.context_figures import context_states
from core.playbook.rules_market import steepening_bp
from core.playbook.verdict import Says

if TYPE_CHECKING:
    from core.monitor.market_now import Market

YEAR_SESSIONS = 252
DOLLAR, DOLLAR_SESSIONS, ABROAD_PCT = "DTWEXBGS", 63, 2.0
PRICES_PP = 1.0
HALF_LIFE = "ln 0.5 / ln phi, VIX as a first-order autoregression over 252 sessions (002-1)"
DEAR = "share of the last 252 sessions on which the 30-day VX future was no higher (003-4)"
STEEPER = "10-year less 2-year yield, change within curve.sessions; benign within curve.steepen (001-13)"
PRICES = "producer prices over a year less consumer prices over a year; benign within 1 point (001-13)"
ABROAD = "change of the broad dollar index over 63 sessions; beyond 2 % a spike is driven from abroad (002-20)"


@dataclass(frozen=True, slots=True)
class Climate:
    """The context of a hedge. `benign` and `from_abroad` say on, off or unknown."""

    half_life: Figure
    vx_share_pct: Figure
    steeper_bp: Figure
    prices_pp: Figure
    dollar_pct: Figure
    benign: Says
    from_abroad: Says


def climate(market: Market) -> Climate:
    """Return the context at `facts.now`, from what was known by then."""
    steeper, prices, dollar = _steeper(market), _prices(market), _dollar(market)
    limit = market.facts.playbook.number("curve.steepen")
    return Climate(
        _half_life(market),
        _vx_share(market),
        steeper,
        prices,
        dollar,
        macro_light(steeper, prices, limit),
        driven_from_abroad(dollar),
    )


def macro_light(steeper: Figure, prices: Figure, limit_bp: float) -> Says:
    """Say on where the term spread is stable and producer and consumer prices run together (001-13)."""
    if steeper.value is not None and abs(steeper.value) >= limit_bp:
        return Says.OFF
    if prices.value is not None and abs(prices.value) > PRICES_PP:
        return Says.OFF
    return Says.UNKNOWN if steeper.value is None or prices.value is None else Says.ON


def driven_from_abroad(dollar: Figure) -> Says:
    """Say on where the dollar has moved by more than 2 % in three months (002-20; the limit is an assumption)."""
    if dollar.value is None:
        return Says.UNKNOWN
    return Says.ON if abs(dollar.value) > ABROAD_PCT else Says.OFF


def _half_life(market: Market) -> Figure:
    vix = market.facts.past.measured.vix[-HALF_LIFE_SESSIONS:]
    if len(vix) < HALF_LIFE_SESSIONS or not np.isfinite(vix).all():
        return unknown(f"{HALF_LIFE_SESSIONS} closes of VIX in a row are needed", "sessions", HALF_LIFE)
    found = half_life(vix)
    if not np.isfinite(found):
        return unknown("VIX did not go back to a mean in that time", "sessions", HALF_LIFE)
    return known(found, "sessions", HALF_LIFE)


def _vx_share(market: Market) -> Figure:
    vx30 = market.facts.past.more.vx30[-YEAR_SESSIONS:] if market.facts.past.history.length else np.zeros(0)
    seen = vx30[np.isfinite(vx30)]
    if not len(vx30) or not np.isfinite(vx30[-1]) or len(seen) < YEAR_SESSIONS // 2:
        return unknown("the 30-day VX future is not known for half of the last 252 sessions", "%", DEAR)
    return known(100.0 * float((seen <= seen[-1]).mean()), "%", DEAR)


def _steeper(market: Market) -> Figure:
    past = market.facts.past
    if not past.history.length or not past.history.has("DGS10") or not past.history.has("DGS2"):
        return unknown("no DGS10 or no DGS2 was imported", "bp", STEEPER)
    rises = steepening_bp(past.measured, market.facts.playbook, "DGS2")
    length = known_sessions("DGS10", past.history, int(market.facts.now.timestamp()))
    held = np.flatnonzero(np.isfinite(rises[:length]))
    if not len(held):
        return unknown("no ten sessions of both yields are known", "bp", STEEPER)
    return known(round(float(rises[held[-1]]), 6), "bp", STEEPER)


def _prices(market: Market) -> Figure:
    years = {one.symbol: one.year_pct for one in context_states(market) if one.year_pct is not None}
    ppi, cpi = (
        next((years[symbol] for symbol in symbols if symbol in years), None)
        for symbols in (INFLATION["PPI"], INFLATION["CPI"])
    )
    if ppi is None or cpi is None:
        return unknown(f"no {'PPI' if ppi is None else 'CPI'} was imported", "pp", PRICES)
    if ppi.value is None or cpi.value is None:
        return unknown(ppi.unknown or cpi.unknown, "pp", PRICES)
    return known(ppi.value - cpi.value, "pp", PRICES)


def _dollar(market: Market) -> Figure:
    history = market.facts.past.history
    if not history.length or not history.has(DOLLAR):
        return unknown(f"no {DOLLAR} was imported", "%", ABROAD)
    length = known_sessions(DOLLAR, history, int(market.facts.now.timestamp()))
    column = history.column(DOLLAR)[:length]
    held = np.flatnonzero(np.isfinite(column))
    earlier = held[held <= held[-1] - DOLLAR_SESSIONS] if len(held) else held
    if not len(earlier):
        return unknown(f"{DOLLAR} is not known for {DOLLAR_SESSIONS} sessions", "%", ABROAD)
    return known(100.0 * float(column[held[-1]] / column[earlier[-1]] - 1.0), "%", ABROAD)
