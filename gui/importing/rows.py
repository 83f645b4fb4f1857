"""Which lines does the table of fates have? Rows that were not simply taken, missing sessions, changed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.parsing.fates import Fate
from gui.formats import UNKNOWN_TEXT, day_text, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.import_file import ImportPlan
    from db.market_rows import ChangedValue

MISSING_SESSION, CHANGED = "no row", "differs"
WORDS = {
    Fate.TAKEN: "taken",
    Fate.FLAGGED: "flagged",
    Fate.SET_ASIDE: "set aside",
    Fate.MISSING: "missing",
    Fate.REPEATED: "repeated",
    Fate.REFUSED: "refused",
}


@dataclass(frozen=True, slots=True)
class FateRow:
    """One line of the table. `line` is the file's, 0 where the file has no such row."""

    line: int
    day: str
    field: str
    fate: str
    reason: str

    @property
    def is_refused(self) -> bool:
        """Whether it keeps the file from being imported."""
        return self.fate == WORDS[Fate.REFUSED]


def fate_rows(plan: ImportPlan) -> tuple[FateRow, ...]:
    """Return the rows of a plan, what is refused first, then by line."""
    rows = [*_fates(plan), *_changed(plan), *_missing(plan)]
    return tuple(sorted(rows, key=lambda row: (not row.is_refused, not row.line, row.line, row.day)))


def count_texts(plan: ImportPlan) -> tuple[tuple[str, int], ...]:
    """Return how many rows of the file have each fate, all of them, in the order of the fates."""
    return tuple((WORDS[fate], plan.parsed.counts.get(fate, 0)) for fate in WORDS)


def series_texts(plan: ImportPlan) -> tuple[str, ...]:
    """Return what each series would bring, in words."""
    return tuple(
        f"{one.series.symbol}  {one.series.days[0]} to {one.series.days[-1]}:  "
        f"{number_text(one.new, 0)} new, {number_text(one.same, 0)} same, {int(one.is_changed.sum())} differ"
        for one in plan.comparisons
        if len(one.series.days)
    )


def has_changes(plan: ImportPlan) -> bool:
    """Whether values are stored that the file gives otherwise."""
    return any(bool(one.is_changed.any()) for one in plan.comparisons)


def _fates(plan: ImportPlan) -> Iterator[FateRow]:
    for fate in plan.parsed.fates:
        field = fate.field or (f"column {fate.column}" if fate.column else "")
        yield FateRow(fate.line, day_text(fate.day), field, WORDS[fate.fate], fate.reason)


def _missing(plan: ImportPlan) -> Iterator[FateRow]:
    for day in plan.parsed.missing_sessions:
        yield FateRow(
            0, day_text(day), "", MISSING_SESSION, "the exchange was open, the file has no row for the day"
        )


def _changed(plan: ImportPlan) -> Iterator[FateRow]:
    for one in plan.comparisons:
        for value in one.changed:
            yield FateRow(0, value.day, f"{value.symbol} {value.field}", CHANGED, _difference(value))


def _difference(value: ChangedValue) -> str:
    stored, given = (UNKNOWN_TEXT if one is None else f"{one:,g}" for one in (value.stored, value.file))
    return f"stored is {stored}, the file says {given}"
