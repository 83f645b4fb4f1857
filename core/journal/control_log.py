"""How do the acts of control read in the hedge log? One line each, from the entry's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.body import integer, integer_or_none, text
from core.journal.control import texts
from core.journal.entry import EntryKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.journal.entry import Json

MOST_TOLD = 3


def _named(body: Mapping[str, Json]) -> str:
    return f"approvers: {', '.join(texts(body, 'names'))}"


def _proposed(body: Mapping[str, Json]) -> str:
    said = texts(body, "differences")
    more = f" and {len(said) - MOST_TOLD} more" if len(said) > MOST_TOLD else ""
    told = f" ({'; '.join(said[:MOST_TOLD])}{more})" if said else ""
    return f"{text(body, 'by')} proposed: {text(body, 'what')}{told}"


def _approved(body: Mapping[str, Json]) -> str:
    return f"{text(body, 'by')} approved proposal {integer(body, 'proposal')}"


def _rejected(body: Mapping[str, Json]) -> str:
    return f"{text(body, 'by')} rejected proposal {integer(body, 'proposal')}"


def _changed(body: Mapping[str, Json]) -> str:
    return f"rules in force: {text(body, 'playbook')}, by proposal {integer(body, 'proposal')}"


def _overridden(body: Mapping[str, Json]) -> str:
    proposal = integer_or_none(body, "proposal")
    agreed = f"by proposal {proposal}" if proposal is not None else "nobody was asked"
    return f"against: {text(body, 'against')}, {agreed}"


def _sealed(body: Mapping[str, Json]) -> str:
    return f"plan for {text(body, 'session')}: {'; '.join(texts(body, 'items'))}"


CONTROL_WORDS: dict[EntryKind, Callable[[Mapping[str, Json]], str]] = {
    EntryKind.APPROVERS_NAMED: _named,
    EntryKind.CHANGE_PROPOSED: _proposed,
    EntryKind.CHANGE_APPROVED: _approved,
    EntryKind.CHANGE_REJECTED: _rejected,
    EntryKind.RULES_CHANGED: _changed,
    EntryKind.OVERRIDE_RECORDED: _overridden,
    EntryKind.PLAN_SEALED: _sealed,
}
