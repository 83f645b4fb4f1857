"""Why do the rules of SPX, breadth, the futures curve and rates say what they say? In the words of a trader."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.measures.breadth import DivergenceKind, Grade
from core.measures.missing import gap
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.market_keys import RV20_VIX
from core.playbook.readings import Reading, Seen, beside
from core.playbook.rules_market import LONG_RATE, SHORT_RATES, curve_excess, rv_iv_excess, steepening_bp

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.market.figure import Input
    from core.playbook.layer_state import LayerStep

SHORT_HV = 10


def _graded(seen: Seen, step: LayerStep, rule: str, needed: str) -> Reading:
    measured, at = seen.measured, seen.index
    kind, grade = DivergenceKind(int(measured.divergence[at])), Grade(int(measured.divergence_grade[at]))
    limit, d, inputs = seen.playbook.number(f"ad.{needed}"), seen.value("divergence_d"), _breadth_inputs(seen)
    if step.rules[rule] == UNKNOWN:
        name = "divergence" if kind == DivergenceKind.UNKNOWN else "divergence_d"
        return Reading(f"breadth is unknown: {seen.missing(name)}", inputs, d, limit, "SD")
    reason = _divergence_reason(kind, grade, int(measured.divergence_sessions[at]), needed)
    return Reading(reason, inputs, d, limit, "SD")


def _breadth_inputs(seen: Seen) -> tuple[Input, ...]:
    universe = seen.measured.universe
    column = f"BREADTH:{universe}.advances" if universe else ""
    return seen.close("SPX", "spx"), seen.input("A/D line", seen.value("ad_line"), "issues", column)


def _divergence_reason(kind: DivergenceKind, grade: Grade, sessions: int, needed: str) -> str:
    if kind == DivergenceKind.NONE:
        return "A/D line confirms SPX: no divergence"
    run = f"{kind.name.lower()} divergence for {sessions} session{'s' if sessions > 1 else ''}"
    if kind == DivergenceKind.BULLISH:
        return f"{run}: it does not arm"
    graded = "too weak for a grade" if grade == Grade.NONE else grade.name.lower()
    return f"{run}, {graded}" + ("" if grade >= Grade[needed.upper()] else f": {needed} would arm")


def _ad_divergence(seen: Seen, step: LayerStep) -> Reading:
    return _graded(seen, step, "ad_divergence", seen.playbook.text("ad.arms_grade"))


def _ad_minor(seen: Seen, step: LayerStep) -> Reading:
    return _graded(seen, step, "ad_minor", "minor")


def _ad_moderate(seen: Seen, step: LayerStep) -> Reading:
    return _graded(seen, step, "ad_moderate", "moderate")


def _ad_pronounced(seen: Seen, step: LayerStep) -> Reading:
    return _graded(seen, step, "ad_pronounced", "pronounced")


def _ad_confirmed(seen: Seen, step: LayerStep) -> Reading:
    inputs, needed = _breadth_inputs(seen), seen.playbook.count("ad.confirm_sessions")
    if step.rules["ad_confirmed"] == UNKNOWN:
        return Reading(f"breadth is unknown: {seen.missing('divergence')}", inputs, None, needed, "sessions")
    kind = DivergenceKind(int(seen.measured.divergence[seen.index]))
    if kind not in {DivergenceKind.BEARISH, DivergenceKind.SLOPE}:
        reason = "no bearish or slope divergence"
        return Reading(reason, inputs, 0.0, needed, "sessions")
    run = int(seen.measured.divergence_sessions[seen.index])
    reason = f"{kind.name.lower()} divergence for {run} sessions, confirmed from {needed}"
    return Reading(reason, inputs, run, needed, "sessions")


def _ad_realigned(seen: Seen, step: LayerStep) -> Reading:
    inputs, d = _breadth_inputs(seen), seen.value("divergence_d")
    limit, closes = seen.playbook.number("ad.realign_d"), seen.playbook.count("ad.realign_sessions")
    if step.rules["ad_realigned"] == UNKNOWN:
        return Reading(f"breadth is unknown: {seen.missing('divergence_d')}", inputs, d, limit, "SD")
    lookback = seen.playbook.count("ad.lookback")
    ways = f"a {lookback}-session high of the A/D line, or d below {limit:g} for {closes} sessions"
    now = "" if d is None else f"; d is {d:.1f}"
    said = "realigned" if step.rules["ad_realigned"] == ON else "not realigned"
    return Reading(f"breadth is {said}: it takes {ways}{now}", inputs, d, limit, "SD")


def _backwardation(seen: Seen, _: LayerStep) -> Reading:
    limit = seen.playbook.number("backwardation.pct")
    values, proxies = curve_excess(seen.measured, seen.playbook)
    if proxies[seen.index]:
        return _proxy(seen, float(values[seen.index]), limit)
    pair = seen.value("rule_backwardation_pct")
    number = max(int(seen.measured.rule_front[seen.index]), 1)
    front, back = seen.future(number), seen.future(number + 1)
    if pair is None:
        reason = f"the VX curve is unknown: {seen.missing('rule_backwardation_pct')}"
        return Reading(reason, (front, back), None, limit, "%")
    return Reading(f"{_pair_reason(front, back, pair)}, limit {limit:g} %", (front, back), pair, limit, "%")


def _proxy(seen: Seen, pct: float, limit: float) -> Reading:
    longer = float(seen.measured.history.column("VIX3M")[seen.index])
    inputs = (seen.close("VIX", "vix"), seen.input("VIX3M", longer, "points", "VIX3M", "stands in for VX futures"))
    side = "above" if pct > 0 else "below"
    reason = f"proxy, no VX settlements: VIX is {abs(pct):.1f} % {side} VIX3M {longer:.2f}, limit {limit:g} %"
    return Reading(reason, inputs, pct, limit, "%")


def _vx_inverted(seen: Seen, _: LayerStep) -> Reading:
    pair, front, back = seen.value("backwardation_pct"), seen.future(1), seen.future(2)
    if pair is None:
        reason = f"the VX curve is unknown: {seen.missing('backwardation_pct')}"
        return Reading(reason, (front, back), None, 0.0, "%")
    return Reading(_pair_reason(front, back, pair), (front, back), pair, 0.0, "%")


def _pair_reason(front: Input, back: Input, pct: float) -> str:
    if front.value is None or back.value is None:
        return f"{front.name} is {beside(pct, 0.0, 1)} {back.name} in percent"
    side = "above" if pct > 0 else "below"
    return f"{front.name} {front.value:.2f} is {abs(pct):.1f} % {side} {back.name} {back.value:.2f}"


def _rv_above_iv(seen: Seen, _: LayerStep) -> Reading:
    limit, excess = seen.playbook.number("rv_iv.shrink"), float(_excess(seen))
    if seen.playbook.text("rv_iv.pair") == RV20_VIX:
        names, column = ("HV20", "VIX"), "VIX"
        inputs = (seen.made("HV20", "hv20_pct", "% a year", "SPX"), seen.close("VIX", "vix", "% a year"))
        missing = seen.missing("rv_iv_pct")
    else:
        names, column = ("HV10", "VIX9D"), "VIX9D"
        index, history = seen.index, seen.measured.history
        inputs = (seen.close("SPX", "spx"), seen.input("VIX9D", seen.of(column), "% a year", column))
        missing = gap(history, "VIX9D", index) or gap(history, "SPX", index, SHORT_HV + 1)
    if excess != excess:  # noqa: PLR0124 - NaN
        return Reading(f"realised volatility is unknown: {missing}", inputs, None, limit, "%")
    side = "above" if excess > 0 else "below"
    reason = f"{names[0]} is {abs(excess):.0f} % {side} {names[1]}, limit {limit:g} % above"
    return Reading(reason, inputs, excess, limit, "%")


def _excess(seen: Seen) -> float:
    return float(rv_iv_excess(seen.measured, seen.playbook)[seen.index])


def _steeper(seen: Seen, rule: str) -> Reading:
    short, history, index = SHORT_RATES[rule], seen.measured.history, seen.index - 1  # published after its close
    limit, back = seen.playbook.number("curve.steepen"), seen.playbook.count("curve.sessions")
    inputs = tuple(_published(seen, name, index) for name in (LONG_RATE, short))
    risen = float(steepening_bp(seen.measured, seen.playbook, short)[index]) if index >= 0 else math.nan
    name = f"10-year less {'2-year' if short == 'DGS2' else '3-month'}"
    if risen != risen:  # noqa: PLR0124 - NaN
        days = [at for at in (index, index - back) if at >= 0]
        missing = [gap(history, column, at) for at in days for column in (LONG_RATE, short)]
        why = next((reason for reason in missing if reason), f"{back} sessions of history are needed")
        return Reading(f"{name} is unknown: {why}", inputs, None, limit, "bp")
    reason = f"{name} changed by {risen:+.0f} bp in {back} sessions, limit {limit:+g}"
    return Reading(reason, inputs, risen, limit, "bp")


def _published(seen: Seen, name: str, index: int) -> Input:
    """Return a yield of an earlier session as an input that says of which day it is."""
    if index < 0:
        return seen.input(name, None, "% a year", name)
    value, day = float(seen.measured.history.column(name)[index]), seen.measured.history.days[index]
    note = f"of {day.astype('datetime64[D]')}, published after its close"
    return seen.input(name, value if math.isfinite(value) else None, "% a year", name, note)


def _steeper_10y2y(seen: Seen, _: LayerStep) -> Reading:
    return _steeper(seen, "steeper_10y2y")


def _steeper_10y3m(seen: Seen, _: LayerStep) -> Reading:
    return _steeper(seen, "steeper_10y3m")


EXPLAINED: MappingProxyType[str, Callable[[Seen, LayerStep], Reading]] = MappingProxyType(
    {
        "ad_divergence": _ad_divergence,
        "ad_minor": _ad_minor,
        "ad_moderate": _ad_moderate,
        "ad_pronounced": _ad_pronounced,
        "ad_confirmed": _ad_confirmed,
        "ad_realigned": _ad_realigned,
        "backwardation": _backwardation,
        "vx_inverted": _vx_inverted,
        "rv_above_iv": _rv_above_iv,
        "steeper_10y2y": _steeper_10y2y,
        "steeper_10y3m": _steeper_10y3m,
    }
)
