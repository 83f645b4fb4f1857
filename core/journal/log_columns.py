"""Which columns has the hedge log? Each with its title, unit and kind, for the screen and every file alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnKind(StrEnum):
    """How a column's values are written: numbers stand on the right, texts on the left."""

    WHOLE = "whole"
    POINTS = "points"
    DOLLARS = "dollars"
    PERCENT = "percent"
    MOMENT = "moment"
    WORDS = "words"
    HASH = "hash"
    TEXT = "text"


_TEXTUAL = frozenset({ColumnKind.MOMENT, ColumnKind.WORDS, ColumnKind.HASH, ColumnKind.TEXT})


@dataclass(frozen=True, slots=True)
class LogColumn:
    """One column: `name` is the field of the row, `title` its head, `unit` what its numbers count."""

    name: str
    title: str
    kind: ColumnKind
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.kind not in _TEXTUAL


LOG_COLUMNS = (
    LogColumn("sequence", "No.", ColumnKind.WHOLE),
    LogColumn("time", "Recorded", ColumnKind.MOMENT, "New York"),
    LogColumn("event_time", "Happened", ColumnKind.MOMENT, "New York"),
    LogColumn("kind", "Kind", ColumnKind.WORDS),
    LogColumn("layer", "Layer", ColumnKind.WHOLE),
    LogColumn("condor", "Condor", ColumnKind.WHOLE),
    LogColumn("what", "What", ColumnKind.TEXT),
    LogColumn("quantity", "Qty", ColumnKind.WHOLE),
    LogColumn("price", "Price", ColumnKind.POINTS, "points"),
    LogColumn("cash", "Cash", ColumnKind.DOLLARS, "$"),
    LogColumn("fees", "Fees", ColumnKind.DOLLARS, "$"),
    LogColumn("spx", "SPX", ColumnKind.POINTS, "points"),
    LogColumn("vix", "VIX", ColumnKind.POINTS, "points"),
    LogColumn("edr", "EDR", ColumnKind.PERCENT, "%"),
    LogColumn("rung", "Rung", ColumnKind.WHOLE),
    LogColumn("playbook_hash", "Playbook", ColumnKind.HASH),
    LogColumn("note", "Note", ColumnKind.TEXT),
    LogColumn("entry_hash", "Entry", ColumnKind.HASH),
)
"""In the order of the fields of `LogRow`."""

BY_NAME = {column.name: column for column in LOG_COLUMNS}
_BESIDE = frozenset({"time", "quantity", "price", "rung", "playbook_hash", "entry_hash"})
PRINTED = tuple(column.name for column in LOG_COLUMNS if column.name not in _BESIDE)
"""What a page has room for, where no columns were chosen."""
