"""What do the indicators, breadth and the VX curve say, and why is one of them unknown?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input, known, unknown
from core.measures.measured import DivergenceKind, Grade
from core.monitor.market_now import marked
from core.state import DivergenceState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from core.monitor.market_now import Market


@dataclass(frozen=True, slots=True)
class Indicator:
    """An array of Measured as a figure, whose closes it is made from, and how, by the settings `s`."""

    attribute: str
    symbol: str
    unit: str
    formula: str


VIX_INDICATORS = {
    "sma20": Indicator("vix_sma20", "VIX", "points", "mean of the last {s.vix_ma} closes of VIX"),
    "macd": Indicator("macd", "VIX", "points", "MACD {s.macd_fast}/{s.macd_slow} of VIX closes (TA-Lib)"),
    "macd_signal": Indicator("macd_signal", "VIX", "points", "{s.macd_signal}-session signal of MACD (TA-Lib)"),
    "rsi14": Indicator("rsi_vix", "VIX", "", "Wilder RSI {s.rsi_n} of VIX closes (TA-Lib)"),
}
SPX_INDICATORS = {
    "rsi14": Indicator("rsi_spx", "SPX", "", "Wilder RSI {s.rsi_n} of SPX closes (TA-Lib)"),
    "hv20_pct": Indicator("hv20_pct", "SPX", "%", "stdev of 20 daily log returns x sqrt(252)"),
}


def indicator_figures(market: Market, table: Mapping[str, Indicator]) -> dict[str, Figure]:
    """Return the indicators of one symbol by name."""
    return {name: _indicator(market, indicator) for name, indicator in table.items()}


def _indicator(market: Market, of: Indicator) -> Figure:
    row, symbol = market.row, of.symbol
    formula = of.formula.format(s=row.settings)
    if not market.readings[symbol].is_known:
        return unknown(market.readings[symbol].unknown, of.unit, formula)
    values = getattr(row, of.attribute)
    if not len(values) or not np.isfinite(values[-1]):
        return unknown(market.missing(of.attribute), of.unit, formula)
    inputs = (market.symbol_input(symbol, getattr(row, symbol.lower())[-1], "points", symbol),)
    return marked(known(values[-1], of.unit, formula, inputs), market, symbol)


def breadth_figures(market: Market) -> tuple[Figure, Figure, DivergenceState]:
    """Return the A/D line, RANA and the divergence of the last session with breadth."""
    row = market.row
    if not row.history.length or not np.isfinite(row.ad_line[-1]):
        missing = unknown(market.missing("ad_line"))
        return missing, missing, DivergenceState("", "", missing, missing)
    inputs = (market.breadth_input(row.rana[-1]),)
    line = known(row.ad_line[-1], "issues", "sum of advances - declines since the last gap", inputs)
    formula = "(advances - declines) / (advances + declines)"
    known_rana = np.isfinite(row.rana[-1])
    rana = known(row.rana[-1], "", formula, inputs) if known_rana else unknown("no stock moved", "", formula)
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
    row, word = market.row, "live" if market.live else "settlement"
    front = int(row.rule_front[-1]) if row.history.length else 0
    pair = (f"VX{front}", f"VX{front + 1}") if front > 0 else ("VX1", "VX2")
    rule = (
        f"{pair[0]}/{pair[1]} - 1, the first pair whose front has {row.settings.backwardation_min_days} days left"
    )
    return {
        "vx1": curve_figure(market, row.vx[-1:, 0], "points", f"first VX future, {word}", "VX1"),
        "vx2": curve_figure(market, row.vx[-1:, 1], "points", f"second VX future, {word}", "VX2"),
        "backwardation_pct": curve_figure(market, row.backwardation_pct[-1:], "%", "VX1/VX2 - 1", "VX1", "VX2"),
        "rule_backwardation_pct": curve_figure(market, row.rule_backwardation_pct[-1:], "%", rule, *pair),
    }


def curve_figure(market: Market, values: NDArray[np.float64], unit: str, formula: str, *symbols: str) -> Figure:
    """Return the last of some values that were made from VX futures, or which of their prices is missing."""
    if not len(values) or not np.isfinite(values[-1]):
        why = [market.readings[symbol].unknown for symbol in symbols if not market.readings[symbol].is_known]
        return unknown(why[0] if why else f"no price of {' and '.join(symbols)} holds now", unit, formula)
    inputs = tuple(
        market.symbol_input(symbol, market.row.vx[-1, int(symbol[2:]) - 1], "points", symbol) for symbol in symbols
    )
    return marked(known(values[-1], unit, formula, inputs), market, *symbols)
