"""What does a report say beside the log? How break-evens moved, the market, the rules, the sources of data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.journal.body import CONDOR_KINDS, LAYER_KINDS
from core.journal.books import books_as_of
from core.journal.undo import taken_back
from core.market.times import exchange_date
from core.monitor.evaluate import evaluate
from core.playbook.compare import playbook_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from typing import Any

    from numpy.typing import NDArray

    from core.journal.entry import Entry
    from core.journal.log import LogRow
    from core.positions.book import Book
    from core.state import Facts, MonitorState

MOST_MOVES = 60
BEFORE_SESSIONS, FEWEST_SESSIONS = 20, 60
ACTS = frozenset({kind.value for kind in CONDOR_KINDS | LAYER_KINDS})


@dataclass(frozen=True, slots=True)
class BreakEvenMove:
    """Where a condor, bare and with its hedge, broke even after one act, and the market then.

    `condor` None is the whole book: the act was of a layer of the book. Levels in SPX points, ascending; empty
    with `unknown` set where they could not be known.
    """

    sequence: int
    time: datetime
    condor: int | None
    what: str
    spx: float | None
    bare: tuple[float, ...]
    hedged: tuple[float, ...]
    unknown: str


@dataclass(frozen=True)
class Closes:
    """The closes of the period: `days` (datetime64[D]) with SPX, VIX (points) and EDR (percent), shape (n,)."""

    days: NDArray[np.datetime64]
    spx: NDArray[np.float64]
    vix: NDArray[np.float64]
    edr_pct: NDArray[np.float64]


@dataclass(frozen=True)
class LogReport:
    """What a report shows around the rows. `moves_left_out` are earlier acts that the migration does not show."""

    state: MonitorState
    moves: tuple[BreakEvenMove, ...]
    moves_left_out: int
    closes: Closes
    sources: tuple[tuple[str, str], ...]
    rules: dict[str, Any]
    first_rung_pct: float
    rung_step_pct: float


def log_report(
    facts: Facts, rows: Sequence[LogRow], entries: Sequence[Entry], facts_at: Callable[[datetime, Book], Facts]
) -> LogReport:
    """Return the report of rows at `facts.now`; `facts_at` gives the facts of an earlier moment with its book.

    The acts are those that stand, by the time when they happened; of many the last MOST_MOVES.
    """
    gone = taken_back(entries)
    standing = (row for row in rows if row.kind in ACTS and row.sequence not in gone)
    acts = sorted((row for row in standing if row.event_time <= facts.now), key=lambda row: row.event_time)
    shown = acts[-MOST_MOVES:]
    books = books_as_of(entries, [row.event_time for row in shown])
    return LogReport(
        state=evaluate(facts),
        moves=tuple(
            break_even_move(row, facts_at(row.event_time, book)) for row, book in zip(shown, books, strict=True)
        ),
        moves_left_out=len(acts) - len(shown),
        closes=_closes(facts, rows),
        sources=tuple(sorted(facts.past.history.sources.items())),
        rules=playbook_record(facts.playbook),
        first_rung_pct=facts.playbook.number("ladder.start"),
        rung_step_pct=facts.playbook.number("ladder.step"),
    )


def break_even_move(row: LogRow, facts: Facts) -> BreakEvenMove:
    """Return where the condor of an act broke even right after it, the book where the act names no condor."""
    state = evaluate(facts)
    if row.condor is None:
        book = state.book_break_evens
        return _move(row, state, (), book.points, book.unknown)
    found = next((one for one in state.condors if one.condor.id == row.condor), None)
    if found is None:
        return _move(row, state, (), (), f"condor {row.condor} is closed")
    return _move(row, state, found.bare.points, found.hedged.points, found.bare.unknown or found.hedged.unknown)


def _move(
    row: LogRow, state: MonitorState, bare: tuple[float, ...], hedged: tuple[float, ...], why: str
) -> BreakEvenMove:
    return BreakEvenMove(row.sequence, row.event_time, row.condor, row.what, state.spx.value, bare, hedged, why)


def _closes(facts: Facts, rows: Sequence[LogRow]) -> Closes:
    """Return the closes from before the first act to the end, the last FEWEST_SESSIONS at least."""
    measured = facts.past.measured
    days = facts.past.history.days
    moments = [row.event_time for row in rows if row.kind in ACTS]
    first = _row_of(days, exchange_date(min(moments))) - BEFORE_SESSIONS if moments else len(days)
    part = slice(max(min(first, len(days) - FEWEST_SESSIONS), 0), None)
    return Closes(days[part], measured.spx[part], measured.vix[part], measured.edr_pct[part])


def _row_of(days: NDArray[np.datetime64], day: date) -> int:
    return int(np.searchsorted(days, np.datetime64(day)))
