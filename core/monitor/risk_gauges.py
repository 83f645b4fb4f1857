"""How far is the book from neutral, and is that within the playbook's bounds? With and without a ticket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.monitor.risk_greeks import FORMULAS
from core.playbook.sizing_frame import PERCENT, derived, risk_of
from core.risk_state import Gauge

if TYPE_CHECKING:
    from core.monitor.risk_greeks import BookGreeks
    from core.playbook.parameters import Playbook
    from core.positions.book import Account

SPX_MULTIPLIER = 100.0
NO_ACCOUNT = "no account was stated: its equity bounds this"
NO_BOUND = "no bound in the playbook"


def gauges(
    found: BookGreeks, playbook: Playbook, account: Account | None, before: BookGreeks | None
) -> tuple[Gauge, ...]:
    """Return the gauges of the book; `before` are the greeks without the proposed ticket, None without one."""
    now = _gauges(found, playbook, account)
    if before is None:
        return now
    was = _gauges(before, playbook, account)
    return tuple(
        replace(one, before=other.value, was_within=other.is_within) for one, other in zip(now, was, strict=True)
    )


def _gauges(found: BookGreeks, playbook: Playbook, account: Account | None) -> tuple[Gauge, ...]:
    return (
        _delta(found, playbook, account),
        _delta_condor(found, playbook),
        _vega(found, playbook),
        _offset(found, playbook),
        _theta(found),
    )


def _gauge(key: str, name: str, value: Figure, bounds: tuple[Figure | None, Figure | None], bound: str) -> Gauge:
    low, high = bounds
    ends = [end for end in bounds if end is not None]
    if value.value is None or not ends or any(end.value is None for end in ends):
        return Gauge(key, name, value, low, high, None, bound)
    is_above = low is None or low.value is None or value.value >= low.value
    is_below = high is None or high.value is None or value.value <= high.value
    return Gauge(key, name, value, low, high, is_above and is_below, bound)


def _sum(found: BookGreeks, name: str, formula: str, *, layers: bool | None = None) -> Figure:
    """Return a sum of dollars over the book, or over its condors or layers alone."""
    terms = found.table.terms
    chosen = np.arange(len(terms)) if layers is None else np.flatnonzero((terms.layer > 0) == layers)
    return found.ground.dollars(found.total(name, chosen), found.why(chosen), formula)


def _delta(found: BookGreeks, playbook: Playbook, account: Account | None) -> Gauge:
    share = playbook.number("bounds.net_delta")
    formula = f"- {share:g} % of the account's equity"
    equity = unknown(NO_ACCOUNT, "$") if account is None else known(float(account.equity), "$")
    low = derived(lambda dollars: -dollars * share / PERCENT, "$", formula, equity)
    value = _sum(found, "spx_down", f"- ({FORMULAS['delta']})")
    bound = f"bounds.net_delta: a loss of at most {share:g} % of the account ({low.unknown or 'equity as stated'})"
    return _gauge("delta", "SPX -1 %", value, (low, None), bound)


def _delta_condor(found: BookGreeks, playbook: Playbook) -> Gauge:
    limit = playbook.number("bounds.net_delta_condor")
    count = sum(condor.quantity for condor in found.ground.book.condors)
    formula = "net delta of all SPX legs / 100 / number of condors"
    dollars, spx = _sum(found, "spx_down", formula), found.table.spx0
    if not count:
        value = unknown("no condor is open", "delta", formula)
    else:
        value = derived(lambda down: -PERCENT * down / spx / SPX_MULTIPLIER / count, "delta", formula, dollars)
    ends = known(-limit, "delta"), known(limit, "delta")
    return _gauge("delta_condor", "delta a condor", value, ends, f"bounds.net_delta_condor: within {limit:g}")


def _vega(found: BookGreeks, playbook: Playbook) -> Gauge:
    share = playbook.number("bounds.net_vega")
    formula = f"- {share:g} % of what the condors can lose together at expiry"
    low = derived(lambda risk: -risk * share / PERCENT, "$", formula, risk_of(found.ground.book.condors))
    why = low.unknown or "after fees, without the hedge"
    bound = f"bounds.net_vega: a loss of at most {share:g} % of the condors' greatest loss ({why})"
    return _gauge("vega", "VIX +1 point", _sum(found, "vix_up", FORMULAS["vega"]), (low, None), bound)


def _offset(found: BookGreeks, playbook: Playbook) -> Gauge:
    """Return how much of the condors' short vega the layers make good."""
    low, high = playbook.number("bounds.offset_low"), playbook.number("bounds.offset_high")
    formula = "vega of the layers / short vega of the condors"
    short, long = (_sum(found, "vix_up", formula, layers=layers) for layers in (False, True))
    if short.value is not None and short.value >= 0:
        value = unknown("the condors are not short vega", "%", formula)
    else:
        value = derived(lambda condors, layers: PERCENT * layers / -condors, "%", formula, short, long)
    bound = f"bounds.offset: the hedge should offset {low:g} to {high:g} % of the short vega"
    return _gauge("offset", "short vega offset", value, (known(low, "%"), known(high, "%")), bound)


def _theta(found: BookGreeks) -> Gauge:
    return _gauge("theta", "a day", _sum(found, "decay", FORMULAS["theta"]), (None, None), NO_BOUND)
