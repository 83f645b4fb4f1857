"""What would switch a rule? The close of EDR, VIX or SPX from which it says otherwise, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.measures.curve import days_to_expiries
from core.measures.spot_vol import vx_beta
from core.playbook.kleene import ON, UNKNOWN
from core.playbook.market_keys import RV20_VIX
from core.playbook.rules_calendar import EVENT_RULES, next_window
from core.playbook.rules_market import curve_excess, rv_iv_excess
from core.playbook.switch_levels import at_vix
from core.playbook.switches_vix import SWITCHES
from core.playbook.verdict import Says, Switch

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.playbook.layer_state import LayerStep
    from core.playbook.readings import Seen

BREADTH = "advances and declines decide, no level of SPX or VIX"
YIELDS = "the Treasury yields decide, no level of SPX or VIX"


def switch_of(rule: str, seen: Seen, step: LayerStep) -> Switch | None:
    """Return what would switch a rule at its next close, or at that of a session in progress.

    None for a rule that is unknown and for one that is made of others: these have switches of their own.
    """
    if step.rules[rule] == UNKNOWN or rule not in _FOUND:
        return None
    turns = Says.OFF if step.rules[rule] == ON else Says.ON
    return _FOUND[rule](seen, step, turns)


def _backwardation(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    if curve_excess(seen.measured, seen.playbook)[1][seen.index]:
        return Switch(turns, note="VIX3M stands in for the futures: how it follows VIX is not modelled")
    front = max(int(seen.measured.rule_front[seen.index]), 1)
    return _pair(seen, turns, front, seen.playbook.number("backwardation.pct"))


def _vx_inverted(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _pair(seen, turns, 1, 0.0)


def _pair(seen: Seen, turns: Says, front: int, pct: float) -> Switch:
    """Return the VIX at which two futures stand so: each moves with VIX by its beta."""
    history, ratio = seen.measured.history, 1.0 + pct / 100.0
    days = days_to_expiries(history.days[seen.index : seen.index + 1], front + 1, history.calendar)[0]
    near, far = (float(beta) for beta in vx_beta(days[front - 1 : front + 1]))
    price0, price1 = (float(price) for price in seen.measured.vx[seen.index, front - 1 : front + 1])
    vix, slope = seen.value("vix"), near - ratio * far
    if vix is None or not slope > 0:
        return Switch(turns, note="VIX is unknown" if vix is None else "the two futures move alike with VIX")
    move = (ratio * price1 - price0) / slope
    return at_vix(seen, turns, vix + move, "futures move 1/sqrt(1 + days/10) of VIX")


def _rv_above_iv(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    """Return the VIX (or VIX9D, carried to VIX) at which implied volatility is so far below realised."""
    excess = float(rv_iv_excess(seen.measured, seen.playbook)[seen.index])
    vix, limit = seen.value("vix"), seen.playbook.number("rv_iv.shrink")
    if vix is None:
        return Switch(turns, note="VIX is unknown")
    pair = "HV20" if seen.playbook.text("rv_iv.pair") == RV20_VIX else "HV10"
    level = vix * (100.0 + excess) / (100.0 + limit)
    found = at_vix(seen, turns, level)
    return replace(found, spx=None, note=f"{pair} as it is; a move of SPX changes realised volatility as well")


def _by_breadth(_: Seen, __: LayerStep, turns: Says) -> Switch:
    return Switch(turns, note=BREADTH)


def _by_yields(_: Seen, __: LayerStep, turns: Says) -> Switch:
    return Switch(turns, note=YIELDS)


def _theta_window(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    found = next_window(seen.measured, seen.playbook, seen.index)
    if found is None:
        return Switch(turns, note="the calendar decides")
    kind, expiry, _days = found
    key = "theta.window_end" if turns is Says.OFF else "theta.window_start"
    day = expiry - timedelta(days=int(seen.playbook.number(key)))
    word = "closes after" if turns is Says.OFF else "opens"
    return Switch(turns, note=f"the calendar decides: it {word} {day}, before the {kind} of {expiry}")


def _event(seen: Seen, rule: str, turns: Says) -> Switch:
    kind, around = EVENT_RULES[rule], seen.playbook.count("events.around")
    days = np.asarray(seen.events[kind], dtype="datetime64[D]")
    today = seen.measured.history.days[seen.index]
    coming = days[days > today] if turns is Says.ON else days
    if not len(coming):
        return Switch(turns, note=f"the calendar decides: no later {kind} is known")
    nearest = coming[np.abs(coming - today).argmin()]
    side = "before" if turns is Says.ON else "after"
    return Switch(turns, note=f"the calendar decides: {around} sessions {side} {kind} {nearest}")


def _fomc(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _event(seen, "fomc_window", turns)


def _cpi(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _event(seen, "cpi_window", turns)


def _ppi(seen: Seen, _: LayerStep, turns: Says) -> Switch:
    return _event(seen, "ppi_window", turns)


_BREADTH_RULES = ("ad_divergence", "ad_minor", "ad_moderate", "ad_pronounced", "ad_confirmed", "ad_realigned")
_FOUND: MappingProxyType[str, Callable[[Seen, LayerStep, Says], Switch]] = MappingProxyType(
    {
        **SWITCHES,
        "backwardation": _backwardation,
        "vx_inverted": _vx_inverted,
        "rv_above_iv": _rv_above_iv,
        "steeper_10y2y": _by_yields,
        "steeper_10y3m": _by_yields,
        "theta_window": _theta_window,
        "fomc_window": _fomc,
        "cpi_window": _cpi,
        "ppi_window": _ppi,
        **dict.fromkeys(_BREADTH_RULES, _by_breadth),
    }
)
