"""What does a rule say? On, off, blocked or unknown, with inputs, threshold, distance, reason and source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.market.figure import Input


class Says(StrEnum):
    """The four words of a rule."""

    ON = "on"
    OFF = "off"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Level:
    """A level at which a rule switches, and what it is measured from."""

    value: float
    now: float

    @property
    def distance(self) -> float:
        """The level less what is now."""
        return self.value - self.now


@dataclass(frozen=True, slots=True)
class Switch:
    """What one close more would turn a rule the other way, in EDR (percent), VIX and SPX (points).

    `turns` is what the rule says from there on. A level is None where the rule does not follow it; `note`
    says why, and what was assumed for those that are known.
    """

    turns: Says
    edr_pct: Level | None = None
    vix: Level | None = None
    spx: Level | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's word now. `distance` is threshold less value, in `unit`; `switch` what would turn it round.

    `source` is the seed document's id or "assumption". `part` names the rule's place in the layer's tree:
    "arms", "confirms" or "blocks". `children` are the branches of an and/or tree; a tree, a rule made of
    other rules and an unknown rule have no `switch` of their own.
    """

    rule: str
    says: Says
    reason: str
    part: str = ""
    value: float | None = None
    threshold: float | None = None
    distance: float | None = None
    unit: str = ""
    inputs: tuple[Input, ...] = ()
    source: str = ""
    children: tuple[Verdict, ...] = ()
    switch: Switch | None = None


class Trigger(StrEnum):
    """The market's word for a layer (playbook 7.3)."""

    OFF = "off"
    ARMED = "armed"
    CONFIRMED = "confirmed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


TRIGGERS = tuple(Trigger)
"""The order in which triggers are stored as small integers in arrays."""


class PositionState(StrEnum):
    """The journal's word for a layer (playbook 7.3)."""

    NONE = "none"
    PROPOSED = "proposed"
    LIVE = "live"
    EXPIRED = "expired"  # every open leg is past its expiry: held on paper until its settlement is entered
    CLOSED = "closed"
