"""Which acts stand, and how is one taken back? By an entry that says so; nothing is ever rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, integer, integer_or_none, read_position
from core.journal.entry import Draft, Entry, EntryKind
from core.positions.values import ActRefusedError, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.journal.entry import Json, Told

UNDOING = frozenset({EntryKind.ACT_UNDONE, EntryKind.ACT_REDONE})
_NEVER = UNDOING | {EntryKind.JOURNAL_CREATED}


def taken_back(entries: Iterable[Entry | Told]) -> set[int]:
    """Return the numbers of the entries that were undone and not redone since."""
    found: set[int] = set()
    for entry in entries:
        if entry.kind is EntryKind.ACT_UNDONE:
            found.add(integer(entry.body, "of"))
        elif entry.kind is EntryKind.ACT_REDONE:
            found.discard(integer(entry.body, "of"))
    return found


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without those that were undone; the entries that undid them stay."""
    listed = list(entries)
    gone = taken_back(listed)
    return [entry for entry in listed if entry.seq not in gone] if gone else listed


def draft_undo(entries: Sequence[Entry], seq: int | None = None, note: str = "") -> list[Draft]:
    """Return the drafts that take back an act, all of a batch; the last act that stands where none is named.

    The event time is that of the act: for that moment it is said that it was not so. Raises ActRefusedError where
    there is nothing to undo, or where a later act of the same position builds on it.
    """
    gone = taken_back(entries)
    found = _last(entries, gone) if seq is None else _named(entries, seq)
    require(found.seq not in gone, "seq", f"entry {found.seq} was undone already; redo takes that back")
    batch = _batch(entries, found)
    for one in batch:
        _require_last(entries, one, gone, {each.seq for each in batch})
    return [_draft(EntryKind.ACT_UNDONE, one, -1, note) for one in reversed(batch)]


def draft_redo(entries: Sequence[Entry], seq: int | None = None, note: str = "") -> list[Draft]:
    """Return the drafts that let an undone act stand again; the one undone last where none is named.

    Raises ActRefusedError where there is none, or where anything was entered for its position since it was undone.
    """
    gone = taken_back(entries)
    undone = _last_undone(entries, gone) if seq is None else _named(entries, seq)
    require(undone.seq in gone, "seq", f"entry {undone.seq} stands: there is nothing to redo")
    batch = [one for one in _batch(entries, undone) if one.seq in gone]
    for one in batch:
        _require_last(entries, one, gone, {each.seq for each in batch})
    return [_draft(EntryKind.ACT_REDONE, one, 1, note) for one in batch]


def _last(entries: Sequence[Entry], gone: set[int]) -> Entry:
    """Return the last act that can be undone and stands."""
    for entry in reversed(entries):
        if entry.kind not in _NEVER and entry.seq not in gone:
            return entry
    raise ActRefusedError("seq", "there is nothing to undo")


def _last_undone(entries: Sequence[Entry], gone: set[int]) -> Entry:
    """Return the act whose undoing is the newest, unless another act was entered since."""
    by_seq = {entry.seq: entry for entry in entries}
    for entry in reversed(entries):
        if entry.kind not in UNDOING:
            break
        if entry.kind is EntryKind.ACT_UNDONE and integer(entry.body, "of") in gone:
            return by_seq[integer(entry.body, "of")]
    raise ActRefusedError("seq", "there is nothing to redo: nothing was undone since the last act")


def _named(entries: Sequence[Entry], seq: int) -> Entry:
    for entry in entries:
        if entry.seq == seq:
            reason = f"entry {seq} is {_WHY.get(entry.kind, '')}"
            require(entry.kind not in _NEVER, "seq", reason)
            return entry
    raise ActRefusedError("seq", f"there is no entry {seq}")


_WHY = {
    EntryKind.JOURNAL_CREATED: "the journal's beginning, which stays",
    EntryKind.ACT_UNDONE: "an undoing: redo the act instead",
    EntryKind.ACT_REDONE: "a redoing: undo the act instead",
}


def _batch(entries: Sequence[Entry], found: Entry) -> list[Entry]:
    """Return what was committed together with an entry, in order."""
    return [found] if not found.batch else [entry for entry in entries if entry.batch == found.batch]


def _require_last(entries: Sequence[Entry], one: Entry, gone: set[int], together: set[int]) -> None:
    """Refuse where a later act that stands builds on this one."""
    for later in entries:
        is_later = later.seq > one.seq and later.seq not in gone and later.seq not in together
        if is_later and _builds_on(later, one):
            raise ActRefusedError("seq", f"entry {later.seq} builds on entry {one.seq}: undo that one first")


def _builds_on(later: Entry, one: Entry) -> bool:
    """Whether a later entry changes the same position, or speaks of the condor that this one opened."""
    if one.kind not in POSITION_KINDS or later.kind in UNDOING:
        return False
    act = read_position(one.body)
    if later.kind in POSITION_KINDS:
        after = read_position(later.body)
        if (after.layer, after.condor_id) == (act.layer, act.condor_id):
            return True
    return act.layer is None and act.is_new and later.body.get("condor") == act.condor_id


def _draft(kind: EntryKind, one: Entry, sign: int, note: str) -> Draft:
    """Return the entry that takes an act back (`sign` -1) or lets it stand again, with the cash it moves."""
    body: dict[str, Json] = {"of": one.seq, "act": one.kind.value}
    for name in ("condor", "layer"):
        if name in one.body:
            body[name] = integer_or_none(one.body, name)
    for name in ("cash_e8", "fees_e8"):
        if one.kind in POSITION_KINDS:
            body[name] = sign * integer(one.body, name)
    return Draft(kind, one.event_time, body, note)
