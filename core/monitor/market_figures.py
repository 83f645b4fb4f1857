"""Which market figures are shown, and why is one unknown? Each from the closes or from the live session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.market.snapshot import reading
from core.measures.edr import FORMULAS
from core.measures.measured import DivergenceKind, Grade
from core.measures.missing import why_missing
from core.monitor.live import CURVE
from core.playbook.ladder import ladder
from core.state import DivergenceState, LadderState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.measures.measured import Measured
    from core.monitor.live import Live
    from core.state import Facts


@dataclass(frozen=True, slots=True)
class Indicator:
    """An array of Measured as a figure, and whose closes it is made from."""

    attribute: str
    symbol: str
    unit: str
    formula: str


VIX_INDICATORS = {
    "sma20": Indicator("vix_sma20", "VIX", "points", "mean of the last 20 closes of VIX"),
    "macd": Indicator("macd", "VIX", "points", "MACD 12/26 of VIX closes (TA-Lib)"),
    "macd_signal": Indicator("macd_signal", "VIX", "points", "9-session signal of MACD (TA-Lib)"),
    "rsi14": Indicator("rsi_vix", "VIX", "", "Wilder RSI 14 of VIX closes (TA-Lib)"),
}
SPX_INDICATORS = {
    "rsi14": Indicator("rsi_spx", "SPX", "", "Wilder RSI 14 of SPX closes (TA-Lib)"),
    "hv20_pct": Indicator("hv20_pct", "SPX", "%", "stdev of 20 daily log returns x sqrt(252)"),
}


@dataclass(frozen=True)
class Market:
    """What the figures are read from: readings by symbol, the row of measures in force, and its moment."""

    facts: Facts
    live: Live | None
    readings: Mapping[str, Figure]

    @property
    def row(self) -> Measured:
        """The measures whose last element is in force."""
        return self.live.measured if self.live else self.facts.past.measured

    @property
    def index(self) -> int:
        """The index of the row in force, from the first session of `row`."""
        return self.row.history.length - 1

    def missing(self, name: str) -> str:
        """Return why a measure of the row is unknown."""
        return why_missing(self.row, name, self.index) or f"{name} cannot be computed from these values"

    @property
    def row_time(self) -> datetime:
        """The moment of the row: now when live, else the close of its session."""
        if self.live is not None or not self.facts.past.history.length:
            return self.facts.now
        return datetime.fromtimestamp(int(self.facts.past.history.closes[-1]), UTC)

    def input(self, name: str, value: float, unit: str = "", note: str = "") -> Input:
        """Return a measure of the row as an input of a figure."""
        age = (self.facts.now - self.row_time).total_seconds()
        shown = float(value) if np.isfinite(value) else None
        source = "live session" if self.live is not None else "daily closes"
        return Input(name, shown, unit, self.row_time, source, age, note)


def read_market(facts: Facts, live: Live | None) -> Market:
    """Return the market at `facts.now`: each symbol's own reading, and the live session if there is one."""
    history = facts.past.history
    symbols = ("SPX", "VIX", "VIX9D", *CURVE)
    readings = {symbol: reading(symbol, facts.now, history, facts.quotes, facts.ages) for symbol in symbols}
    return Market(facts, live, readings)


def edr_figures(market: Market) -> tuple[Figure, Figure]:
    """Return EDR in percent of SPX and in points."""
    row, formula = market.row, FORMULAS[market.row.edr_formula]
    text = f"EDR {formula.name} = {formula.text}, % of SPX, 1 sigma close"
    reason = _edr_unknown(market)
    if reason:
        return unknown(reason, "%", text), unknown(reason, "points", text)
    inputs = [market.input("SPX", row.spx[-1], "points")]
    for name, values in (("VIX9D", row.vix9d_used), ("HV20", row.hv20_pct), ("VIX", row.vix)):
        if name in formula.inputs:
            inputs.append(market.input(name, values[-1], "% a year", _stand_in(market) if name == "VIX9D" else ""))
    pct = known(row.edr_pct[-1], "%", text, tuple(inputs), _stand_in(market))
    points = known(row.edr_points[-1], "points", "EDR % x SPX / 100", tuple(inputs), _stand_in(market))
    return _marked(pct, market, *_edr_symbols(market)), _marked(points, market, "SPX", *_edr_symbols(market))


def _edr_symbols(market: Market) -> tuple[str, ...]:
    return tuple({"HV20": "SPX"}.get(name, name) for name in FORMULAS[market.row.edr_formula].inputs)


def _stand_in(market: Market) -> str:
    formula = FORMULAS[market.row.edr_formula]
    if "VIX9D" not in formula.inputs:
        return ""
    if market.live is not None and market.live.vix9d_note:
        return market.live.vix9d_note
    return "VIX stands in for VIX9D, which has no value for the day" if market.row.edr_stands_in[-1] else ""


def _edr_unknown(market: Market) -> str:
    """Return why EDR is unknown, "" if it is known: a stale input counts as much as a missing one."""
    if not market.row.history.length:
        return "no market data: import SPX, VIX and VIX9D"
    stands_in = market.row.edr_stands_in[-1] or (market.live is not None and bool(market.live.vix9d_note))
    names = {"VIX" if name == "VIX9D" and stands_in else name for name in _edr_symbols(market)}
    for symbol in ("SPX", *sorted(names)):
        if not market.readings[symbol].is_known:
            return market.readings[symbol].unknown
    return "" if np.isfinite(market.row.edr_points[-1]) else market.missing("edr_points")


def ladder_state(market: Market, edr: Figure) -> LadderState:
    """Return where EDR stands on the ladder, all unknown if EDR is."""
    if edr.value is None:
        missing = unknown(edr.unknown, "%")
        return LadderState(*(missing for _ in range(6)))
    playbook = market.facts.playbook
    found = ladder(edr.value, playbook)
    start, step = playbook.number("ladder.start"), playbook.number("ladder.step")
    inputs = (market.input("EDR", edr.value, "%"),)

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


def indicator_figures(market: Market, table: Mapping[str, Indicator]) -> dict[str, Figure]:
    """Return the indicators of one symbol by name."""
    return {name: _indicator(market, indicator) for name, indicator in table.items()}


def _indicator(market: Market, of: Indicator) -> Figure:
    row, symbol = market.row, of.symbol
    if not market.readings[symbol].is_known:
        return unknown(market.readings[symbol].unknown, of.unit, of.formula)
    values = getattr(row, of.attribute)
    if not len(values) or not np.isfinite(values[-1]):
        return unknown(market.missing(of.attribute), of.unit, of.formula)
    inputs = (market.input(symbol, getattr(row, symbol.lower())[-1], "points"),)
    return _marked(known(values[-1], of.unit, of.formula, inputs), market, symbol)


def breadth_figures(market: Market) -> tuple[Figure, Figure, DivergenceState]:
    """Return the A/D line, RANA and the divergence of the last session with breadth."""
    row = market.row
    if not row.history.length or not np.isfinite(row.ad_line[-1]):
        missing = unknown(market.missing("ad_line") if row.history.length else "no breadth was imported")
        return missing, missing, DivergenceState("", "", missing, missing)
    inputs = (market.input(f"breadth {row.universe}", row.rana[-1], "", "last session with breadth"),)
    line = known(row.ad_line[-1], "issues", "sum of advances - declines since the last gap", inputs)
    rana = known(row.rana[-1], "", "(advances - declines) / (advances + declines)", inputs)
    return line, rana, _divergence(market, inputs)


def _divergence(market: Market, inputs: tuple[Input, ...]) -> DivergenceState:
    row = market.row
    kind, grade = DivergenceKind(int(row.divergence[-1])), Grade(int(row.divergence_grade[-1]))
    formula = "z60(SPX 5-session log return) - z60(5-session sum of RANA)"
    d = row.divergence_d[-1]
    strength = known(d, "SD", formula, inputs) if np.isfinite(d) else unknown(market.missing("divergence_d"), "SD")
    if kind is DivergenceKind.UNKNOWN:
        return DivergenceState("", "", strength, unknown(market.missing("divergence"), "sessions"))
    sessions = known(row.divergence_sessions[-1], "sessions", "length of the run of this kind", inputs)
    return DivergenceState(
        kind.name.lower(), "" if grade is Grade.UNKNOWN else grade.name.lower(), strength, sessions
    )


def curve_figures(market: Market) -> dict[str, Figure]:
    """Return VX1, VX2 and the two backwardation figures."""
    row = market.row
    first = _curve_figure(market, row.vx[-1:, 0], "points", "first VX future, settlement", "VX1")
    second = _curve_figure(market, row.vx[-1:, 1], "points", "second VX future, settlement", "VX2")
    front = int(row.rule_front[-1]) if row.history.length else 0
    pair = (f"VX{front}", f"VX{front + 1}") if front > 0 else ("VX1", "VX2")
    formula = f"{pair[0]}/{pair[1]} - 1, the first pair whose front has 5 days left"
    return {
        "vx1": first,
        "vx2": second,
        "backwardation_pct": _curve_figure(market, row.backwardation_pct[-1:], "%", "VX1/VX2 - 1", "VX1", "VX2"),
        "rule_backwardation_pct": _curve_figure(market, row.rule_backwardation_pct[-1:], "%", formula, *pair),
    }


def _curve_figure(market: Market, values: NDArray[np.float64], unit: str, formula: str, *symbols: str) -> Figure:
    for symbol in symbols:
        if not market.readings[symbol].is_known:
            return unknown(market.readings[symbol].unknown, unit, formula)
    if not len(values) or not np.isfinite(values[-1]):
        return unknown("VX curve: a settlement of the pair is missing", unit, formula)
    inputs = tuple(market.input(symbol, market.row.vx[-1, int(symbol[2:]) - 1], "points") for symbol in symbols)
    return _marked(known(values[-1], unit, formula, inputs), market, *symbols)


def _marked(figure: Figure, market: Market, *symbols: str) -> Figure:
    """Mark a figure provisional if it moves with a live quote, amber if one of its quotes is."""
    live = market.live is not None and bool({*market.live.quotes} & {*symbols})
    amber = any(market.readings[symbol].is_amber for symbol in symbols if symbol in market.readings)
    return replace(figure, is_provisional=live, is_amber=amber)
