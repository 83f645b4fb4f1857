"""Why does one rule say what it says? Value, threshold and a reason in the words of a trader, rule by rule."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.measures.breadth import DivergenceKind, Grade
from core.measures.edr import FORMULAS
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.ladder import rung_level
from core.playbook.readings import Reading, Seen, beside, verdict
from core.playbook.rules import EDR_RUNG, REGIME_CONDITIONS, settled_band

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.market.figure import Input
    from core.playbook.layer_state import LayerStep
    from core.playbook.verdict import Verdict

BANDS = ("low", "middle", "high")


def explain(rule: str, seen: Seen, step: LayerStep) -> Verdict:
    """Return the verdict of a rule, by name, at one session."""
    return verdict(rule, step, _EXPLAINED[rule](seen, step))


def edr_inputs(seen: Seen) -> tuple[Input, ...]:
    """Return what EDR was made from, by its formula."""
    stands_in = bool(seen.measured.edr_stands_in[seen.index])
    found = {
        "VIX9D": seen.input(
            "VIX" if stands_in else "VIX9D",
            seen.value("vix9d_used"),
            "% a year",
            "VIX" if stands_in else "VIX9D",
            "stands in for VIX9D" if stands_in else "",
        ),
        "HV20": seen.input("HV20", seen.value("hv20_pct"), "% a year"),
        "VIX": seen.close("VIX", "vix", "% a year"),
    }
    return tuple(found[name] for name in FORMULAS[seen.measured.edr_formula].inputs)


def _edr_rung(seen: Seen, step: LayerStep) -> Reading:
    rung, edr = rung_level(step.number, seen.playbook), seen.value("edr_pct")
    if edr is None:
        return Reading(f"EDR is unknown: {seen.missing('edr_pct')}", edr_inputs(seen), None, rung, "%")
    reason = f"EDR {edr:.2f} % is {beside(edr, rung, 2)} rung {rung:.2f}"
    if step.rung_is_on and edr < rung:
        needed = seen.playbook.count("ladder.hysteresis_closes")
        level = rung - seen.playbook.number("ladder.hysteresis")
        reason += f", which stays on until {needed} closes in a row are below {level:.2f}"
        reason += f" ({step.closes_below} so far)" if step.closes_below else ""
    return Reading(reason, edr_inputs(seen), edr, rung, "%")


def _edr_high(seen: Seen, _: LayerStep) -> Reading:
    level, edr = seen.playbook.number("regime.edr"), seen.value("edr_pct")
    if edr is None:
        return Reading(f"EDR is unknown: {seen.missing('edr_pct')}", edr_inputs(seen), None, level, "%")
    return Reading(f"EDR {edr:.2f} % is {beside(edr, level, 2)} {level:.2f}", edr_inputs(seen), edr, level, "%")


def _rsi(seen: Seen, name: str, measure: str, key: str) -> Reading:
    limit, rsi = seen.playbook.number(key), seen.value(measure)
    inputs = (seen.close(name, name.lower()),)
    if rsi is None:
        return Reading(f"RSI of {name} is unknown: {seen.missing(measure)}", inputs, None, limit)
    return Reading(f"RSI of {name} {rsi:.1f} is {beside(rsi, limit, 1)} {limit:g}", inputs, rsi, limit)


def _rsi_spx_low(seen: Seen, _: LayerStep) -> Reading:
    return _rsi(seen, "SPX", "rsi_spx", "rsi.spx_low")


def _rsi_vix_block(seen: Seen, _: LayerStep) -> Reading:
    return _rsi(seen, "VIX", "rsi_vix", "rsi.vix_high")


def _ad_divergence(seen: Seen, step: LayerStep) -> Reading:
    measured, at = seen.measured, seen.index
    kind, grade = DivergenceKind(int(measured.divergence[at])), Grade(int(measured.divergence_grade[at]))
    needed = seen.playbook.text("ad.arms_grade")
    limit, d = seen.playbook.number(f"ad.{needed}"), seen.value("divergence_d")
    inputs = (seen.close("SPX", "spx"), seen.input("A/D line", seen.value("ad_line"), "issues", _breadth(seen)))
    if step.rules["ad_divergence"] == UNKNOWN:
        name = "divergence" if kind == DivergenceKind.UNKNOWN else "divergence_d"
        return Reading(f"breadth is unknown: {seen.missing(name)}", inputs, d, limit, "SD")
    return Reading(
        _divergence_reason(kind, grade, int(measured.divergence_sessions[at]), needed), inputs, d, limit, "SD"
    )


def _divergence_reason(kind: DivergenceKind, grade: Grade, sessions: int, needed: str) -> str:
    if kind == DivergenceKind.NONE:
        return "A/D line confirms SPX: no divergence"
    run = f"{kind.name.lower()} divergence for {sessions} session{'s' if sessions > 1 else ''}"
    if kind == DivergenceKind.BULLISH:
        return f"{run}: it does not arm"
    graded = "too weak for a grade" if grade == Grade.NONE else grade.name.lower()
    return f"{run}, {graded}" + ("" if grade >= Grade[needed.upper()] else f": {needed} would arm")


def _breadth(seen: Seen) -> str:
    return f"BREADTH:{seen.measured.universe}.advances" if seen.measured.universe else ""


def _backwardation(seen: Seen, _: LayerStep) -> Reading:
    limit, pair = seen.playbook.number("backwardation.pct"), seen.value("rule_backwardation_pct")
    number = max(int(seen.measured.rule_front[seen.index]), 1)
    front, back = seen.future(number), seen.future(number + 1)
    if pair is None:
        reason = f"the VX curve is unknown: {seen.missing('rule_backwardation_pct')}"
        return Reading(reason, (front, back), None, limit, "%")
    return Reading(f"{_pair_reason(front, back, pair)}, limit {limit:g} %", (front, back), pair, limit, "%")


def _vx_inverted(seen: Seen, _: LayerStep) -> Reading:
    pair, front, back = seen.value("backwardation_pct"), seen.future(1), seen.future(2)
    if pair is None:
        return Reading(
            f"the VX curve is unknown: {seen.missing('backwardation_pct')}", (front, back), None, 0.0, "%"
        )
    return Reading(_pair_reason(front, back, pair), (front, back), pair, 0.0, "%")


def _pair_reason(front: Input, back: Input, pct: float) -> str:
    if front.value is None or back.value is None:
        return f"{front.name} is {beside(pct, 0.0, 1)} {back.name} in percent"
    side = "above" if pct > 0 else "below"
    return f"{front.name} {front.value:.2f} is {abs(pct):.1f} % {side} {back.name} {back.value:.2f}"


def _macd_bullish(seen: Seen, step: LayerStep) -> Reading:
    line, signal = seen.value("macd"), seen.value("macd_signal")
    inputs = (seen.input("MACD", line, "points"), seen.input("MACD signal", signal, "points"))
    if line is None or signal is None:
        return Reading(f"MACD of VIX is unknown: {seen.missing('macd')}", inputs, None, 0.0, "points")
    lead, within = line - signal, seen.playbook.count("macd.cross_sessions")
    reason = f"MACD of VIX {line:.2f} is {beside(line, signal, 2)} its signal {signal:.2f}"
    if lead > 0:
        reason += _crossing(seen, step, within)
    return Reading(reason, inputs, lead, 0.0, "points")


def _crossing(seen: Seen, step: LayerStep, within: int) -> str:
    word = step.rules["macd_bullish"]
    if word == UNKNOWN:
        return f", but a gap hides whether it crossed within {within} sessions"
    if word != ON:
        return f", crossed more than {within} sessions ago"
    is_above = seen.measured.macd[: seen.index + 1] > seen.measured.macd_signal[: seen.index + 1]
    ago = next((lag for lag in range(1, within) if not is_above[-1 - lag]), within) - 1
    return ", crossed today" if not ago else f", crossed {ago} session{'s' if ago > 1 else ''} ago"


def _rv_above_iv(seen: Seen, _: LayerStep) -> Reading:
    limit, excess = seen.playbook.number("rv_iv.shrink"), seen.value("rv_iv_pct")
    inputs = (seen.input("HV20", seen.value("hv20_pct"), "% a year"), seen.close("VIX", "vix", "% a year"))
    if excess is None:
        return Reading(f"realised volatility is unknown: {seen.missing('rv_iv_pct')}", inputs, None, limit, "%")
    side = "above" if excess > 0 else "below"
    return Reading(f"HV20 is {abs(excess):.0f} % {side} VIX, limit {limit:g} % above", inputs, excess, limit, "%")


def _vix_band_up(seen: Seen, step: LayerStep) -> Reading:
    inputs, within = (seen.close("VIX", "vix"),), seen.playbook.count("regime.sessions")
    if step.rules["vix_band_up"] == UNKNOWN:
        return Reading(f"the VIX band is unknown: {seen.missing('vix', 'vix_sma20')}", inputs)
    band = settled_band(seen.measured, seen.playbook)[seen.index]
    name = BANDS[int(band)] if math.isfinite(band) else "no"
    moved = "moved up to" if step.rules["vix_band_up"] == ON else "did not move up: it is in"
    return Reading(f"VIX {moved} the {name} band within {within} sessions", inputs)


def _regime_shift(seen: Seen, step: LayerStep) -> Reading:
    children = tuple(explain(rule.__name__, seen, step) for rule in REGIME_CONDITIONS)
    on = sum(step.rules[child.rule] == ON for child in children)
    unknown = sum(step.rules[child.rule] == UNKNOWN for child in children)
    needed = seen.playbook.count("regime.needed")
    reason = f"{on} of {len(children)} signs of a regime shift, {needed} needed"
    reason += f", {unknown} unknown" if unknown else ""
    signs = "; ".join(child.reason for child in children if step.rules[child.rule] == ON)
    reason += f": {signs}" if signs else ""
    return Reading(reason, (), float(on), float(needed), "", children)


_EXPLAINED: MappingProxyType[str, Callable[[Seen, LayerStep], Reading]] = MappingProxyType(
    {
        EDR_RUNG: _edr_rung,
        "ad_divergence": _ad_divergence,
        "rsi_spx_low": _rsi_spx_low,
        "backwardation": _backwardation,
        "macd_bullish": _macd_bullish,
        "rsi_vix_block": _rsi_vix_block,
        "regime_shift": _regime_shift,
        "vix_band_up": _vix_band_up,
        "vx_inverted": _vx_inverted,
        "rv_above_iv": _rv_above_iv,
        "edr_high": _edr_high,
    }
)
