"""Why do the rules of RSI and MACD say what they say? Value, threshold, crossing, in the words of a trader."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.playbook.kleene import ON, UNKNOWN
from core.playbook.readings import Reading, Seen, beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.playbook.layer_state import LayerStep


def rsi_reading(seen: Seen, name: str, key: str) -> Reading:
    """Return how RSI of SPX or VIX stands to the limit of a parameter."""
    measure, limit = f"rsi_{name.lower()}", seen.playbook.number(key)
    rsi, inputs = seen.value(measure), (seen.close(name, name.lower()),)
    if rsi is None:
        return Reading(f"RSI of {name} is unknown: {seen.missing(measure)}", inputs, None, limit)
    return Reading(f"RSI of {name} {rsi:.1f} is {beside(rsi, limit, 1)} {limit:g}", inputs, rsi, limit)


def _rsi_vix_block(seen: Seen, _: LayerStep) -> Reading:
    return rsi_reading(seen, "VIX", "rsi.vix_high")


def _rsi_crossing(seen: Seen, step: LayerStep, rule: str, key: str) -> Reading:
    found = rsi_reading(seen, "VIX", key)
    before = float(seen.measured.rsi_vix[seen.index - 1]) if seen.index else math.nan
    if found.value is None:
        return found
    if math.isnan(before):
        return Reading(f"{found.reason}, the close before is unknown", found.inputs, found.value, found.threshold)
    crossed = "" if step.rules[rule] == ON else ": no crossing"
    reason = f"{found.reason}, {before:.1f} at the close before{crossed}"
    return Reading(reason, found.inputs, found.value, found.threshold)


def _rsi_vix_up(seen: Seen, step: LayerStep) -> Reading:
    return _rsi_crossing(seen, step, "rsi_vix_up", "rsi.vix_cross")


def _rsi_vix_down(seen: Seen, step: LayerStep) -> Reading:
    high = seen.playbook.number("rsi.vix_high")
    before = float(seen.measured.rsi_vix[seen.index - 1]) if seen.index else math.nan
    key = "rsi.vix_high" if before > high else "rsi.vix_cross"
    return _rsi_crossing(seen, step, "rsi_vix_down", key)


def _rsi_vix_adds(seen: Seen, step: LayerStep) -> Reading:
    found = rsi_reading(seen, "VIX", "rsi.vix_cross")
    word = step.rules["rsi_vix_adds"]
    if found.value is None or found.threshold is None or found.value <= found.threshold:
        return found
    high = seen.playbook.number("rsi.vix_high")
    told = {
        ON: ": it crossed up and has not crossed down since",
        UNKNOWN: ", but a gap hides whether it crossed down since",
    }.get(word, f", but it crossed down through {high:g} since")
    return Reading(found.reason + told, found.inputs, found.value, found.threshold)


def _rsi_spx_low(seen: Seen, _: LayerStep) -> Reading:
    return rsi_reading(seen, "SPX", "rsi.spx_low")


def _macd_bullish(seen: Seen, step: LayerStep) -> Reading:
    line, signal = seen.value("macd"), seen.value("macd_signal")
    inputs = tuple(
        seen.made(name, measure, "points", "VIX")
        for name, measure in (("MACD", "macd"), ("MACD signal", "macd_signal"))
    )
    if line is None or signal is None:
        return Reading(f"MACD of VIX is unknown: {seen.missing('macd')}", inputs, None, 0.0, "points")
    lead, within = line - signal, seen.playbook.count("macd.cross_sessions")
    reason = f"MACD of VIX {line:.2f} is {beside(line, signal, 2)} its signal {signal:.2f}"
    if lead <= 0:
        return Reading(reason, inputs, lead, 0.0, "points")
    # Above its signal the level is no longer what is missing: without a threshold there is no distance.
    threshold = 0.0 if step.rules["macd_bullish"] == ON else None
    return Reading(reason + _crossing(seen, step, within), inputs, lead, threshold, "points")


def _crossing(seen: Seen, step: LayerStep, within: int) -> str:
    word = step.rules["macd_bullish"]
    if word == UNKNOWN:
        return f", but a gap hides whether it crossed within {within} sessions"
    if word != ON:
        return f", crossed more than {within} sessions ago: a fresh cross is missing"
    is_above = seen.measured.macd[: seen.index + 1] > seen.measured.macd_signal[: seen.index + 1]
    ago = next((lag for lag in range(1, within) if not is_above[-1 - lag]), within) - 1
    return ", crossed today" if not ago else f", crossed {ago} session{'s' if ago > 1 else ''} ago"


EXPLAINED: MappingProxyType[str, Callable[[Seen, LayerStep], Reading]] = MappingProxyType(
    {
        "rsi_spx_low": _rsi_spx_low,
        "macd_bullish": _macd_bullish,
        "rsi_vix_block": _rsi_vix_block,
        "rsi_vix_up": _rsi_vix_up,
        "rsi_vix_down": _rsi_vix_down,
        "rsi_vix_adds": _rsi_vix_adds,
    }
)
