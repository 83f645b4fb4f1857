"""What would switch the rules of VIX, EDR and RSI? The level of the next close, solved rule by rule."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.playbook.ladder import clean, rung_level
from core.playbook.market_keys import CROSS
from core.playbook.next_close import close_at_macd_cross, close_at_rsi, close_at_z, closes_before
from core.playbook.rules_vix import settled_band
from core.playbook.rung import EDR_RUNG
from core.playbook.switch_levels import at_edr, at_spx, at_vix
from core.playbook.verdict import Says, Switch

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.playbook.layer_state import LayerStep
    from core.playbook.readings import Seen


def _edr_rung(seen: Seen, step: LayerStep, turns: Says) -> Switch:
    rung = rung_level(step.number, seen.playbook)
    if turns is Says.ON:
        return at_edr(seen, turns, rung)
    closes = seen.playbook.count("ladder.hysteresis_closes")
    note = f"below for {closes} closes in a row, {step.closes_below} so far"
    return at_edr(seen, turns, clean(rung - seen.playbook.number("ladder.hysteresis")), note)


def _edr_high(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return at_edr(seen, turns, seen.playbook.number("regime.edr"))


def _edr_marker(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return at_edr(seen, turns, seen.playbook.number("zones.marker_edr"))


def _vix_marker(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return at_vix(seen, turns, seen.playbook.number("zones.marker_vix"))


def _rsi_level(seen: Seen, name: str, level: float) -> float | None:
    values = seen.measured.vix if name == "VIX" else seen.measured.spx
    return close_at_rsi(closes_before(values, seen.stop), seen.playbook.count("rsi.n"), level)


def _rsi_spx_low(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return at_spx(seen, turns, _rsi_level(seen, "SPX", seen.playbook.number("rsi.spx_low")))


def _rsi_vix_block(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return at_vix(seen, turns, _rsi_level(seen, "VIX", seen.playbook.number("rsi.vix_high")))


def _rsi_crossing(seen: Seen, turns: Says, level: float, *, is_ready: bool) -> Switch:
    if turns is Says.OFF:
        return Switch(turns, note="it speaks of one close and is off at the next")
    if not is_ready:
        return Switch(turns, note=f"RSI must first be on the other side of {level:g}")
    return at_vix(seen, turns, _rsi_level(seen, "VIX", level))


def _rsi_vix_up(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    level = seen.playbook.number("rsi.vix_cross")
    return _rsi_crossing(seen, turns, level, is_ready=(seen.before("rsi_vix") or 0.0) <= level)


def _rsi_vix_down(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    low, high = (seen.playbook.number(key) for key in ("rsi.vix_cross", "rsi.vix_high"))
    rsi = seen.before("rsi_vix") or 0.0
    level = high if rsi > high else low
    return _rsi_crossing(seen, turns, level, is_ready=rsi > level)


def _rsi_vix_adds(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    low, high = (seen.playbook.number(key) for key in ("rsi.vix_cross", "rsi.vix_high"))
    rsi = seen.before("rsi_vix") or 0.0
    if turns is Says.OFF:
        return at_vix(seen, turns, _rsi_level(seen, "VIX", high if rsi > high else low))
    return _rsi_crossing(seen, turns, low, is_ready=rsi <= low)


def _vix_spike(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    count, is_cross = seen.playbook.count("vix.ma"), seen.playbook.text("vix.mode") == CROSS
    if is_cross and turns is Says.OFF:
        return Switch(turns, note="it speaks of the close that crosses and is off at the next")
    z = 0.0 if is_cross else seen.playbook.number("vix.roll_z")
    note = "from below its mean" if is_cross else ""
    return at_vix(seen, turns, close_at_z(closes_before(seen.measured.vix, seen.stop), count, z), note)


def _vix_range_bound(_: Seen, __: LayerStep, turns: Says) -> Switch:
    return Switch(turns, note="the highest and the lowest of many closes decide, not one level")


def _macd_bullish(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    macd, signal = seen.before("macd"), seen.before("macd_signal")
    within = seen.playbook.count("macd.cross_sessions")
    if macd is None or signal is None:
        return Switch(turns, note="MACD of the close before is unknown")
    if turns is Says.ON and macd > signal:
        return Switch(turns, note="MACD is above its signal: it must fall below it and cross again")
    spans = (seen.playbook.count("macd.fast"), seen.playbook.count("macd.slow"))
    level = close_at_macd_cross(closes_before(seen.measured.vix, seen.stop), macd, signal, spans)
    return at_vix(seen, turns, level, f"or {within} sessions after the cross" if turns is Says.OFF else "")


def _band_limit(seen: Seen, turns: Says, key: str) -> Switch:
    closes = seen.playbook.count("regime.hold_closes")
    return at_vix(seen, turns, seen.playbook.number(key), f"for {closes} closes in a row")


def _vix_band_middle(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _band_limit(seen, turns, "regime.low_vix")


def _vix_band_high(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _band_limit(seen, turns, "regime.high_vix")


def _vix_in_band(_: Seen, __: LayerStep, turns: Says) -> Switch:
    return Switch(turns, note="every VIX is in a band: only a missing close ends it")


def _vix_band_up(seen: Seen, step: LayerStep, turns: Says) -> Switch:
    if turns is Says.OFF:
        return Switch(turns, note=f"{seen.playbook.count('regime.sessions')} sessions after the last move up")
    band = settled_band(seen.measured, seen.playbook)[seen.index]
    if band >= 2:
        return Switch(turns, note="VIX is in the highest band: it must leave it and come back")
    return (_vix_band_high if band == 1 else _vix_band_middle)(seen, step, turns)


SWITCHES: MappingProxyType[str, Callable[[Seen, LayerStep, Says], Switch]] = MappingProxyType(
    {
        EDR_RUNG: _edr_rung,
        "edr_high": _edr_high,
        "edr_marker": _edr_marker,
        "vix_marker": _vix_marker,
        "rsi_spx_low": _rsi_spx_low,
        "rsi_vix_block": _rsi_vix_block,
        "rsi_vix_up": _rsi_vix_up,
        "rsi_vix_down": _rsi_vix_down,
        "rsi_vix_adds": _rsi_vix_adds,
        "vix_spike": _vix_spike,
        "vix_range_bound": _vix_range_bound,
        "macd_bullish": _macd_bullish,
        "vix_band_middle": _vix_band_middle,
        "vix_band_high": _vix_band_high,
        "vix_in_band": _vix_in_band,
        "vix_band_up": _vix_band_up,
    }
)
