"""Which acts were entered, which of them stand, and what can be undone or redone next?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.journal.body import integer
from core.journal.entry import EntryKind
from core.journal.log import log_rows
from core.journal.undo import UNDOING, draft_redo, draft_undo
from core.positions.values import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.journal.entry import Draft, Entry
    from core.journal.log import LogRow


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the history: its row, and the entry that undid it (None where it stands).

    `can_undo` and `can_redo` mark the acts that the next undo and the next redo without a number are about.
    """

    row: LogRow
    undone_by: int | None
    can_undo: bool = False
    can_redo: bool = False


def history_of(entries: Sequence[Entry]) -> list[Act]:
    """Return the acts in their order, without the entries that take acts back."""
    undone: dict[int, int] = {}
    for entry in entries:
        if entry.kind is EntryKind.ACT_UNDONE:
            undone[integer(entry.body, "of")] = entry.seq
        elif entry.kind is EntryKind.ACT_REDONE:
            undone.pop(integer(entry.body, "of"), None)
    next_undo, next_redo = next_of(entries, draft_undo), next_of(entries, draft_redo)
    acts = [
        entry for entry in entries if entry.kind not in UNDOING and entry.kind is not EntryKind.JOURNAL_CREATED
    ]
    return [
        Act(row, undone.get(row.sequence), row.sequence in next_undo, row.sequence in next_redo)
        for row in log_rows(acts)
    ]


def next_of(entries: Sequence[Entry], draft: Callable[[Sequence[Entry]], list[Draft]]) -> set[int]:
    """Return the entries that the next undo (`draft_undo`) or redo (`draft_redo`) is about."""
    try:
        drafts = draft(entries)
    except ActRefusedError:
        return set()
    return {integer(each.body, "of") for each in drafts}
