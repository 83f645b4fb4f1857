"""Which charts does a report hold? SPX between the break-evens as they moved, EDR on its ladder, VIX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.times import exchange_date
from db.exports.blocks import Picture
from db.exports.svg_chart import Chart, Line, svg_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from core.monitor.log_report import BreakEvenMove, LogReport

BLUE, VERMILLION, GREEN, BLACK = "#0072b2", "#d55e00", "#009e73", "#222222"
"""Okabe-Ito: told apart by colour-blind eyes; each line has its own dashes beside."""
RUNGS_SHOWN = 6


def pictures(report: LogReport) -> list[Picture]:
    """Return the charts that have something to show."""
    closes = report.closes
    rungs = [(f"rung {n + 1}", report.first_rung_pct + n * report.rung_step_pct) for n in range(RUNGS_SHOWN)]
    spx = Line("SPX close", closes.days, closes.spx, BLACK)
    charts = (
        (
            Chart("SPX and the break-evens", "points", [spx, *_break_evens(report.moves, closes.days)]),
            "SPX closes, and where each condor broke even after each act, bare and hedged.",
        ),
        (
            Chart("EDR on its ladder", "%", [Line("EDR", closes.days, closes.edr_pct, VERMILLION)], rungs),
            "Expected daily range in percent of SPX; dotted: the rungs of the ladder.",
        ),
        (
            Chart("VIX", "points", [Line("VIX close", closes.days, closes.vix, BLUE)]),
            "VIX closes.",
        ),
    )
    made = ((chart.title, svg_of(chart), text) for chart, text in charts)
    return [Picture(title, svg, text) for title, svg, text in made if svg]


def _break_evens(moves: Sequence[BreakEvenMove], sessions: NDArray[np.datetime64]) -> Iterator[Line]:
    """Yield a line for the lowest and the highest break-even of each condor, bare and hedged."""
    until = sessions[-1] if len(sessions) else np.datetime64("NaT", "D")
    for condor in sorted({move.condor for move in moves if move.condor is not None}):
        mine = [move for move in moves if move.condor == condor]
        days = np.array([exchange_date(move.time) for move in mine], "datetime64[D]")
        days = np.append(
            days, days[-1] if np.isnat(until) else max(until, days[-1])
        )  # what stood after the last act stands to the end
        for name, colour, dash, which in (("bare", BLUE, "6 3", 0), ("hedged", GREEN, "2 3", 1)):
            found = [(move.bare, move.hedged)[which] for move in mine]
            for side, end in (("low", 0), ("high", -1)):
                values = np.array([levels[end] if levels else np.nan for levels in (*found, found[-1])])
                label = f"condor {condor} {name}" if side == "low" else ""
                yield Line(label, days, values, colour, dash, is_steps=True, has_dots=True)
