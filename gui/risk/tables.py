"""Which tables does the risk screen have? Pure: a RiskState in, rows of cells out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.formats import DOLLARS, figure_text, figure_tooltip, number_text
from gui.risk.break_even_tables import MIGRATION, break_even_table, comparison_table, migration_table, zone_table
from gui.risk.cell import Cell, Table, dollars_cell, figure_cell, words_cell
from gui.risk.gauges import gauge_name, within_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.risk_state import (
        GreekRow,
        HedgeAlignment,
        LegSource,
        Repricing,
        RiskState,
    )

GREEKS, UNKNOWN = "Neutrality", "Unknown"
NO_LAYER = "No hedge layer is held: enter one (Ctrl+L)."


def greek_table(state: RiskState) -> Table:
    """Return net greeks of the book and its parts, in dollars."""
    titles = ("Part", "Value", "Delta: SPX +1 %", "Gamma: 1 % more", "Vega: VIX +1", "Theta a day")
    return Table(GREEKS, titles, tuple(_greek_row(row) for row in state.greeks))


def _greek_row(row: GreekRow) -> tuple[Cell, ...]:
    named = row.name if row.group in {"book", "condors"} else f"{row.group} {row.name}"
    figures = (row.value, row.delta, row.gamma, row.vega, row.theta)
    return (words_cell(named), *(dollars_cell(figure) for figure in figures))


def repricing_table(state: RiskState) -> Table:
    """Return the P/L from now if VIX went to a level at once."""
    layers = tuple(dict.fromkeys(number for row in state.repricing for number in row.by_layer))
    titles = ("VIX at once", "SPX by the map", "Condors", *(f"L{number}" for number in layers), "Together")
    return Table("VIX shocks", titles, tuple(_repricing_row(row, layers) for row in state.repricing))


def _repricing_row(row: Repricing, layers: tuple[int, ...]) -> tuple[Cell, ...]:
    held = (dollars_cell(row.by_layer[number]) if number in row.by_layer else words_cell("") for number in layers)
    vix = Cell(number_text(row.vix, 0), row.vix)
    return (vix, figure_cell(row.spx, 0), dollars_cell(row.condors), *held, dollars_cell(row.total))


def hedge_table(state: RiskState) -> Table:
    """Return where each layer pays for itself and how that lies in the put wing."""
    titles = ("Layer", "Held", "Break-even VIX", "Break-even SPX", "rho", "Aligned (0 to 1)", "Strike for rho 0.5")
    return Table("Hedges", titles, tuple(_hedge_row(one) for one in state.alignments), NO_LAYER)


def _hedge_row(one: HedgeAlignment) -> tuple[Cell, ...]:
    of = f" of condor {one.condor_id}" if one.condor_id else ""
    aligned = {True: ("✓ aligned", "gain"), False: ("✕ not aligned", "loss"), None: ("unknown", "unknown")}
    word, role = aligned[one.is_aligned]
    return (
        words_cell(f"L{one.layer}{of}"),
        words_cell(one.text),
        figure_cell(one.break_even.vix, 2),
        figure_cell(one.break_even.spx, 1),
        figure_cell(one.rho, 2),
        words_cell(word, figure_tooltip(one.rho, "rho"), role),
        figure_cell(one.strike, 2),
    )


def leg_table(state: RiskState) -> Table:
    """Return every open leg with its mark, and where its volatility and its forward come from."""
    titles = ("Of", "Leg", "Mark", "Volatility % a year", "from", "Forward", "from", "Delta")
    return Table("Legs", titles, tuple(_leg_row(leg) for leg in state.legs))


def _leg_row(leg: LegSource) -> tuple[Cell, ...]:
    return (
        words_cell(leg.owner),
        words_cell(leg.text),
        figure_cell(leg.mark, 2),
        figure_cell(leg.volatility_pct, 1),
        words_cell(leg.volatility_source),
        figure_cell(leg.forward, 2),
        words_cell(leg.forward_source),
        figure_cell(leg.delta, 3),
    )


def note_table(state: RiskState) -> Table:
    """Return what is unknown and why, then every approximation."""
    used = state.spot_vol
    rows = [("? unknown", reason, "unknown") for reason in state.unknown]
    rows += [("≈ VIX response", used.note, "text")]
    rows += [("≈ assumed", note, "text") for note in state.notes if note != used.note]
    cells = tuple((words_cell(kind, role=role), words_cell(text)) for kind, text, role in rows)
    return Table(UNKNOWN, ("Kind", "What and why"), cells)


def gauge_table(state: RiskState) -> Table:
    """Return the neutrality gauges with their bounds, after and before a proposed ticket."""
    titles = ("Measure", "Now", "Before the ticket", "Least", "Most", "Within", "Bound from")
    rows = tuple(
        (
            words_cell(gauge_name(one)),
            figure_cell(one.value, 0 if one.value.unit == DOLLARS else 2),
            words_cell(figure_text(one.before) if one.before else ""),
            words_cell(figure_text(one.low) if one.low else ""),
            words_cell(figure_text(one.high) if one.high else ""),
            words_cell(within_words(one)[0]),
            words_cell(one.bound),
        )
        for one in state.gauges
    )
    return Table("Bounds", titles, rows)


TABLES: dict[str, Callable[[RiskState], Table]] = {
    GREEKS: greek_table,
    "Break-evens": break_even_table,
    MIGRATION: migration_table,
    "Zones": zone_table,
    "First order": comparison_table,
    "VIX shocks": repricing_table,
    "Hedges": hedge_table,
    "Legs": leg_table,
    "Bounds": gauge_table,
    UNKNOWN: note_table,
}
"""Every table by its name, in the order of the tabs."""
