"""What was planned for a session? Lines like "open layer 1 x4 if EDR >= 0.95", sealed before the opening."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.journal.body import text
from core.journal.control import texts
from core.journal.entry import Draft, EntryKind
from core.journal.undo import standing
from core.positions.book import LAYER_NUMBERS
from core.positions.leg import MAX_QUANTITY
from core.positions.values import ActRefusedError, check_text, checked_moment, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.journal.entry import Entry, Json
    from core.market.calendar import SessionCalendar
    from core.positions.book import Book

OPEN, CLOSE, ROLL, HOLD, NOTHING = "open", "close", "roll", "hold", "nothing"
MAX_LINES, MAX_LINE = 40, 160
HOW = 'write "open layer 1 x4", "open condor x10", "close condor 2", "roll layer 1", "hold layer 2" or "nothing"'
_LINE = re.compile(
    r"(?P<act>open|close|roll|hold) (?P<subject>condor|layer)(?: (?P<number>\d{1,6}))?"
    r"(?: x(?P<quantity>\d{1,7}))?(?: if (?P<condition>.{1,100}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan. `number` is the layer's or the condor's, None for a new condor or for "nothing".

    `quantity` in condors or contracts of the layer's largest leg, None where none is named. `condition` "" where
    the act is planned whatever happens.
    """

    act: str
    subject: str = ""
    number: int | None = None
    quantity: int | None = None
    condition: str = ""

    @property
    def text(self) -> str:
        """The line as it is sealed."""
        of = f" {self.subject}" if self.subject else ""
        number = f" {self.number}" if self.number is not None else ""
        size = f" x{self.quantity}" if self.quantity is not None else ""
        return f"{self.act}{of}{number}{size}{f' if {self.condition}' if self.condition else ''}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was sealed: the session, when it was recorded, its lines and the reason behind it."""

    seq: int
    session: date
    sealed_at: datetime
    items: tuple[PlanItem, ...]
    reason: str


def parse_item(line: str) -> PlanItem:
    """Return a line of a plan; raises ActRefusedError saying how one is written."""
    words = " ".join(line.split())
    check_text("items", words, MAX_LINE)
    if words.lower() == NOTHING:
        return PlanItem(NOTHING)
    match = _LINE.fullmatch(words)
    if match is None:
        raise ActRefusedError("items", f"{words!r}: {HOW}")
    number = None if match["number"] is None else int(match["number"])
    quantity = None if match["quantity"] is None else int(match["quantity"])
    item = PlanItem(match["act"], match["subject"], number, quantity, match["condition"] or "")
    _check_item(item)
    return item


def _check_item(item: PlanItem) -> None:
    if item.subject == "layer":
        require(item.number in LAYER_NUMBERS, "items", f"{item.text!r}: name a layer, 1 to 4")
    elif item.act != OPEN:
        require(item.number is not None, "items", f"{item.text!r}: name the condor")
    if item.act == OPEN:
        require(item.quantity is not None, "items", f"{item.text!r}: name the size, like x4")
    require(item.quantity is None or 1 <= item.quantity <= MAX_QUANTITY, "items", f"{item.text!r}: no such size")


def seal_plan(  # noqa: PLR0913 - the fields of one form
    book: Book, calendar: SessionCalendar, *, session: date, items: Sequence[str], reason: str = "", at: datetime
) -> Draft:
    """Seal the plan of a session before it opens; a later one for the same session takes its place."""
    moment = checked_moment("at", at)
    require(calendar.is_session(session), "session", f"{session} is not a trading session")
    opens = opening_of(session, calendar)
    require(moment < opens, "session", f"{session} opened at {opens:%H:%M} UTC: a plan is sealed before")
    require(0 < len(items) <= MAX_LINES, "items", f"1 to {MAX_LINES} lines are needed")
    parsed = [parse_item(line) for line in items]
    alone = len(parsed) == 1 or all(item.act != NOTHING for item in parsed)
    require(alone, "items", '"nothing" stands alone')
    for item in parsed:
        known = item.subject != "condor" or item.number is None or item.number in book.condors
        require(known, "items", f"there is no condor {item.number}")
    check_text("reason", reason)
    body: dict[str, Json] = {"session": session.isoformat(), "items": [item.text for item in parsed]}
    return Draft(EntryKind.PLAN_SEALED, moment, body, reason.strip())


def opening_of(session: date, calendar: SessionCalendar) -> datetime:
    """Return the UTC moment at which a session opens."""
    return datetime.fromtimestamp(int(calendar.opens[calendar.index_on_or_before(session)]), UTC)


def plans_by_session(entries: Iterable[Entry], calendar: SessionCalendar) -> dict[date, Plan]:
    """Return the plan in force of each session: the last one recorded before its opening.

    What was undone before the opening is gone; undone later, it stays: a plan cannot be unsealed.
    """
    listed = list(entries)
    days = {entry.body["session"] for entry in listed if entry.kind is EntryKind.PLAN_SEALED}
    found: dict[date, Plan] = {}
    for session in sorted(_day(str(day)) for day in days):
        opens = opening_of(session, calendar)
        before = standing(entry for entry in listed if entry.recorded_at < opens)
        sealed = [one for one in before if one.kind is EntryKind.PLAN_SEALED and _session(one) == session]
        if sealed:
            found[session] = _plan(sealed[-1])
    return found


def _plan(entry: Entry) -> Plan:
    items = tuple(parse_item(line) for line in texts(entry.body, "items"))
    return Plan(entry.seq, _session(entry), entry.recorded_at, items, entry.note)


def _session(entry: Entry) -> date:
    return _day(text(entry.body, "session"))


def _day(iso: str) -> date:
    return datetime.fromisoformat(iso).date()
