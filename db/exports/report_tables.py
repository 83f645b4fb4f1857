"""How do the moves of break-evens, the rules and the sources of data read on paper?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.log_columns import ColumnKind
from core.market.times import exchange_time
from db.exports.blocks import Head, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.market.figure import Figure
    from core.monitor.log_report import LogReport

_T, _P = ColumnKind.TEXT, ColumnKind.POINTS
_MOVE_HEADS = (
    Head("No.", ColumnKind.WHOLE, "", 5),
    Head("Happened", ColumnKind.MOMENT, "New York", 13),
    Head("Condor", _T, "", 7),
    Head("What", _T, "", 32),
    Head("SPX", _P, "points", 9),
    Head("Bare", _T, "SPX points", 16),
    Head("Hedged", _T, "SPX points", 16),
)
_SOURCE_HEADS = (
    Head("Input", _T, "", 12),
    Head("Value", _P, "", 10),
    Head("Time", _T, "New York", 16),
    Head("Source", _T, "", 30),
)
_TREE_HEADS = (Head("Layer and part", _T, "", 18), Head("Rule", _T, "", 60))
_PARAMETER_HEADS = (
    Head("Parameter", _T, "", 20),
    Head("Value", _T, "", 14),
    Head("Default", _T, "", 10),
    Head("What it says", _T, "", 40),
    Head("From", _T, "", 8),
)


def migration_table(report: LogReport) -> Table:
    """Return where each act left the break-evens."""
    rows = [
        (
            move.sequence,
            move.time,
            "book" if move.condor is None else str(move.condor),
            move.what,
            move.spx,
            _levels(move.bare, move.unknown),
            _levels(move.hedged, move.unknown),
        )
        for move in report.moves
    ]
    left_out = f"{report.moves_left_out} earlier acts are left out. " if report.moves_left_out else ""
    note = f"{left_out}Hedged: at the condor's expiry, with its layers valued by the response map."
    return Table("How the break-evens moved", _MOVE_HEADS, rows, note)


def _levels(levels: tuple[float, ...], unknown: str) -> str:
    return " / ".join(f"{level:,.2f}" for level in levels) if levels else unknown or "none"


def sources_table(report: LogReport) -> Table:
    """Return where the values of the moment and the histories come from."""
    rows = [*_inputs(report), *((symbol, None, "history", source) for symbol, source in report.sources)]
    return Table("Sources of data", _SOURCE_HEADS, list(dict.fromkeys(rows)))


def _inputs(report: LogReport) -> Iterator[tuple[str, float | None, str, str]]:
    state = report.state
    figures: tuple[Figure, ...] = (state.spx, state.vix, state.edr)
    for figure in figures:
        for one in figure.inputs:
            yield one.name, one.value, exchange_time(one.time) if one.time else "", one.source


def trees_table(report: LogReport) -> Table:
    """Return the rules of the playbook in words."""
    rules = report.rules
    rows = [(_part(key), text or "none") for key, text in rules["trees"].items()]
    return Table(
        f"Rules: {rules['name']}", _TREE_HEADS, rows, f"Playbook hash {rules['hash']}", breaks_before=True
    )


def _part(key: str) -> str:
    _, number, part = key.split(".")
    return f"layer {number}, {part}"


def parameter_table(report: LogReport) -> Table:
    """Return every parameter of the playbook, those that were changed marked."""
    rows = [
        (
            row["key"],
            f"{_value(row['value'])} {row['unit']}".strip() + (" (changed)" if row["changed"] else ""),
            _value(row["default"]),
            row["about"],
            row["source"],
        )
        for group in report.rules["parameters"].values()
        for row in group
    ]
    return Table("Parameters", _PARAMETER_HEADS, rows)


def _value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
