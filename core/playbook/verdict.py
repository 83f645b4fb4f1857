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
class Verdict:
    """One rule's word now. `distance` is threshold less value, in `unit`: what would switch it.

    `source` is the seed document's id or "assumption". `part` names the rule's place in the layer's tree:
    "arms", "confirms" or "blocks". `children` are the branches of an and/or tree.
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
    CLOSED = "closed"
