"""What do the last closes say beside the measures that the rules read? Range volatility and more of breadth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.measures.breadth_extra import SLOW, ZWEIG_SESSIONS
from core.measures.missing import gap
from core.measures.volatility import HV_SESSIONS
from core.monitor.market_now import NO_DATA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.monitor.market_now import Market

    Floats = NDArray[np.float64]
    Needs = tuple[tuple[str, int], ...]

_REALISED = {
    "parkinson_pct": "Parkinson: mean ln(H/L)^2 / (4 ln 2), 20 bars, x sqrt(252)",
    "garman_klass_pct": "Garman-Klass: mean 0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2, 20 bars, x sqrt(252)",
    "rogers_satchell_pct": "Rogers-Satchell: mean ln(H/O) ln(H/C) + ln(L/O) ln(L/C), 20 bars, x sqrt(252)",
    "yang_zhang_pct": "Yang-Zhang: overnight + k open-close + (1 - k) Rogers-Satchell, 20 bars, x sqrt(252)",
}
_STALE_OPEN = "the published open is made of stale prints: the overnight part is too small"
_BREADTH_NAMES = ("mcclellan", "mcclellan_summation", "ad_percent", "zweig_pct", "zweig_thrust_sessions")


def of_closes(market: Market, values: Floats, unit: str, formula: str, needs: Needs) -> Figure:
    """Return the value of the last close, or which column of `needs` (and how many sessions of it) is missing."""
    history = market.facts.past.history
    if not history.length:
        return unknown(NO_DATA, unit, formula)
    if np.isfinite(values[-1]):
        inputs = tuple(_close_input(market, column, count) for column, count in needs)
        return known(values[-1], unit, formula, inputs)
    reasons = (gap(history, column, history.length - 1, count) for column, count in needs)
    return unknown(next((why for why in reasons if why), "cannot be computed from these values"), unit, formula)


def _close_input(market: Market, column: str, count: int) -> Input:
    history, closed = market.facts.past.history, market.close_time
    value = float(history.column(column)[-1])
    age, source = (
        (market.facts.now - closed).total_seconds(),
        history.source_at(column.rpartition(".")[0] or column, -1),
    )
    return Input(column, value, "", closed, source, age, f"the last of {count} sessions" if count > 1 else "close")


def realised_figures(market: Market) -> dict[str, Figure]:
    """Return the range-based volatilities of SPX beside the close-close one, all of the last 20 closes."""
    past = market.facts.past
    close_close = "stdev of 20 daily log returns x sqrt(252)"
    needs: Needs = tuple((f"SPX{field}", HV_SESSIONS) for field in (".open", ".high", ".low", ""))
    found = {
        "close_close_pct": of_closes(market, past.measured.hv20_pct, "%", close_close, (("SPX", HV_SESSIONS + 1),))
    }
    for name, formula in _REALISED.items():
        wanted = (*needs[:3], ("SPX", HV_SESSIONS + 1)) if name == "yang_zhang_pct" else needs
        found[name] = of_closes(market, past.more.realised_pct[name], "%", formula, wanted)
    found["yang_zhang_pct"] = replace(found["yang_zhang_pct"], note=_STALE_OPEN)
    return found


def breadth_more(market: Market) -> dict[str, Figure]:
    """Return McClellan, A/D percent and what the Zweig thrust is read from, of the last close."""
    past = market.facts.past
    universe = past.measured.universe
    if past.history.length and not universe:
        return dict.fromkeys(_BREADTH_NAMES, unknown("no breadth was imported"))
    counts = [f"BREADTH:{universe}.{name}" for name in ("advances", "declines", "unchanged")]
    oscillator: Needs = tuple((name, SLOW) for name in counts[:2])
    mean: Needs = tuple((name, ZWEIG_SESSIONS) for name in counts[:2])
    more, index = past.more, "RANA x 1000"
    return {
        "mcclellan": of_closes(market, more.mcclellan, "", f"EMA19 - EMA39 of {index}", oscillator),
        "mcclellan_summation": of_closes(
            market, more.mcclellan_summation, "", "sum of the oscillator since the last gap", oscillator
        ),
        "ad_percent": of_closes(
            market, more.ad_percent, "%", "(A - D) / (A + D + unchanged)", tuple((name, 1) for name in counts)
        ),
        "zweig_pct": of_closes(market, more.zweig_pct, "%", "10-session EMA of A / (A + D)", mean),
        "zweig_thrust_sessions": _since_thrust(market, mean),
    }


def _since_thrust(market: Market, needs: Needs) -> Figure:
    """Return how many sessions ago the last Zweig thrust completed."""
    formula = "sessions since the 10-session EMA of A / (A + D) went from below 40 % to above 61.5 % in ten"
    past = market.facts.past
    days, thrusts = past.history.days, np.flatnonzero(past.more.zweig_thrust)
    if not len(thrusts):
        known_days = np.flatnonzero(np.isfinite(past.more.zweig_pct))
        since = f"no thrust since breadth began ({days[known_days[0]]})" if len(known_days) else ""
        figure = of_closes(market, np.full(past.history.length, np.nan), "sessions", formula, needs)
        return replace(figure, unknown=since or figure.unknown)
    last = int(thrusts[-1])
    return known(past.history.length - 1 - last, "sessions", formula, note=f"completed on {days[last]}")
