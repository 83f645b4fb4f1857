"""What is a journal entry? A typed act, append-only, with its moment, market stamp and place in the chain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
"""What a body may hold: integers and strings, never floats. Money and prices are integers of 1e-8 (`_e8`)."""


class EntryKind(StrEnum):
    """Every kind of entry the journal knows."""

    JOURNAL_CREATED = "journal_created"
    CONDOR_OPENED = "condor_opened"
    CONDOR_CLOSED = "condor_closed"
    CONDOR_ROLLED = "condor_rolled"
    CONDOR_SETTLED = "condor_settled"
    LAYER_OPENED = "layer_opened"
    LAYER_CLOSED = "layer_closed"
    LAYER_ROLLED = "layer_rolled"
    LAYER_SETTLED = "layer_settled"
    LAYER_NAMED = "layer_named"
    NOTE_WRITTEN = "note_written"
    ACCOUNT_STATED = "account_stated"
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
    APPROVERS_NAMED = "approvers_named"
    CHANGE_PROPOSED = "change_proposed"
    CHANGE_APPROVED = "change_approved"
    CHANGE_REJECTED = "change_rejected"
    RULES_CHANGED = "rules_changed"
    OVERRIDE_RECORDED = "override_recorded"
    PLAN_SEALED = "plan_sealed"
    PROPOSAL_ACCEPTED = "proposal_accepted"
    ACT_UNDONE = "act_undone"
    ACT_REDONE = "act_redone"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The market and the rules at the moment of an entry; None where unknown then."""

    spx: float | None = None
    vix: float | None = None
    edr_pct: float | None = None
    rung: int | None = None
    playbook_hash: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that has been checked and is ready to be written. `note` is free text."""

    kind: EntryKind
    event_time: datetime
    body: Mapping[str, Json] = field(default_factory=dict)
    note: str = ""
    source_key: str = ""


class Told(NamedTuple):
    """As much of an entry as a replay reads; many of them are made at once, and a tuple is made quickly."""

    seq: int
    kind: EntryKind
    event_time: datetime
    body: Mapping[str, Json]
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One written entry. `hash` chains it to the entry before (`prev`).

    `note` is "" where there is none or where it was erased; `note_hash` then still tells which.
    `clock_flag`: the computer's clock stood before that of the entry before. `batch`, `n_in_batch`: entries
    committed together share a name and know how many they are. `source_key`, `occurrence`: what an import
    must not take twice.
    """

    seq: int
    kind: EntryKind
    event_time: datetime
    recorded_at: datetime
    stamp: Stamp
    body: Mapping[str, Json]
    note: str
    prev: str
    hash: str
    note_hash: str = ""
    clock_flag: bool = False
    batch: str = ""
    n_in_batch: int = 0
    source_key: str = ""
    occurrence: int = 0

    def with_hash(self, found: str) -> Entry:
        """Return the entry with its place in the chain."""
        return replace(self, hash=found)
