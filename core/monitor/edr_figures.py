"""What is EDR now, from which inputs, and where does it stand on the ladder? Or why is it unknown?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.measures.edr import FORMULAS, realised_bias
from core.monitor.market_now import NO_DATA, marked
from core.playbook.ladder import ladder
from core.state import LadderState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.monitor.market_now import Market

UNITS = {"bias": "x"}


def edr_figures(market: Market) -> tuple[Figure, Figure]:
    """Return EDR in percent of SPX and in points."""
    row, formula, note = market.row, FORMULAS[market.row.edr_formula], _stand_in(market)
    text = f"EDR {formula.name} = {formula.text}, % of SPX, 1 sigma close"
    symbols = _edr_symbols(market)
    inputs = _edr_inputs(market, note) if not _edr_unknown(market, *symbols) else ()
    pct = _edr_figure(market, (row.edr_pct, "%", text), inputs, symbols)
    if row.history.length and market.readings["SPX"].is_known:
        inputs = (market.symbol_input("SPX", row.spx[-1], "points", "SPX"), *inputs)
    points = _edr_figure(market, (row.edr_points, "points", "EDR % x SPX / 100"), inputs, ("SPX", *symbols))
    return replace(pct, note=note), replace(points, note=note)


def _edr_figure(
    market: Market, of: tuple[NDArray[np.float64], str, str], inputs: tuple[Input, ...], symbols: tuple[str, ...]
) -> Figure:
    values, unit, text = of
    reason = _edr_unknown(market, *symbols)
    if reason:
        return unknown(reason, unit, text)
    return marked(known(values[-1], unit, text, inputs), market, *symbols)


def _edr_inputs(market: Market, note: str) -> tuple[Input, ...]:
    """Return what the formula reads, each with the time and source of the symbol that it was made from."""
    row = market.row
    made_from = {
        "VIX9D": (row.vix9d_used, "VIX" if note else "VIX9D"),
        "HV20": (row.hv20_pct, "SPX"),
        "VIX": (row.vix, "VIX"),
        "bias": (realised_bias(row.spx, row.vix), "SPX"),
    }
    return tuple(
        market.symbol_input(name, values[-1], UNITS.get(name, "% a year"), symbol, note if name == "VIX9D" else "")
        for name, (values, symbol) in made_from.items()
        if name in FORMULAS[row.edr_formula].inputs
    )


def _edr_symbols(market: Market) -> tuple[str, ...]:
    """Return the symbols whose values the formula reads; VIX where it takes the place of VIX9D."""
    made_from = {"HV20": "SPX", "VIX9D": "VIX" if _stand_in(market) else "VIX9D", "VIX": "VIX", "bias": "SPX"}
    return tuple(dict.fromkeys(made_from[name] for name in FORMULAS[market.row.edr_formula].inputs))


def _stand_in(market: Market) -> str:
    """Return how VIX takes the place of VIX9D, "" where it does not."""
    if "VIX9D" not in FORMULAS[market.row.edr_formula].inputs or not market.row.history.length:
        return ""
    if market.live is not None and market.live.vix9d_note:
        return market.live.vix9d_note
    return "VIX stands in for VIX9D, which has no value for the day" if market.row.edr_stands_in[-1] else ""


def _edr_unknown(market: Market, *symbols: str) -> str:
    """Return why EDR is unknown, "" if it is known: a stale input counts as much as a missing one."""
    if not market.row.history.length:
        return NO_DATA
    for symbol in symbols:
        if not market.readings[symbol].is_known:
            return market.readings[symbol].unknown
    return "" if np.isfinite(market.row.edr_pct[-1]) else market.missing("edr_pct")


def ladder_state(market: Market, edr: Figure) -> LadderState:
    """Return where EDR stands on the ladder, all unknown if EDR is."""
    if edr.value is None:
        missing = unknown(edr.unknown, "%")
        return LadderState(*(missing for _ in range(6)))
    playbook = market.facts.playbook
    found = ladder(edr.value, playbook)
    start, step = playbook.number("ladder.start"), playbook.number("ladder.step")
    inputs = (market.derived("EDR", edr.value, "%"),)

    def figure(value: float, unit: str, formula: str) -> Figure:
        return replace(known(value, unit, formula, inputs), is_provisional=edr.is_provisional)

    return LadderState(
        figure(found.rung, "", f"rungs crossed: {start:g}, {start + step:g}, ..."),
        figure(found.step_coverage_pct, "%", "base x rungs, capped"),
        figure(found.layer_depth_pct, "%", f"base x (EDR - {start:g}) / {step:g}, capped"),
        figure(found.coverage_pct, "%", "base + layer depth, capped"),
        figure(found.next_trigger_pct, "%", "the next rung"),
        figure(found.distance_pct, "%", "next rung - EDR"),
    )
