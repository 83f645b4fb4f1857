"""What does the valuation see of the market, now and at each fill? Nothing later than the moment asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.snapshot import reading
from core.measures.more import known_sessions
from core.monitor.chain_now import chains_now, forwards_of, marks_of
from core.monitor.curve_now import curve_at, moved_curve
from core.playbook.house_keys import ASSUMED_MAP, BY_SSR
from core.positions.contract import VIX_SHARES
from core.valuation.forwards import MarketNow, MarketThen
from core.valuation.response_fit import fit_responses
from core.valuation.response_map import ASSUMED
from core.valuation.surface import STANDARD, Surface

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.market.series import History
    from core.monitor.market_now import Market
    from core.playbook.parameters import Playbook
    from core.state import Facts
    from core.valuation.response_map import ResponseMap

RATE_SYMBOL = "DGS3MO"
RATE_HOLDS_SESSIONS = 10


def market_now(market: Market) -> MarketNow:
    """Return the market as the valuation needs it at `facts.now`."""
    facts = market.facts
    rate, note = _rate(facts)
    chains, dividend_pct = chains_now(facts, rate), facts.playbook.number("rates.dividend_pct")
    vix = market.readings["VIX"].value
    is_newer = market.live is not None and "VIX" in market.live.quotes and vix is not None
    curve, curve_note = moved_curve(facts, vix) if is_newer and vix else (curve_at(facts, facts.now), "")
    return MarketNow(
        now=facts.now,
        spx=market.readings["SPX"].value,
        vix=vix,
        curve=curve,
        rate=rate,
        rate_note=note,
        calendar=facts.past.history.calendar,
        inputs=market.readings["SPX"].inputs + market.readings["VIX"].inputs,
        curve_note=curve_note,
        spx_carries=forwards_of(chains, "SPX"),
        vix_forwards=forwards_of(chains, "VIX"),
        shares={symbol: price for symbol in sorted(VIX_SHARES) if (price := _price_of(symbol, facts)) is not None},
        dividend=dividend_pct / 100,
        carry_note=f"SPX carried at the rate less {dividend_pct:g} % of dividends a year, assumed",
        responses=responses_in_force(facts),
        surface=_surface(facts.playbook),
    )


def market_then(facts: Facts) -> MarketThen:
    """Return what was known at earlier moments: the last quote of that day, else the closes by then."""
    history = facts.past.history
    curves: dict[datetime, dict[date, float]] = {}

    def vx(expiry: date, when: datetime) -> float | None:
        if when not in curves:  # the same fills are asked for again and again
            curves[when] = curve_at(facts, when)
        return curves[when].get(expiry)

    def spx(when: datetime) -> float | None:
        return reading("SPX", when, history, facts.quotes, facts.ages).value

    def vix(when: datetime) -> float | None:
        return reading("VIX", when, history, facts.quotes, facts.ages).value

    chains = chains_now(facts, _rate(facts)[0])
    return MarketThen(vx=vx, spx=spx, vix=vix, marks=marks_of(chains, facts))


def _price_of(symbol: str, facts: Facts) -> float | None:
    """Return the last quote of a fund that still holds."""
    if symbol not in facts.quotes:
        return None
    return reading(symbol, facts.now, facts.past.history, facts.quotes, facts.ages).value


def responses_in_force(facts: Facts) -> ResponseMap:
    """Return the VIX responses that the playbook asks for; where none can be fitted the assumed ones, and why."""
    if facts.playbook.text("response.map") == ASSUMED_MAP:
        return ASSUMED
    history, sessions = facts.past.history, facts.playbook.count("response.sessions")
    found = facts.kept.of("responses", (history,), lambda: _fitted(history, sessions), equal=sessions)
    return replace(ASSUMED, note=f"{ASSUMED.note}; not fitted: {found}") if isinstance(found, str) else found


def _fitted(history: History, sessions: int) -> ResponseMap | str:
    return fit_responses(history.days, history.column("SPX"), history.column("VIX"), sessions)


def _surface(playbook: Playbook) -> Surface:
    return Surface(ssr=playbook.number("surface.ssr")) if playbook.text("surface.mode") == BY_SSR else STANDARD


def _rate(facts: Facts) -> tuple[float, str]:
    """Return the yearly rate: the imported 3-month T-bill that was known now, else the playbook's assumption."""
    history = facts.past.history
    length = known_sessions(RATE_SYMBOL, history, int(facts.now.timestamp()))
    column = history.column(RATE_SYMBOL)[:length][-RATE_HOLDS_SESSIONS:]
    known = np.flatnonzero(np.isfinite(column))
    if len(known):
        return float(column[known[-1]]) / 100, f"{RATE_SYMBOL} {column[known[-1]]:.2f} %"
    assumed = facts.playbook.number("rates.risk_free_pct")
    return assumed / 100, f"assumed rate {assumed:g} % (no {RATE_SYMBOL} imported)"
