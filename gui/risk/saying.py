"""What does the screen say where there is no picture, and what is copied of one? Words and tables, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.risk_state import RESPONSES
from gui.formats import number_text, profit_text
from gui.risk.cell import Cell, Table, levels_cell, words_cell

if TYPE_CHECKING:
    from core.risk_state import RiskState

NO_POSITION = "No position is open: enter a condor (Ctrl+N) or a hedge layer (Ctrl+L)."
NO_QUOTE = "Type a quote (Ctrl+K), as SPX 5012.30 VIX 18.40, or import closes (Ctrl+I)."
NO_CURVE = "Import the VX futures of that expiry (Ctrl+I), or enter what is missing."


def payoff_notice(state: RiskState) -> str:
    """Return what stands in place of the curves, and what to do; "" where any of them is known."""
    if state.legs and any(not curve.unknown for curve in state.curves):
        return ""
    return missing_notice(state, next((curve.unknown for curve in state.curves), ""))


def heat_notice(state: RiskState) -> str:
    """Return what stands in place of the map, and what to do; "" where it is known."""
    if state.legs and state.heat is not None and not state.heat.unknown:
        return ""
    return missing_notice(state, state.heat.unknown if state.heat is not None else "")


def missing_notice(state: RiskState, reason: str) -> str:
    """Return why there is no picture, and what to do about it."""
    if not state.legs:
        return NO_POSITION
    for name, figure in (("SPX", state.spx), ("VIX", state.vix)):
        if not figure.is_known:
            return f"{name} is unknown: {figure.unknown}. {NO_QUOTE}"
    return f"{reason or next(iter(state.unknown), 'unknown')}. {NO_CURVE}"


def values_table(state: RiskState, index: int | None) -> Table:
    """Return what every curve says at a place of the grid, with all its break-evens."""
    titles = (
        "Moment",
        "SPX",
        "Hedged",
        "Low response",
        "High response",
        "Bare",
        "Break-evens",
        "Bare break-evens",
    )
    row, rows = RESPONSES.index(state.asked.response), []
    for curve in state.curves if index is not None else ():
        dollars = (*curve.hedged[[row, 0, -1], index], curve.bare[row, index])
        rows.append(
            (
                words_cell(curve.label),
                Cell(number_text(float(state.grid[index]), 1), float(state.grid[index])),
                *(Cell(profit_text(float(value), 0), round(float(value), 2)) for value in dollars),
                levels_cell(curve.break_evens.points),
                levels_cell(curve.bare_break_evens.points),
            )
        )
    return Table("Values", titles, tuple(rows))
