"""What was at risk and what was held at each close, and how much of it followed a plan or a rule?

A position that follows nothing can cost points and never earn any: so trading more never raises the score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.discipline.deeds import SETTLE, deeds_of
from core.discipline.plans import is_planned
from core.journal.plan import CLOSE, OPEN, ROLL, plans_by_session
from core.market.calendar import OutsideCalendarError
from core.playbook.kleene import ON
from core.playbook.verdict import TRIGGERS, Trigger
from core.positions.book import LAYER_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.discipline.deeds import Deed
    from core.journal.entry import Entry
    from core.journal.plan import Plan
    from core.market.calendar import SessionCalendar
    from core.playbook.parameters import Playbook
    from core.state import Past

    Flags = NDArray[np.bool_]

WINDOW_SESSIONS = 2
"""How many sessions there are to answer (playbook 7.5: 000-24, 004-18)."""
PLAN, RULE, TRIGGER, EXPIRY = "plan", "rule", "trigger", "expiry"
_CONFIRMED = TRIGGERS.index(Trigger.CONFIRMED)


@dataclass(frozen=True, eq=False)
class Ground:
    """The deeds and the closes that discipline is judged by. Arrays have one element a session of the past."""

    entries: Sequence[Entry]
    past: Past
    playbook: Playbook
    now: datetime

    @property
    def calendar(self) -> SessionCalendar:
        """The sessions."""
        return self.past.history.calendar

    @property
    def length(self) -> int:
        """How many sessions have closed."""
        return self.past.history.length

    @cached_property
    def deeds(self) -> list[Deed]:
        """All deeds, in the order of their time."""
        return deeds_of(self.entries, self.calendar)

    @cached_property
    def plans(self) -> dict[date, Plan]:
        """The sealed plans by session."""
        return plans_by_session(self.entries, self.calendar)

    def at(self, deed: Deed) -> int:
        """Return the index of a deed's session in the past; `length` and more for one that has not closed."""
        return deed.session - self.past.history.first

    def day(self, index: int) -> date:
        """Return the date of a session, one that is still to come too."""
        found: date = self.calendar.days[min(self.past.history.first + index, len(self.calendar.days) - 1)].item()
        return found

    def rule(self, name: str) -> Flags:
        """Return where a rule was on."""
        words = self.past.triggers.rules.get(name)
        return np.zeros(self.length, np.bool_) if words is None else np.asarray(words == ON)

    @cached_property
    def roll_asked(self) -> Flags:
        """Where the innermost layer is to be evaluated: VIX far above its mean, or its RSI high (002-8)."""
        return self.rule("vix_spike") | self.rule("rsi_vix_block")

    def confirmed(self, number: int, index: int) -> bool:
        """Whether a layer's trigger was confirmed at a close."""
        return 0 <= index < self.length and int(self.past.triggers.state[number - 1, index]) == _CONFIRMED

    def follows(self, deed: Deed) -> str:
        """Return what a deed follows: a plan, the rule, a trigger, an expiry, or "" for nothing."""
        if deed.act == SETTLE:
            return EXPIRY
        if is_planned(deed, self.plans, self.deeds):
            return PLAN
        if deed.subject == "layer" and deed.layer is not None:
            return self._layer_follows(deed, deed.layer)
        return ""

    def _layer_follows(self, deed: Deed, number: int) -> str:
        at = self.at(deed)
        if deed.act == OPEN:
            stands = number == 1 and self.playbook.flag("l1.standing")
            said = self.confirmed(number, at) or any(
                self.confirmed(number, at - back) for back in range(1, WINDOW_SESSIONS + 1)
            )
            return RULE if stands or said else ""
        if deed.act in (ROLL, CLOSE):
            window = self.roll_asked[max(at - WINDOW_SESSIONS, 0) : max(at + 1, 0)]
            return TRIGGER if window.any() else ""
        return ""

    @cached_property
    def following(self) -> frozenset[int]:
        """The numbers of the entries that follow something."""
        return frozenset(deed.seq for deed in self.deeds if self.follows(deed))

    @cached_property
    def planned_risk(self) -> Flags:
        """Where a condor that was opened by plan was on at the close."""
        return self._risk(only_planned=True)

    @cached_property
    def any_risk(self) -> Flags:
        """Where any condor was on at the close."""
        return self._risk(only_planned=False)

    def _risk(self, *, only_planned: bool) -> Flags:
        found = np.zeros(self.length, np.bool_)
        condors = {deed.condor_id for deed in self.deeds if deed.subject == "condor"}
        for condor in condors:
            mine = [deed for deed in self.deeds if deed.subject == "condor" and deed.condor_id == condor]
            if not only_planned or mine[0].seq in self.following:
                self._mark(found, mine)
        return found

    def _mark(self, found: Flags, deeds: Sequence[Deed]) -> None:
        """Mark the closes at which one condor was on: from each deed to the next, not past its expiry."""
        size = 0
        for number, deed in enumerate(deeds):
            size += deed.opened - deed.closed
            end = self.at(deeds[number + 1]) if number + 1 < len(deeds) else self.length
            if size > 0:
                found[max(self.at(deed), 0) : max(min(end, self._expires(deed)), 0)] = True

    def _expires(self, deed: Deed) -> int:
        try:
            last = None if deed.expiry is None else self.calendar.index_on_or_before(deed.expiry)
        except OutsideCalendarError:
            last = None
        return self.length if last is None else last - self.past.history.first

    @cached_property
    def followed(self) -> NDArray[np.int64]:
        """How much of each layer was held by deeds that follow something, shape (4, sessions).

        Closing takes from these first: what follows nothing never keeps a layer alive.
        """
        return self._held(only_following=True)

    @cached_property
    def held(self) -> NDArray[np.int64]:
        """How much of each layer was held at the close, shape (4, sessions)."""
        return self._held(only_following=False)

    def _held(self, *, only_following: bool) -> NDArray[np.int64]:
        return np.array([self._layer_held(number, only_following) for number in LAYER_NUMBERS])

    def _layer_held(self, number: int, only_following: bool) -> NDArray[np.int64]:
        """Return what was held of one layer at each close; what has expired is gone, settled in the log or not."""
        row = np.zeros(self.length, np.int64)
        lots: list[tuple[int, int]] = []  # until which session, and how much; the oldest first
        for deed in self.deeds:
            if deed.layer != number:
                continue
            start = max(self.at(deed), 0)
            lots = [lot for lot in lots if lot[0] > start]
            adds = not only_following or self._adds(deed, row, start)
            lots = _without(lots, deed.closed if deed.act != SETTLE else 0)
            lots += [(self._expires(deed), deed.opened)] if adds else []
            row[start:] = 0
            for until, size in lots:
                row[start:until] += size
        return row

    def _adds(self, deed: Deed, row: NDArray[np.int64], start: int) -> bool:
        """Whether what a deed opened follows something: a roll goes on with what it closes."""
        if deed.act == ROLL:
            return start < self.length and int(row[start]) > 0
        return deed.seq in self.following


def _without(lots: Sequence[tuple[int, int]], closed: int) -> list[tuple[int, int]]:
    """Return what is left of lots once so much was closed, the oldest first."""
    left = []
    for until, size in lots:
        taken = min(size, closed)
        closed -= taken
        left += [(until, size - taken)] if size > taken else []
    return left
