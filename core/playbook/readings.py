"""What did a rule see? The session it speaks of, the values it read, each with time and source, and its words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.market.figure import Input
from core.measures.missing import why_missing
from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.ladder import AT_THE_RUNG
from core.playbook.rules import RULES
from core.playbook.verdict import Says, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.measures.measured import Measured
    from core.playbook.layer_state import LayerStep
    from core.playbook.parameters import Playbook
    from core.playbook.rules_calendar import Events
    from core.playbook.verdict import Switch

WORDS = {UNKNOWN: Says.UNKNOWN, OFF: Says.OFF, ON: Says.ON}
DERIVED = "computed from the closes"
MOST_DECIMALS = 9


@dataclass(frozen=True)
class Seen:
    """One session of the measures as the rules see it; `index` counts from the first session.

    `time` is given for a session in progress: the moment that is looked at. `live` has the inputs of such a
    session by symbol, with their own time, source and age; what is not in it is of the last close. `stale` says by
    symbol why one of them has no value. `now` is what ages are counted from; without it they are not told.
    `events` has the days of FOMC, CPI and PPI that the window rules were asked with. `told` are the verdicts that
    were given of this session: but for the rung each rule says the same of every layer.
    """

    measured: Measured
    index: int
    playbook: Playbook
    time: datetime | None = None
    now: datetime | None = None
    live: Mapping[str, Input] = field(default_factory=dict)
    stale: Mapping[str, str] = field(default_factory=dict)
    events: Events = field(default_factory=dict)
    told: dict[str, Verdict] = field(default_factory=dict, compare=False, repr=False)

    def of(self, column: str) -> float | None:
        """Return the session's value of a column of the history, None where it is unknown."""
        found = float(self.measured.history.column(column)[self.index])
        return found if math.isfinite(found) else None

    def value(self, name: str) -> float | None:
        """Return a measure by its field name, None where it is unknown."""
        found = float(getattr(self.measured, name)[self.index])
        return found if math.isfinite(found) else None

    @property
    def stop(self) -> int:
        """The index of the session whose close would switch a rule: this one in progress, else the next."""
        return self.index if self.time is not None else self.index + 1

    def before(self, name: str) -> float | None:
        """Return a measure at the close before `stop`, None where it is unknown."""
        found = float(getattr(self.measured, name)[self.stop - 1]) if self.stop else math.nan
        return found if math.isfinite(found) else None

    def input(self, name: str, value: float | None, unit: str, column: str = "", note: str = "") -> Input:
        """Return a value as an input: a symbol's own where `column` names one, else one computed from closes."""
        if column in self.live:
            return self.live[column]
        history = self.measured.history
        time = self._last_close()
        age = (self.now - time).total_seconds() if self.now else None
        symbol = column.partition(".")[0]
        return Input(name, value, unit, time, history.sources.get(symbol, "") if column else DERIVED, age, note)

    def made(self, name: str, measure: str, unit: str, symbol: str) -> Input:
        """Return a measure that follows from a symbol as an input, with that symbol's own time in progress."""
        found, origin = self.input(name, self.value(measure), unit), self.live.get(symbol)
        if origin is None:
            return found
        return replace(found, time=origin.time, source=origin.source, age_s=origin.age_s)

    def _last_close(self) -> datetime:
        """Return the close of the session, that of the one before while it is in progress."""
        closes = self.measured.history.closes
        is_open = self.time is not None and self.index and closes[self.index] > self.time.timestamp()
        return datetime.fromtimestamp(int(closes[self.index - 1 if is_open else self.index]), UTC)

    def close(self, name: str, measure: str, unit: str = "points") -> Input:
        """Return the value of a symbol, whose measure of that field name holds it, as an input."""
        return self.input(name, self.value(measure), unit, name)

    def future(self, number: int) -> Input:
        """Return the settlement of VXn as an input."""
        value = float(self.measured.vx[self.index, number - 1])
        return self.input(f"VX{number}", value if math.isfinite(value) else None, "points", f"VX{number}")

    def missing(self, *names: str) -> str:
        """Return why measures are unknown, the first of them that says so."""
        reasons = (why_missing(self.measured, name, self.index, self.stale) for name in names)
        return next((reason for reason in reasons if reason), "it cannot be computed from these values")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one rule read: value and threshold in `unit`, its inputs, and the reason in words if it is known."""

    reason: str
    inputs: tuple[Input, ...]
    value: float | None = None
    threshold: float | None = None
    unit: str = ""
    children: tuple[Verdict, ...] = ()


def verdict(rule: str, step: LayerStep, reading: Reading, switch: Switch | None = None) -> Verdict:
    """Return the rule's verdict: its word at the step, and what it read."""
    distance = None
    if reading.value is not None and reading.threshold is not None:
        distance = reading.threshold - reading.value
    return Verdict(
        rule=rule,
        says=WORDS[step.rules[rule]],
        reason=reading.reason,
        value=reading.value,
        threshold=reading.threshold,
        distance=distance,
        unit=reading.unit,
        inputs=reading.inputs,
        source=RULES[rule].source,
        children=reading.children,
        switch=switch,
    )


def beside(value: float, threshold: float, decimals: int) -> str:
    """Return "0.02 above", "1.3 below" or "at": how a trader says a distance before naming the threshold.

    A distance that would read 0 gets more decimals, so that "at" means at.
    """
    distance = abs(value - threshold)
    if distance < AT_THE_RUNG:
        return "at"
    shown = next((n for n in range(decimals, MOST_DECIMALS) if round(distance, n)), MOST_DECIMALS)
    return f"{distance:.{shown}f} {'above' if value > threshold else 'below'}"
