"""How did a condor come to be what it is? Each act on it, with its reason and the market when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.journal.body import read_position
from core.journal.entry import EntryKind
from core.journal.history import history_of
from core.journal.replay import Replay
from core.positions.book import Book
from core.positions.values import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.journal.entry import Entry
    from core.journal.log import LogRow
    from core.positions.book import Condor

_STEPS = {
    EntryKind.CONDOR_SETTLED: "settled",
    EntryKind.CONDOR_ROLLED: "rolled",
    EntryKind.LAYER_OPENED: "hedge opened",
    EntryKind.LAYER_CLOSED: "hedge closed",
    EntryKind.LAYER_ROLLED: "hedge rolled",
    EntryKind.LAYER_SETTLED: "hedge settled",
    EntryKind.NOTE_WRITTEN: "note",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One act on a condor: its row of the log, which step it was, and how the condor stood after it.

    `quantity` condors were held then, `net_cash` dollars had come in by them, after fees and without their layers.
    `undone_by` is the entry that took the act back, None where it stands; quantity and cash count what stands.
    """

    row: LogRow
    step: str
    quantity: int
    net_cash: Decimal
    undone_by: int | None


def timeline_of(entries: Sequence[Entry], condor_id: int) -> list[Moment]:
    """Return what concerned a condor, in the order of the journal.

    Raises ActRefusedError for one that never was.
    """
    bodies = {entry.seq: entry for entry in entries}
    acts = [act for act in history_of(entries) if act.row.condor == condor_id]
    if not acts:
        raise ActRefusedError("condor_id", f"there is no condor {condor_id}")
    replay, moments = Replay(Book()), []
    condor = None
    for act in acts:
        entry = bodies[act.row.sequence]
        if act.undone_by is None:
            replay.take(entry)
            condor = replay.book().condors.get(condor_id)
        quantity, cash = (0, Decimal(0)) if condor is None else (condor.quantity, condor.net_cash)
        moments.append(Moment(act.row, _step(entry, condor), quantity, cash, act.undone_by))
    return moments


def _step(entry: Entry, after: Condor | None) -> str:
    """Return the step in a word or two: a close of a part is told from the last one."""
    if entry.kind is EntryKind.CONDOR_OPENED:
        return "opened" if read_position(entry.body).is_new else "legs added"
    if entry.kind is EntryKind.CONDOR_CLOSED:
        is_part = after is not None and after.is_open
        return "closed in part" if is_part else "closed"
    return _STEPS.get(entry.kind, entry.kind.value.replace("_", " "))
