"""What would the measures be if the session closed now? The closes, and one provisional session from quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from core.market.series import CURVE_SYMBOLS, History
from core.market.snapshot import live_quote, newer_quote
from core.measures.edr import edr_pct, multiplier_of
from core.measures.measured import BREADTH_MEASURES, measured_with
from core.measures.volatility import rv_iv_pct
from core.monitor.curve_now import curve_row
from core.monitor.past import make_past, past_until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from core.market.quote import Quote
    from core.measures.measured import Measured
    from core.state import Facts, Past

SYMBOLS = ("SPX", "VIX", "VIX9D", *CURVE_SYMBOLS)

_VIX_MEASURES = ("vix", "vix_sma20", "vix_sd20", "macd", "macd_signal", "rsi_vix")
_SPX_MEASURES = ("spx", "hv20_pct", "rsi_spx")


@dataclass(frozen=True)
class Live:
    """The last sessions and, as the last element, the one that the quotes belong to.

    `past` is what came before that session. `quotes` are those newer than the closes, by symbol, stale ones
    too. `vix9d_note` says how VIX9D follows from VIX, "" where it does not.
    """

    measured: Measured
    day: date
    quotes: Mapping[str, Quote]
    past: Past
    vix9d_note: str


def live_session(facts: Facts) -> Live | None:
    """Return the measures with the quotes on top, None where no quote is newer than the closes.

    A quote that has gone stale stands as missing: what depends on it is unknown, not its last close. The
    history must end with the last session that has closed.
    """
    history = facts.past.history
    newer = ((symbol, newer_quote(symbol, facts.now, history, facts.quotes)) for symbol in SYMBOLS)
    quotes = {symbol: quote for symbol, quote in newer if quote is not None}
    if not quotes or history.calendar.closed_by(facts.now) >= len(history.calendar.days):
        return None
    past = _before(quotes, facts)
    day: date = history.calendar.days[past.history.first + past.history.length].item()
    values, note = _with_vix9d(_closes(history, past.history.length) | _quoted(quotes, facts), past)
    measured = measured_with(past.measured, values | curve_row(facts, day), is_breadth_carried=past is facts.past)
    if past is facts.past:
        measured = _carry_closes(measured, past, values)
    return Live(measured, day, MappingProxyType(quotes), past, note)


def _quoted(quotes: Mapping[str, Quote], facts: Facts) -> dict[str, float]:
    """Return the value of each quoted index, NaN for one that has gone stale; the futures go by expiry."""
    history = facts.past.history
    found = {
        symbol: live_quote(symbol, facts.now, history, facts.quotes, facts.ages)
        for symbol in quotes
        if symbol not in CURVE_SYMBOLS
    }
    return {symbol: quote.value if quote else np.nan for symbol, quote in found.items()}


def _before(quotes: Mapping[str, Quote], facts: Facts) -> Past:
    """Return what came before the session that the quotes are of; without any closes, nothing."""
    history = facts.past.history
    if not history.length:
        return make_past(History(history.calendar, history.calendar.closed_by(facts.now), 0), facts.playbook)
    return past_until(facts.past, history.length - 1) if _awaits_close(quotes, facts) else facts.past


def _awaits_close(quotes: Mapping[str, Quote], facts: Facts) -> bool:
    """Whether the quotes are of the session that has closed last: nothing opened since, its close is not here."""
    history = facts.past.history
    last = history.first + history.length - 1
    if history.length < 2 or history.calendar.opens[last + 1] <= facts.now.timestamp():
        return False
    opened = int(history.calendar.opens[last])
    return any(
        not np.isfinite(history.column(symbol)[-1]) and quote.time.timestamp() >= opened
        for symbol, quote in quotes.items()
    )


def _closes(history: History, index: int) -> dict[str, float]:
    """Return what the session at the index has of its closes, nothing beyond the end of the history."""
    rows = ((name, row[index : index + 1]) for name, row in history.columns.items() if name not in CURVE_SYMBOLS)
    return {name: float(row[0]) for name, row in rows if np.isfinite(row).any()}


def _with_vix9d(values: dict[str, float], past: Past) -> tuple[dict[str, float], str]:
    """Return the values with VIX9D worked out from VIX where only VIX is known, and how.

    The ratio is that of the last close; where that has none, VIX9D stays unknown.
    """
    vix9d, vix = past.history.column("VIX9D")[-1:], past.measured.vix[-1:]
    if "VIX9D" in values or "VIX" not in values or not np.isfinite(vix9d / vix).any():
        return values, ""
    ratio = float(vix9d[0] / vix[0])
    note = f"VIX9D = VIX x {ratio:.4f}, the daily ratio of {past.history.days[-1]}"
    return values | {"VIX9D": values["VIX"] * ratio}, note


def _carry_closes(tail: Measured, past: Past, values: Mapping[str, float]) -> Measured:
    """Return the tail in which measures whose own inputs are not quoted keep the value of the last close."""
    carried: list[str] = [*BREADTH_MEASURES]
    carried += [] if "SPX" in values else _SPX_MEASURES
    carried += [] if "VIX" in values else _VIX_MEASURES
    carried += [] if {"VIX9D", "VIX"} & {*values} else ["vix9d_used", "edr_stands_in"]
    changed: dict[str, Any] = {
        name: _with_last(getattr(tail, name), getattr(past.measured, name)) for name in carried
    }
    columns = {
        name: column if name in values or name in CURVE_SYMBOLS else np.append(column[:-1], column[-2:-1])
        for name, column in tail.history.columns.items()
    }
    kept = replace(tail, history=replace(tail.history, columns=columns), **changed)
    settings = tail.settings
    multiplier = multiplier_of(settings.edr_formula, settings.edr_mult, kept.spx, kept.vix)
    edr = edr_pct(settings.edr_formula, multiplier, kept.vix9d_used, kept.hv20_pct, kept.vix)
    rv_iv = rv_iv_pct(kept.hv20_pct, kept.vix)
    return replace(kept, edr_pct=edr, edr_points=edr / 100 * kept.spx, rv_iv_pct=rv_iv)


def _with_last(values: NDArray[np.float64], closes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values with the last element that of the last close."""
    changed = values.copy()
    changed[-1] = closes[-1]
    return changed
