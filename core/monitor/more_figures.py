"""What is shown beside the measures that the rules read? Expected moves, the curve, the premium of options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.market.snapshot import reading
from core.measures.curve import CONSTANT_DAYS, constant_maturity, contango_pct, days_to_expiries
from core.measures.expected import CLOSE_MOVE, HIGH_LOW_RANGE
from core.measures.more import NEAR_FUTURES
from core.measures.premium import vrp_points, vrp_variance
from core.monitor.closes_figures import breadth_more, of_closes, realised_figures
from core.monitor.context_figures import context_states, event_states
from core.monitor.market_figures import curve_figure
from core.monitor.market_now import marked
from core.state import MoreFigures

if TYPE_CHECKING:
    from core.monitor.market_now import Market


PAIRS = 7


def more_figures(market: Market, edr: Figure, edr_points: Figure) -> MoreFigures:
    """Return the figures: those of the closes as of the last close, the others as live as EDR and the curve."""
    return MoreFigures(
        realised=realised_figures(market),
        expected=_expected(edr, edr_points),
        breadth=breadth_more(market),
        curve={**_thirty_days(market), **_neighbours(market), **_premium(market)},
        contango_pct=_contango(market),
        context=context_states(market),
        events=event_states(market.facts),
    )


def _expected(edr: Figure, edr_points: Figure) -> dict[str, Figure]:
    """Return the expected close-to-close move and high-low range for one deviation of EDR (playbook 1.4)."""
    kinds = {
        "move": (CLOSE_MOVE, "expected close-to-close move = sqrt(2/pi) EDR"),
        "range": (HIGH_LOW_RANGE, "expected high-low range = sqrt(8/pi) EDR"),
    }
    return {
        f"{name}_{unit}": _scaled(sigma, factor, formula)
        for name, (factor, formula) in kinds.items()
        for unit, sigma in (("pct", edr), ("points", edr_points))
    }


def _scaled(sigma: Figure, factor: float, formula: str) -> Figure:
    if sigma.value is None:
        return replace(sigma, formula=formula)
    return replace(sigma, value=factor * sigma.value, formula=formula)


def _contango(market: Market) -> tuple[Figure, ...]:
    """Return VXn+1 / VXn - 1 of the seven pairs in percent."""
    values = contango_pct(market.row.vx[-1:])
    return tuple(
        curve_figure(
            market, values[:, n - 1], "%", f"VX{n + 1}/VX{n} - 1 (above 0: contango)", f"VX{n}", f"VX{n + 1}"
        )
        for n in range(1, PAIRS + 1)
    )


def _thirty_days(market: Market) -> dict[str, Figure]:
    """Return VX at a constant 30 days, and how far it is above VIX."""
    row = market.row
    symbols = tuple(f"VX{n}" for n in range(1, NEAR_FUTURES + 1))
    days = row.history.days[-1:]
    left = days_to_expiries(days, NEAR_FUTURES, row.history.calendar)
    level = constant_maturity(row.vx[-1:, :NEAR_FUTURES], left)
    pair = symbols[1:] if len(days) and left[0, 1] <= CONSTANT_DAYS else symbols[:2]
    formula = f"{pair[0]} and {pair[1]} on their line at 30 calendar days"
    vx30 = curve_figure(market, level, "points", formula, *pair)
    if len(days) and left[0, 0] > CONSTANT_DAYS:
        vx30 = replace(vx30, note=f"VX1 has {left[0, 0]:.0f} days left: the line is extended to 30")
    return {"vx30": vx30, "vx30_contango_pct": _above_vix(market, vx30)}


def _above_vix(market: Market, vx30: Figure) -> Figure:
    formula, vix = "VX at 30 days / VIX - 1", market.readings["VIX"]
    if vx30.value is None or vix.value is None:
        return unknown(vx30.unknown or vix.unknown, "%", formula)
    figure = known((vx30.value / vix.value - 1) * 100, "%", formula, (*vx30.inputs, *vix.inputs), vx30.note)
    is_live = vx30.is_provisional or marked(figure, market, "VIX").is_provisional
    return replace(figure, is_provisional=is_live, is_amber=vx30.is_amber or vix.is_amber)


def _neighbours(market: Market) -> dict[str, Figure]:
    return {
        "vix9d_to_vix": _ratio(market, "VIX9D", "VIX"),
        "vix_to_vix3m": _ratio(market, "VIX", "VIX3M"),
    }


def _ratio(market: Market, near: str, far: str) -> Figure:
    """Return near / far: of two quotes if both are quoted, else of the last closes of both.

    A quote that has gone stale makes it unknown: no older value takes its place.
    """
    facts, formula = market.facts, f"{near} / {far} (above 1: stress)"
    both = [reading(name, facts.now, facts.past.history, facts.quotes, facts.ages) for name in (near, far)]
    quoted = [one for one in both if one.inputs and one.inputs[0].note == "quote"]
    values = [one.value for one in quoted if one.value is not None]
    if len(values) < len(quoted):
        return unknown(next(one.unknown for one in quoted if one.value is None), "", formula)
    if len(values) == len(both):
        figure = known(values[0] / values[1], "", formula, both[0].inputs + both[1].inputs)
        return replace(figure, is_provisional=True, is_amber=any(one.is_amber for one in both))
    history = facts.past.history
    figure = of_closes(market, history.column(near) / history.column(far), "", formula, ((near, 1), (far, 1)))
    if quoted and figure.is_known:
        return replace(figure, note=f"closes of {history.days[-1]}: not both are quoted")
    return figure


def _premium(market: Market) -> dict[str, Figure]:
    """Return what options cost above what SPX did: VIX against HV20."""
    row = market.row
    kinds = {
        "vrp_points": (vrp_points, "points", "VIX - HV20"),
        "vrp_variance": (vrp_variance, "%^2", "VIX^2 - HV20^2, a year"),
    }
    found = {}
    for name, (premium, unit, formula) in kinds.items():
        missing = [market.readings[symbol] for symbol in ("VIX", "SPX") if not market.readings[symbol].is_known]
        value = premium(row.vix[-1:], row.hv20_pct[-1:])
        if missing or not len(value) or not np.isfinite(value[0]):
            why = missing[0].unknown if missing else market.missing("rv_iv_pct")
            found[name] = unknown(why, unit, formula)
            continue
        inputs = (
            market.symbol_input("VIX", row.vix[-1], "points", "VIX"),
            market.symbol_input("HV20", row.hv20_pct[-1], "%", "SPX"),
        )
        found[name] = marked(known(value[0], unit, formula, inputs), market, "VIX", "SPX")
    return found
