"""What became of each row of a file? Taken, flagged, set aside, missing, repeated or refused, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.market.events import MarketEvent
    from core.market.option_chain import OptionChain
    from core.market.series import Series


class Fate(StrEnum):
    """The six fates of a row; each row of a file has exactly one."""

    TAKEN = "taken"
    FLAGGED = "flagged"  # taken, but high and low are broken: the close counts, the range does not
    SET_ASIDE = "set_aside"  # on a day without a session, or of one that has not closed
    MISSING = "missing"  # the file says that it has no value
    REPEATED = "repeated"  # the same day with the same values once more
    REFUSED = "refused"  # cannot be read


PROVISIONAL = "provisional: "
"""How the reason begins of a row that is set aside because what it is about had not ended."""
FATES = tuple(Fate)
"""The order in which fates are small integers in arrays."""


@dataclass(frozen=True, slots=True)
class RowFate:
    """The fate of the row on a line, or, where `field` names one, of a single value in a row that was taken.

    `day` is None where the date could not be read; `column` is the cell at fault, from 1, 0 for the whole row.
    Bars that a day sets aside one after the other for one reason are told as one: `rows` of them from `line` on.
    """

    line: int
    day: date | None
    field: str
    fate: Fate
    reason: str
    column: int = 0
    rows: int = 1


@dataclass(frozen=True)
class ParsedFile:
    """What a file holds, every row accounted for: the counts add up to `rows`.

    `fates` are those other than taken, by line; `taken_lines` are the lines of the others, as inclusive
    ranges. `missing_sessions` are the sessions between the file's first and last day without a row.
    """

    layout: str
    source: str
    rows: int
    series: tuple[Series, ...]
    fates: tuple[RowFate, ...]
    counts: Mapping[Fate, int]
    taken_lines: tuple[tuple[int, int], ...] = ()
    ignored_columns: tuple[str, ...] = ()
    missing_sessions: tuple[date, ...] = ()
    chain: OptionChain | None = None
    events: tuple[MarketEvent, ...] = ()

    @property
    def refused(self) -> tuple[RowFate, ...]:
        """The rows that cannot be read."""
        return tuple(fate for fate in self.fates if fate.fate is Fate.REFUSED)
