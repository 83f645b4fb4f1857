"""What do the tables of break-evens say: every moment, every zone, the first order, layer by layer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.break_even_text import break_evens_text, break_evens_tooltip
from gui.formats import number_text, profit_text, time_text
from gui.risk.cell import Cell, Table, dollars_cell, figure_cell, level_cell, levels_cell, words_cell

if TYPE_CHECKING:
    from core.risk_state import BreakEvenComparison, MigrationRow, RiskCurve, RiskState
    from core.valuation.break_evens import BreakEvens
    from core.valuation.zones import Zone

MIGRATION = "Migration"
NO_ZONE = "No zone is known: nothing is held, or something that it needs is unknown."


def break_even_table(state: RiskState) -> Table:
    """Return the roots of every moment, bare and hedged, under the three responses, and the worst of each side."""
    titles = (
        "Moment",
        "Bare",
        "Hedged",
        "Low response",
        "High response",
        "Worst put side",
        "Worst call side",
        "Way",
    )
    return Table("Break-evens", titles, tuple(_moment_row(curve) for curve in state.curves))


def _moment_row(curve: RiskCurve) -> tuple[Cell, ...]:
    found, sides = curve.break_evens, {one.side: one for one in curve.sides}
    way = "; ".join(curve.path_dependent)
    return (
        words_cell(curve.label, time_text(curve.moment)),
        _roots(curve.bare_break_evens, "bare"),
        _roots(found, "hedged"),
        levels_cell(found.low_response),
        levels_cell(found.high_response),
        *(dollars_cell(sides[side].worst) if side in sides else words_cell("") for side in ("put", "call")),
        words_cell("path-dependent" if way else "", f"settles before: {way}" if way else "", "amber"),
    )


def _roots(found: BreakEvens, name: str) -> Cell:
    copied = found.unknown or " ".join(f"{point:.2f}" for point in found.points)
    return Cell(break_evens_text(found), copied, break_evens_tooltip(found, name))


def zone_table(state: RiskState) -> Table:
    """Return where each hedged curve gains and loses under each response, and how much at most."""
    titles = ("Moment", "VIX response", "Zone", "From SPX", "To SPX", "Best", "Worst")
    rows = tuple(
        (words_cell(curve.label), words_cell(found.response), *_zone_cells(zone))
        for curve in state.curves
        for found in curve.responses
        for zone in found.zones
    )
    return Table("Zones", titles, rows, NO_ZONE)


def _zone_cells(zone: Zone) -> tuple[Cell, ...]:
    is_loss = zone.kind == "loss"
    kind = words_cell("▼ loss" if is_loss else "▲ profit", role="loss" if is_loss else "gain")
    ends = (Cell(number_text(end, 1) if end is not None else "end", end) for end in (zone.low, zone.high))
    best, worst = (Cell(profit_text(value, 0), value) for value in (zone.best, zone.worst))
    return (kind, *ends, best, worst)


def comparison_table(state: RiskState) -> Table:
    """Return each bare break-even at expiry beside the first-order estimate and the full roots."""
    terms = tuple(dict.fromkeys(name for one in state.comparisons for name in one.terms))
    titles = ("Side", "Bare", "First order", "Full", "Low", "High", "Hedge P/L there", *terms)
    return Table("First order", titles, tuple(_comparison_row(one, terms) for one in state.comparisons))


def _comparison_row(one: BreakEvenComparison, terms: tuple[str, ...]) -> tuple[Cell, ...]:
    return (
        words_cell(f"{one.side} side"),
        Cell(number_text(one.bare, 2), one.bare),
        figure_cell(one.first_order, 2),
        *(levels_cell(levels) for levels in (one.full, one.low, one.high)),
        dollars_cell(one.gain),
        *(dollars_cell(one.terms[name]) if name in one.terms else words_cell("") for name in terms),
    )


def migration_table(state: RiskState) -> Table:
    """Return what each further layer does to the break-evens at expiry, for better and for worse."""
    titles = (
        "Layers",
        "Break-evens",
        "Put side points",
        "Call side points",
        "Paid",
        "$ a put point",
        "Least P/L",
        "at SPX",
        "What changed",
    )
    return Table(MIGRATION, titles, tuple(_migration_row(row) for row in state.migration))


def _migration_row(row: MigrationRow) -> tuple[Cell, ...]:
    return (
        words_cell(row.name),
        _roots(row.break_evens, row.name),
        *(figure_cell(one, 2, is_profit=True) for one in (row.gained_put, row.gained_call)),
        figure_cell(row.paid, 0),
        figure_cell(row.paid_per_point, 0),
        dollars_cell(row.least),
        level_cell(row.least_at),
        words_cell(row.words),
    )
