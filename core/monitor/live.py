"""What would the measures be if the session closed now? The closes, and one provisional session from quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.snapshot import last_close, last_quote
from core.measures.edr import edr_pct
from core.measures.measured import measured_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.market.quote import Quote
    from core.market.series import History
    from core.measures.measured import Measured
    from core.state import Facts, Past

CURVE = tuple(f"VX{number}" for number in range(1, 9))
LIVE_SYMBOLS = ("SPX", "VIX", "VIX9D", *CURVE)

_VIX_MEASURES = ("vix", "vix_sma20", "vix_sd20", "macd", "macd_signal", "rsi_vix")
_SPX_MEASURES = ("spx", "hv20_pct", "rsi_spx")
_BREADTH_MEASURES = (
    "ad_line",
    "rana",
    "divergence",
    "divergence_d",
    "divergence_sessions",
    "divergence_grade",
)
_CURVE_MEASURES = ("vx", "backwardation_pct", "rule_backwardation_pct", "rule_front")


@dataclass(frozen=True)
class Live:
    """The last sessions and, as the last element, the one in progress.

    `quotes` are those newer than the closes, by symbol, stale ones too.
    """

    measured: Measured
    day: date
    quotes: Mapping[str, Quote]
    vix9d_note: str


def live_session(facts: Facts) -> Live | None:
    """Return the measures with the quotes on top, None where no quote is newer than the closes.

    A quote that has gone stale stands as missing: what depends on it is unknown, not its last close.
    """
    past = facts.past
    quotes = {symbol: quote for symbol in LIVE_SYMBOLS if (quote := _newer_than_close(symbol, facts)) is not None}
    if not quotes or not past.history.length:
        return None
    fresh = {symbol: quote.value for symbol, quote in quotes.items() if _is_fresh(quote, facts)}
    values, note = _with_vix9d({symbol: fresh.get(symbol, np.nan) for symbol in quotes}, past)
    measured = _carry_closes(measured_with(past.measured, values), past, values)
    day: date = measured.history.days[-1].item()
    return Live(measured, day, MappingProxyType(quotes), note)


def _newer_than_close(symbol: str, facts: Facts) -> Quote | None:
    quote = last_quote(symbol, facts.now, facts.quotes)
    close = last_close(symbol, facts.now, facts.past.history)
    return None if quote is None or (close is not None and quote.time <= close.time) else quote


def _is_fresh(quote: Quote, facts: Facts) -> bool:
    traded = facts.past.history.calendar.session_seconds(quote.time, facts.now)
    return traded <= facts.ages.unknown_s


def closed_history(history: History, now: datetime) -> History:
    """Return the history of exactly the sessions that have closed by `now`.

    Nothing later is in it; sessions that have closed since the last data are there without values, so that
    what depends on them is unknown.
    """
    length = max(history.calendar.closed_by(now) - history.first, 0)
    if length <= history.length or not history.length:
        return history.until(length)
    missing = np.full(length - history.length, np.nan)
    columns = {name: np.append(values, missing) for name, values in history.columns.items()}
    return replace(history, length=length, columns=columns)


def _with_vix9d(quoted: dict[str, float], past: Past) -> tuple[dict[str, float], str]:
    """Return the quotes with VIX9D worked out from VIX where it is not quoted, and how."""
    measured = past.measured
    if "VIX9D" in quoted or "VIX" not in quoted:
        return quoted, ""
    vix9d, vix = past.history.column("VIX9D"), measured.vix
    known = np.flatnonzero(np.isfinite(vix9d) & np.isfinite(vix))
    if not len(known):
        return quoted, ""
    last = known[-1]
    ratio = float(vix9d[last] / vix[last])
    note = f"VIX9D = VIX x {ratio:.4f}, the daily ratio of {past.history.days[last]}"
    return quoted | {"VIX9D": quoted["VIX"] * ratio}, note


def _carry_closes(tail: Measured, past: Past, values: Mapping[str, float]) -> Measured:
    """Return the tail in which measures whose own inputs are not quoted keep the value of the last close."""
    carried: list[str] = [*_BREADTH_MEASURES]
    carried += [] if "SPX" in values else _SPX_MEASURES
    carried += [] if "VIX" in values else _VIX_MEASURES
    carried += [] if {"VX1", "VX2"} <= {*values} else _CURVE_MEASURES
    carried += [] if {"VIX9D", "VIX"} & {*values} else ["vix9d_used", "edr_stands_in"]
    changed: dict[str, Any] = {
        name: _with_last(getattr(tail, name), getattr(past.measured, name)) for name in carried
    }
    kept = replace(tail, **changed)
    settings = tail.settings
    edr = edr_pct(settings.edr_formula, settings.edr_mult, kept.vix9d_used, kept.hv20_pct, kept.vix)
    rv_iv = 100 * (kept.hv20_pct / kept.vix - 1)
    return replace(kept, edr_pct=edr, edr_points=edr / 100 * kept.spx, rv_iv_pct=rv_iv)


def _with_last(values: NDArray[np.float64], closes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values with the last element that of the last close."""
    changed = values.copy()
    changed[-1] = closes[-1]
    return changed
