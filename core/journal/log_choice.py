"""Which entries of the log are meant, and which of their columns? One choice for window, command and file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal.entry import EntryKind
from core.journal.log_columns import BY_NAME
from core.market.times import exchange_date
from core.positions.book import LAYER_NUMBERS
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.journal.log import LogRow


class ChoiceRefusedError(RefusedError):
    """A choice that no entry could meet or that names what the log does not have."""


@dataclass(frozen=True, slots=True)
class LogChoice:
    """Entries of a period, of layers, condors and kinds; an empty set leaves its question open.

    `first` and `last` are New York days of the event, both included. With layers and condors given, an entry
    must be of one of each. `columns` are names of LOG_COLUMNS in the order wanted, empty for the format's own.
    """

    first: date | None = None
    last: date | None = None
    layers: frozenset[int] = frozenset()
    condors: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every entry is meant."""
        return self.first is None and self.last is None and not (self.layers or self.condors or self.kinds)

    def takes(self, row: LogRow) -> bool:
        """Whether an entry is meant."""
        return (not self.kinds or row.kind in self.kinds) and self.takes_of_any_kind(row)

    def takes_of_any_kind(self, row: LogRow) -> bool:
        """Whether an entry is meant by its day, layer and condor: the ledger adds up every kind."""
        return (
            (not self.layers or row.layer in self.layers)
            and (not self.condors or row.condor in self.condors)
            and self.holds(row)
        )

    def holds(self, row: LogRow) -> bool:
        """Whether an entry happened in the period."""
        if self.first is None and self.last is None:
            return True
        day = exchange_date(row.event_time)
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """The choice in words: `2018-01-01 to 2018-03-31, layers 1 and 2`."""
        period = f"{self.first or 'the first day'} to {self.last or 'now'}" if self.first or self.last else ""
        parts = [period, _named("layer", self.layers), _named("condor", self.condors)]
        kinds = " and ".join(sorted(kind.replace("_", " ") for kind in self.kinds))
        return ", ".join(part for part in (*parts, kinds) if part) or "every entry"


def log_choice(  # noqa: PLR0913 - the questions of one filter
    *,
    first: date | None = None,
    last: date | None = None,
    layers: Iterable[int] = (),
    condors: Iterable[int] = (),
    kinds: Iterable[str] = (),
    columns: Iterable[str] = (),
) -> LogChoice:
    """Return a choice that can be met; raises ChoiceRefusedError naming what cannot."""
    choice = LogChoice(
        first, last, frozenset(layers), frozenset(condors), frozenset(kinds), tuple(dict.fromkeys(columns))
    )
    if first is not None and last is not None and first > last:
        raise ChoiceRefusedError(f"the period ends on {last}, before it begins on {first}")
    if odd := choice.layers - set(LAYER_NUMBERS):
        raise ChoiceRefusedError(f"there is no layer {min(odd)}: layers are 1 to 4")
    if odd_kinds := choice.kinds - set(EntryKind):
        raise ChoiceRefusedError(f"there is no kind {min(odd_kinds)!r}: {', '.join(EntryKind)}")
    if unknown := [name for name in choice.columns if name not in BY_NAME]:
        raise ChoiceRefusedError(f"there is no column {unknown[0]!r}: {', '.join(BY_NAME)}")
    return choice


def chosen(rows: Iterable[LogRow], choice: LogChoice) -> list[LogRow]:
    """Return the entries that are meant, in their order."""
    return list(rows) if choice.is_whole else [row for row in rows if choice.takes(row)]


def _named(noun: str, numbers: frozenset[int]) -> str:
    joined = " and ".join(map(str, sorted(numbers)))
    return f"{noun}{'s' if len(numbers) > 1 else ''} {joined}" if numbers else ""
