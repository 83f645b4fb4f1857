"""Which market and which log do the tests of discipline judge? Six months in which every duty arises.

VIX stands near 12, steps through the rungs of EDR = VIX / sqrt(252) (0.90 % is 14.29, 0.95 % 15.08, 1.00 % 15.87),
falls back, jumps to 20 and falls back again; breadth fails for a week while SPX rises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.discipline.discipline import discipline
from core.journal import acts
from core.journal.chain import GENESIS, link
from core.journal.entry import Stamp
from core.journal.fold import apply, fold
from core.journal.plan import seal_plan
from core.journal.undo import UNDOING
from core.monitor.past import make_past, past_until
from core.playbook.parameters import parse_playbook
from core.positions.book import Book
from core.positions.leg import parse_fill
from tests.core.histories import calendar, history_of

if TYPE_CHECKING:
    from core.discipline.records import DisciplineState
    from core.journal.entry import Draft, Entry
    from core.playbook.parameters import Playbook
    from core.state import Past

FIRST = "2017-09-01"
PLAYBOOK = """
[parameters]
edr.formula = "B"
l1.standing = false
[layers.1]
arm = "edr_rung"
[layers.2]
arm = "edr_rung"
[layers.3]
arm = "edr_rung"
[layers.4]
arm = "edr_rung"
"""
STEPS = ((90, 12.0), (6, 14.4), (6, 15.2), (6, 16.0), (6, 12.4), (4, 20.0), (8, 12.4))
RUNG_1, RUNG_2, RUNG_3, JUMP = 90, 96, 102, 114
SESSIONS = sum(count for count, _ in STEPS)
FAILING = range(84, 89)
"""The sessions on which most stocks fall while SPX rises."""


@cache
def playbook() -> Playbook:
    return parse_playbook(PLAYBOOK, "story")


@cache
def past() -> Past:
    vix = np.concatenate([np.full(count, level) for count, level in STEPS])
    vix += 0.05 * np.sin(np.arange(SESSIONS))  # a mean with some spread around it
    spx = 2400.0 * np.exp(np.cumsum(0.001 + 0.0005 * np.cos(np.arange(SESSIONS))))
    advances = 1500.0 + 300.0 * np.cos(1.0 + np.arange(SESSIONS))
    advances[FAILING.start : FAILING.stop] = 700.0
    breadth = {"BREADTH__NYSE__advances": advances, "BREADTH__NYSE__declines": 2600.0 - advances}
    columns = {"SPX": spx, "VIX": vix, "VIX9D": vix, **breadth}
    return make_past(history_of(FIRST, **columns), playbook())


def day(index: int) -> date:
    found: date = past().history.days[index].item()
    return found


def morning(index: int) -> datetime:
    """Half an hour after the opening of a session."""
    opens = calendar().opens[past().history.first + index]
    return datetime.fromtimestamp(int(opens), UTC) + timedelta(minutes=30)


def before(index: int) -> datetime:
    """An hour before the opening of a session."""
    return morning(index) - timedelta(minutes=90)


AFTER = morning(SESSIONS - 1) + timedelta(hours=8)
CONDOR = {
    "root": "SPX",
    "expiry": date(2018, 3, 16),
    "puts": (2500, 2525),
    "calls": (2825, 2850),
}


@dataclass
class Story:
    """A log as it is written, each act at the moment it happens."""

    book: Book = field(default_factory=Book)
    entries: list[Entry] = field(default_factory=list)

    def take(self, draft: Draft, recorded_at: datetime | None = None) -> Entry:
        entry = link(
            draft,
            Stamp(playbook_hash=playbook().hash),
            seq=self.book.last_seq + 1,
            prev=self.book.last_hash or GENESIS,
            recorded_at=recorded_at or draft.event_time,
        )
        self.entries.append(entry)
        self.book = fold(self.entries) if entry.kind in UNDOING else apply(self.book, entry)
        return entry

    def plan(self, index: int, *items: str) -> None:
        at = before(index)
        self.take(seal_plan(self.book, calendar(), session=day(index), items=items, at=at))

    def condor(self, index: int, quantity: int) -> None:
        wings = {name: tuple(map(Decimal, CONDOR[name])) for name in ("puts", "calls")}  # type: ignore[call-overload]
        given: dict[str, Any] = {**CONDOR, **wings, "quantity": quantity, "credit": Decimal("3.1")}
        self.take(acts.open_condor(self.book, calendar(), fees=Decimal(0), at=morning(index), **given))

    def layer(self, index: int, number: int, quantity: int, strike: int = 20, expiry: str = "2018-03-21") -> None:
        self._fills(acts.open_layer, index, number, f"+{quantity} VIX {expiry} C {strike} @ 1.2")

    def close(self, index: int, number: int, quantity: int, strike: int = 20) -> None:
        self._fills(acts.close_layer, index, number, f"-{quantity} VIX 2018-03-21 C {strike} @ 2.2")

    def roll(self, index: int, number: int, quantity: int, strike: int = 20) -> None:
        self.take(
            acts.roll_layer(
                self.book,
                calendar(),
                number=number,
                close_fills=[parse_fill(f"-{quantity} VIX 2018-03-21 C {strike} @ 2.2")],
                open_fills=[parse_fill(f"+{quantity} VIX 2018-04-18 C {strike} @ 2.6")],
                fees=Decimal(0),
                at=morning(index),
            )
        )

    def _fills(self, act: Any, index: int, number: int, text: str) -> None:
        draft = act(
            self.book, calendar(), number=number, fills=[parse_fill(text)], fees=Decimal(0), at=morning(index)
        )
        self.take(draft)

    def judged(self, now: datetime = AFTER) -> DisciplineState:
        closed = calendar().closed_by(now) - past().history.first
        return discipline(self.entries, past_until(past(), closed), playbook(), now)
