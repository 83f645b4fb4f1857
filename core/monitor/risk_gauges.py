"""How far is the book from neutral, and is that within the playbook's bounds? With and without a ticket.

The bounds are those of sizing (`core.playbook.bounds`), here for what is held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import BASE, vix_at
from core.monitor.risk_greeks import FORMULAS
from core.playbook.bounds import CONDOR_DELTA, DUST, NET_DELTA, NET_VEGA, OFFSET, OFFSET_WORDS
from core.playbook.condor_greeks import DELTA_WORDS, ONE_PERCENT, SPX_MULTIPLIER, SPX_WORDS, VIX_WORDS, lots_of
from core.playbook.sizing_frame import PERCENT, derived, risk_of
from core.risk_state import Gauge

if TYPE_CHECKING:
    from core.monitor.risk_greeks import BookGreeks
    from core.playbook.parameters import Playbook
    from core.positions.book import Account

NO_ACCOUNT = "no account was stated: its equity bounds this"
NO_BOUND = "no bound in the playbook"

Ends = tuple[Figure | None, Figure | None]


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
    equity = unknown(NO_ACCOUNT, "$") if account is None else known(float(account.equity), "$")
    risk, delta = risk_of(found.ground.book.condors), playbook.number(CONDOR_DELTA)
    share_of_equity, share_of_risk = playbook.number(NET_DELTA), playbook.number(NET_VEGA)
    low, high = (playbook.number(f"{OFFSET}_{side}") for side in ("low", "high"))
    return (
        _gauge(
            "delta",
            "SPX -1 %",
            _sum(found, "spx_down", SPX_WORDS),
            _both_sides(share_of_equity, equity),
            f"{NET_DELTA}: within {share_of_equity:g} % of the account's equity",
        ),
        _gauge(
            "delta_condor",
            "delta a condor",
            _delta_condor(found),
            (known(-delta, "delta"), known(delta, "delta")),
            f"{CONDOR_DELTA}: within {delta:g}",
        ),
        _gauge(
            "vega",
            "VIX +1 point",
            _sum(found, "vix_up", VIX_WORDS),
            _both_sides(share_of_risk, risk),
            f"{NET_VEGA}: within {share_of_risk:g} % of what the condors can lose together at expiry",
        ),
        _gauge(
            "offset",
            "short vega offset",
            _offset(found),
            (known(low, "%"), known(high, "%")),
            f"{OFFSET}: the hedge should offset {low:g} to {high:g} % of the condors' short vega",
        ),
        _gauge("theta", "a day", _sum(found, "decay", FORMULAS["theta"]), (None, None), NO_BOUND),
    )


def _gauge(key: str, name: str, value: Figure, ends: Ends, bound: str) -> Gauge:
    low, high = ends
    values = [end.value for end in ends if end is not None]
    if value.value is None or not values or None in values:
        reason = next((end.unknown for end in ends if end is not None and end.unknown), "")
        return Gauge(key, name, value, low, high, None, f"{bound} ({reason})" if reason else bound)
    least, most = low.value if low else None, high.value if high else None
    is_within = (least is None or value.value >= least - DUST) and (most is None or value.value <= most + DUST)
    return Gauge(key, name, value, low, high, is_within, bound)


def _both_sides(share_pct: float, whole: Figure) -> Ends:
    limit = derived(lambda dollars: share_pct / PERCENT * dollars, "$", f"{share_pct:g} %", whole)
    return derived(lambda dollars: -dollars, "$", f"-{share_pct:g} %", limit), limit


def _sum(found: BookGreeks, name: str, formula: str, *, layers: bool | None = None) -> Figure:
    """Return a sum of dollars over the book, or over its condors or layers alone."""
    terms = found.table.terms
    chosen = np.arange(len(terms)) if layers is None else np.flatnonzero((terms.layer > 0) == layers)
    return found.ground.dollars(found.total(name, chosen), found.why(chosen), formula)


def _delta_condor(found: BookGreeks) -> Figure:
    """Return the SPX delta for each condor, the layers' VIX legs by what they gain for SPX -1 % on the map."""
    lots, spx, vix = lots_of(found.ground.book.condors), found.table.spx0, found.table.vix0
    if not lots:
        return unknown("no condor is open", "delta", DELTA_WORDS)
    rise = float(vix_at((1.0 - ONE_PERCENT) * spx, spx, vix, BASE)) - vix
    points = ONE_PERCENT * spx * SPX_MULTIPLIER * lots
    down, layers = _sum(found, "spx_down", DELTA_WORDS), _sum(found, "vix_up", DELTA_WORDS, layers=True)
    return derived(lambda a, b: -(a + b * rise) / points, "delta", DELTA_WORDS, down, layers)


def _offset(found: BookGreeks) -> Figure:
    """Return how much of the condors' short vega the layers make good."""
    short, gain = (_sum(found, "vix_up", OFFSET_WORDS, layers=layers) for layers in (False, True))
    if short.value is not None and short.value >= 0:
        return unknown("the condors are not short vega", "%", OFFSET_WORDS)
    return derived(lambda condors, layers: -PERCENT * layers / condors, "%", OFFSET_WORDS, short, gain)
