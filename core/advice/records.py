"""What is proposed, why, and in which order? A proposal is never an order: nothing is assumed filled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.advice.checklist import Look
    from core.market.figure import Figure
    from core.playbook.verdict import Says
    from core.risk_state import ProposedFill


class Act(StrEnum):
    """What a proposal would do."""

    ROLL = "roll"
    PARTIAL_EXIT = "partial exit"
    UNWIND = "unwind"
    ADD = "add"
    SHRINK = "shrink"
    WATCH = "watch"
    EXIT_ALL = "exit all"


INNERMOST = "innermost"
EXIT_ONE = "exit_rule_one"
EXIT_TWO = "exit_rule_two"
REALIGNED = "unwind"
BREADTH_MINOR = "ad_minor"
NEXT_LAYER = "next_layer"
SHRINK_FIRST = "shrink_first"
RV_ABOVE_IV = "rv_above_iv"
HARVEST = "harvest"
STABLE = "edr_stable"
TEMPORARY = "temporary"
LAST = "exit_all"
ORDER = (
    INNERMOST,
    EXIT_ONE,
    EXIT_TWO,
    REALIGNED,
    BREADTH_MINOR,
    NEXT_LAYER,
    SHRINK_FIRST,
    RV_ABOVE_IV,
    HARVEST,
    STABLE,
    TEMPORARY,
    LAST,
)
"""The rows of the decision tables in the order of the seeds: layers inside out, layer before shrink, exit last."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One row of the decision tables at the last close (playbook 7.4).

    `says` is ON, OFF or UNKNOWN; `reason` what was read; `source` the seed; `since` the first session of the run
    that is on, None where it is not. `begins_s` are the UTC seconds of that session's close: what was done after
    it has answered the situation.
    """

    key: str
    title: str
    says: Says
    reason: str
    source: str
    since: date | None = None
    begins_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to consider, with the fills that it would take at model prices.

    `net` is what the ticket would bring in (positive) or cost, dollars before fees; `rho_before` and `rho_after`
    where a rolled hedge breaks even in the put wing. `blocked` says which rule stands against it, `unknown` why
    there is no ticket; either leaves the proposal on the list. `needs_reason`: it is recorded only with one.
    `beside` is the key of the proposal that comes first and makes this one an alternative.
    """

    key: str
    situation: str
    act: Act
    title: str
    reason: str
    source: str
    layer: int | None = None
    condor_id: int | None = None
    ticket: tuple[ProposedFill, ...] = ()
    net: Figure | None = None
    rho_before: Figure | None = None
    rho_after: Figure | None = None
    gain: Figure | None = None
    blocked: str = ""
    unknown: str = ""
    needs_reason: bool = False
    beside: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A promoter's pattern: what was done or left undone against the rules, to be answered by an override."""

    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """All situations, what they propose in the order of the seeds, and the patterns to be warned of.

    `day` is the session whose close is read, None without data. `window` says whether a roll falls into the
    hours of liquidity now, `looks` is the fixed list of the session.
    """

    as_of: datetime
    is_simulated: bool
    playbook_name: str
    playbook_hash: str
    day: date | None
    situations: tuple[Situation, ...]
    proposals: tuple[Proposal, ...]
    patterns: tuple[Pattern, ...]
    window: str
    looks: tuple[Look, ...] = ()
