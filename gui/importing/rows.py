"""Which lines does the table of rows have? What was not simply taken, what differs, and on demand all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

from core.market.times import exchange_time
from core.parsing.fates import Fate
from gui.formats import UNKNOWN_TEXT, day_text, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.market.events import MarketEvent
    from core.market.option_chain import OptionChain
    from core.market.series import Series
    from db.import_file import ImportPlan
    from db.market_rows import ChangedValue, Comparison

MISSING_SESSION, CHANGED, NEW, SAME = "no row", "differs", "new", "same"
_NUMBERS = ("actual", "consensus", "previous")
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


class SeriesRows(Sequence[FateRow]):
    """The rows of a plan's series that are new, or that are stored already; each is put into words when shown."""

    def __init__(self, plan: ImportPlan, fate: str) -> None:
        self._fate = fate
        self._parts = [(one.series, np.flatnonzero(_wanted(one, fate))) for one in plan.comparisons]
        self._ends = np.cumsum([len(rows) for _, rows in self._parts], dtype=np.int64)

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    @overload
    def __getitem__(self, row: int) -> FateRow: ...
    @overload
    def __getitem__(self, row: slice) -> list[FateRow]: ...
    def __getitem__(self, row: int | slice) -> FateRow | list[FateRow]:
        if isinstance(row, slice):
            return [self[index] for index in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        row %= len(self)
        part = int(np.searchsorted(self._ends, row, side="right"))
        series, rows = self._parts[part]
        at = int(rows[row - (int(self._ends[part - 1]) if part else 0)])
        return FateRow(0, str(series.times[at]).replace("T", " "), series.symbol, self._fate, _values(series, at))


def fate_rows(plan: ImportPlan) -> tuple[FateRow, ...]:
    """Return the rows of a plan to look at: what is refused first, then what differs, then by line."""
    rows = [*_fates(plan), *_changed(plan), *_missing(plan)]
    return tuple(sorted(rows, key=_pressing))


def _pressing(row: FateRow) -> tuple[bool, bool, bool, int, str]:
    return not row.is_refused, row.fate != CHANGED, not row.line, row.line, row.day


def count_texts(plan: ImportPlan) -> tuple[tuple[str, int], ...]:
    """Return how many rows of the file have each fate, all of them, in the order of the fates."""
    return tuple((WORDS[fate], plan.parsed.counts.get(fate, 0)) for fate in WORDS)


def brought_texts(plan: ImportPlan) -> tuple[str, ...]:
    """Return what each series, the options and the announcements would bring, in words."""
    texts = [
        f"{_span(one.series)}:  {_compared(one.new, one.same, int(one.is_changed.sum()))}"
        for one in plan.comparisons
        if len(one.series.times)
    ]
    if plan.chain is not None:
        one = plan.chain
        texts.append(f"{_chain_text(one.chain)}:  {_compared(one.new, one.same, one.changed)}")
    if plan.events is not None:
        found = plan.events
        texts.append(f"{', '.join(found.kinds)} dates:  {_compared(found.new, found.same, found.changed)}")
    return tuple(texts)


def _chain_text(chain: OptionChain) -> str:
    roots = " and ".join(np.unique(chain.roots).tolist())
    expiries, moment = f"{chain.expiries.min()} to {chain.expiries.max()}", exchange_time(chain.time)
    return f"{number_text(len(chain), 0)} {roots} options expiring {expiries}, as of {moment} New York"


def changed_count(plan: ImportPlan) -> int:
    """Return how many rows are stored with other values than the file gives."""
    others = [one for one in (plan.chain, plan.events) if one is not None]
    return sum(int(one.is_changed.sum()) for one in plan.comparisons) + sum(one.changed for one in others)


def _span(series: Series) -> str:
    interval = "" if series.interval == "1d" else f" {series.interval}"
    return f"{series.symbol}{interval}  {series.days[0]} to {series.days[-1]}"


def _compared(new: int, same: int, changed: int) -> str:
    return f"{number_text(new, 0)} new, {number_text(same, 0)} same, {number_text(changed, 0)} differ"


def _wanted(one: Comparison, fate: str) -> NDArray[np.bool_]:
    return one.is_new if fate == NEW else ~one.is_new & ~one.is_changed


def _values(series: Series, row: int) -> str:
    known = {name: values[row] for name, values in series.columns.items() if np.isfinite(values[row])}
    return ", ".join(f"{name} {value:,.12g}" for name, value in known.items())


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
    for pair in plan.events.contradicted if plan.events is not None else ():
        told = f"stored is {_numbers(pair.stored)}, the file says {_numbers(pair.file)}"
        yield FateRow(0, day_text(pair.file.day), pair.file.kind, CHANGED, told)


def _numbers(event: MarketEvent) -> str:
    return ", ".join(f"{name} {value:.12g}" for name in _NUMBERS if (value := getattr(event, name)) is not None)


def _difference(value: ChangedValue) -> str:
    stored, given = (UNKNOWN_TEXT if one is None else f"{one:,.12g}" for one in (value.stored, value.file))
    return f"stored is {stored}, the file says {given}"
