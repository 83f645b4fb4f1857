"""Why do the rules of VIX and EDR say what they say? Value, threshold and a reason in the words of a trader."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.measures.edr import FORMULAS, realised_bias
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.ladder import rung_level
from core.playbook.market_keys import CROSS
from core.playbook.readings import Reading, Seen, beside
from core.playbook.rules_vix import settled_band, vix_range_pct
from core.playbook.rung import EDR_RUNG

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.market.figure import Input
    from core.playbook.layer_state import LayerStep

BANDS = ("low", "middle", "high")


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
        "HV20": seen.made("HV20", "hv20_pct", "% a year", "SPX"),
        "VIX": seen.close("VIX", "vix", "% a year"),
    }
    formula = FORMULAS[seen.measured.edr_formula]
    if formula.takes_bias:
        bias = float(realised_bias(seen.measured.spx, seen.measured.vix)[seen.index])
        value = bias if math.isfinite(bias) else None
        found["bias"] = seen.input("bias", value, "x", note="realised over implied, 60 sessions")
    return tuple(found[name] for name in formula.inputs)


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


def _edr_level(seen: Seen, key: str) -> Reading:
    level, edr = seen.playbook.number(key), seen.value("edr_pct")
    if edr is None:
        return Reading(f"EDR is unknown: {seen.missing('edr_pct')}", edr_inputs(seen), None, level, "%")
    return Reading(f"EDR {edr:.2f} % is {beside(edr, level, 2)} {level:.2f}", edr_inputs(seen), edr, level, "%")


def _edr_high(seen: Seen, _: LayerStep) -> Reading:
    return _edr_level(seen, "regime.edr")


def _edr_marker(seen: Seen, _: LayerStep) -> Reading:
    return _edr_level(seen, "zones.marker_edr")


def _vix_marker(seen: Seen, _: LayerStep) -> Reading:
    level, vix, inputs = seen.playbook.number("zones.marker_vix"), seen.value("vix"), (seen.close("VIX", "vix"),)
    if vix is None:
        return Reading(f"VIX is unknown: {seen.missing('vix')}", inputs, None, level, "points")
    return Reading(f"VIX {vix:.2f} is {beside(vix, level, 2)} {level:g}", inputs, vix, level, "points")


def _vix_spike(seen: Seen, step: LayerStep) -> Reading:
    vix, mean, sd = (seen.value(name) for name in ("vix", "vix_sma20", "vix_sd20"))
    sessions, inputs = (
        seen.playbook.count("vix.ma"),
        (seen.close("VIX", "vix"), seen.made("mean of VIX", "vix_sma20", "points", "VIX")),
    )
    is_cross = seen.playbook.text("vix.mode") == CROSS
    unit, limit = ("points", mean) if is_cross else ("SD", seen.playbook.number("vix.roll_z"))
    if vix is None or mean is None or sd is None:
        why = seen.missing("vix_sma20")
        return Reading(f"the {sessions}-session mean of VIX is unknown: {why}", inputs, None, limit, unit)
    where = f"VIX {vix:.2f} is {beside(vix, mean, 2)} its {sessions}-session mean {mean:.2f}"
    if is_cross:
        crossed = "crossed on this close" if step.rules["vix_spike"] == ON else "no crossing on this close"
        return Reading(f"{where}, {crossed}", inputs, vix, mean, unit)
    if sd <= 0:
        return Reading(f"{where}, which has not moved: no standard deviation", inputs, None, limit, unit)
    z = (vix - mean) / sd
    return Reading(f"{where}, {z:.1f} standard deviations, limit {limit:g}", inputs, z, limit, unit)


def _vix_range_bound(seen: Seen, _: LayerStep) -> Reading:
    limit, sessions = seen.playbook.number("vix.range_pct"), seen.playbook.count("vix.ma")
    spread = float(vix_range_pct(seen.measured, seen.playbook)[seen.index])
    inputs = (seen.close("VIX", "vix"),)
    if math.isnan(spread):
        return Reading(f"the range of VIX is unknown: {seen.missing('vix_sma20')}", inputs, None, limit, "%")
    reason = f"VIX ranged over {spread:.0f} % of its mean in {sessions} sessions, range-bound below {limit:g} %"
    return Reading(reason, inputs, spread, limit, "%")


def _vix_band_up(seen: Seen, step: LayerStep) -> Reading:
    inputs, within = (seen.close("VIX", "vix"),), seen.playbook.count("regime.sessions")
    if step.rules["vix_band_up"] == UNKNOWN:
        return Reading(f"the VIX band is unknown: {seen.missing('vix', 'vix_sma20')}", inputs)
    name = band_name(seen)
    moved = "moved up to" if step.rules["vix_band_up"] == ON else "did not move up: it is in"
    return Reading(f"VIX {moved} the {name} band within {within} sessions", inputs)


def band_name(seen: Seen) -> str:
    """Return the VIX band that is settled: low, middle, high, or no."""
    band = settled_band(seen.measured, seen.playbook)[seen.index]
    return BANDS[int(band)] if math.isfinite(band) else "no"


def _in_band(seen: Seen, rule: str, step: LayerStep) -> Reading:
    inputs, vix = (seen.close("VIX", "vix"),), seen.value("vix")
    low, high = (seen.playbook.number(f"regime.{name}_vix") for name in ("low", "high"))
    limit = {"vix_band_middle": low, "vix_band_high": high}.get(rule)
    if vix is None:
        return Reading(f"VIX is unknown: {seen.missing('vix')}", inputs, None, limit, "points")
    closes = seen.playbook.count("regime.hold_closes")
    if step.rules[rule] == UNKNOWN:
        reason = f"VIX {vix:.2f}: no band was held for {closes} closes so far"
        return Reading(reason, inputs, vix, limit, "points")
    limits = f"below {low:g}, {low:g} to {high:g}, above {high:g}"
    reason = f"VIX {vix:.2f}, settled in the {band_name(seen)} band by {closes} closes ({limits})"
    return Reading(reason, inputs, vix, limit, "points")


def _vix_in_band(seen: Seen, step: LayerStep) -> Reading:
    return _in_band(seen, "vix_in_band", step)


def _vix_band_middle(seen: Seen, step: LayerStep) -> Reading:
    return _in_band(seen, "vix_band_middle", step)


def _vix_band_high(seen: Seen, step: LayerStep) -> Reading:
    return _in_band(seen, "vix_band_high", step)


EXPLAINED: MappingProxyType[str, Callable[[Seen, LayerStep], Reading]] = MappingProxyType(
    {
        EDR_RUNG: _edr_rung,
        "edr_high": _edr_high,
        "edr_marker": _edr_marker,
        "vix_marker": _vix_marker,
        "vix_spike": _vix_spike,
        "vix_range_bound": _vix_range_bound,
        "vix_band_up": _vix_band_up,
        "vix_in_band": _vix_in_band,
        "vix_band_middle": _vix_band_middle,
        "vix_band_high": _vix_band_high,
    }
)
