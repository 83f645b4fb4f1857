"""What was done, and in which session? Each position entry as a deed with the sizes that it opened and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.journal.body import POSITION_KINDS, read_position
from core.journal.plan import CLOSE, OPEN, ROLL
from core.journal.undo import standing
from core.market.times import exchange_date
from core.positions import leg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from core.journal.body import PositionAct
    from core.journal.entry import Entry
    from core.market.calendar import SessionCalendar

SETTLE = "settle"
_ACTS = {"opened": OPEN, "closed": CLOSE, "rolled": ROLL, "settled": SETTLE}
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Deed:
    """A position entry: `act` is open, close, roll or settle, of a condor or a layer.

    `session` is the calendar index of the session it belongs to: the one in progress or, after a close, the next;
    at the very close still that one. `opened` and `closed` are sizes: condors, or contracts of the layer's largest
    leg. `is_new`: there was no such condor, or the layer was flat. `expiry` is that of the condor, of a
    layer the last of what was opened; None where something opened has none.
    """

    seq: int
    time: datetime
    day: date
    session: int
    act: str
    subject: str
    layer: int | None
    condor_id: int | None
    opened: int
    closed: int
    is_new: bool
    expiry: date | None

    @property
    def number(self) -> int | None:
        """The number that a plan names: that of the layer, else of the condor."""
        return self.layer if self.subject == "layer" else self.condor_id

    @property
    def text(self) -> str:
        """The deed in words: `open layer 1 x4`."""
        size = self.opened if self.act in (OPEN, ROLL) else self.closed
        of = f" of condor {self.condor_id}" if self.subject == "layer" and self.condor_id is not None else ""
        return f"{self.act} {self.subject} {self.number}{of} x{size}"


def deeds_of(entries: Iterable[Entry], calendar: SessionCalendar) -> list[Deed]:
    """Return the position entries that stand, in the order of their sessions."""
    found = [_deed(entry, calendar) for entry in standing(entries) if entry.kind in POSITION_KINDS]
    return sorted(found, key=lambda deed: (deed.time, deed.seq))


def session_of(moment: datetime, calendar: SessionCalendar) -> int:
    """Return the calendar index of the session that a moment belongs to; its close is still in it."""
    return calendar.closed_by(moment - _INSTANT)


def _deed(entry: Entry, calendar: SessionCalendar) -> Deed:
    act, (subject, _, verb) = read_position(entry.body), entry.kind.value.partition("_")
    return Deed(
        seq=entry.seq,
        time=entry.event_time,
        day=exchange_date(entry.event_time),
        session=session_of(entry.event_time, calendar),
        act=_ACTS[verb],
        subject=subject,
        layer=act.layer,
        condor_id=act.condor_id,
        opened=_size(act, leg.OPEN),
        closed=max(_size(act, leg.CLOSE), _size(act, leg.SETTLE)),
        is_new=act.is_new,
        expiry=_last_expiry(act) if subject == "layer" else act.expiry,
    )


def _last_expiry(act: PositionAct) -> date | None:
    opened = [move.fill.contract.expiry for move in act.moves if move.act == leg.OPEN]
    known = [expiry for expiry in opened if expiry is not None]
    return max(known) if known and len(known) == len(opened) else None


def _size(act: PositionAct, kind: str) -> int:
    return max((abs(move.fill.quantity) for move in act.moves if move.act == kind), default=0)
