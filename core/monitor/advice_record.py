"""How do proposals look as plain data? What `tickets --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.advice.accepting import fill_text
from core.monitor.plain import Unknown, or_why, plain_record
from core.monitor.risk_record import risk_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.advice.records import Advice, Proposal, Situation
    from core.risk_state import RiskState


def advice_record(found: Advice, effects: Mapping[str, RiskState]) -> dict[str, Any]:
    """Return all that `tickets --json` prints; `effects` are risk pictures by the key of a proposal."""
    return plain_record(
        {
            "as_of": found.as_of,
            "simulated": found.is_simulated,
            "playbook": {"name": found.playbook_name, "hash": found.playbook_hash},
            "day": or_why(found.day, "no session has closed"),
            "situations": [_situation(row) for row in found.situations],
            "proposals": [_proposal(one) for one in found.proposals],
            "patterns": [{"key": one.key, "text": one.text, "source": one.source} for one in found.patterns],
            "hours": found.window,
            "checklist": [{"at": one.at, "what": one.what, "now": one.is_now} for one in found.looks],
            "effects": {key: risk_record(state) for key, state in effects.items()},
        }
    )


def _situation(row: Situation) -> dict[str, Any]:
    return {
        "key": row.key,
        "title": row.title,
        "says": row.says.value,
        "reason": row.reason,
        "source": row.source,
        "since": or_why(row.since, "it is not on"),
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    nothing = one.unknown or "it has no ticket"
    return {
        "key": one.key,
        "situation": one.situation,
        "act": one.act.value,
        "title": one.title,
        "reason": one.reason,
        "source": one.source,
        "layer": or_why(one.layer, "it is about no one layer"),
        "condor": or_why(one.condor_id, "it is about no one condor"),
        "ticket": [fill_text(fill) for fill in one.ticket],
        "net": or_why(one.net, nothing),
        "rho_before": or_why(one.rho_before, "no roll"),
        "rho_after": or_why(one.rho_after, "no roll"),
        "gain": or_why(one.gain, "it realises nothing that is known"),
        "blocked": one.blocked,
        "no_ticket": Unknown(one.unknown) if one.unknown else "",
        "needs_reason": one.needs_reason,
        "beside": one.beside,
        "notes": list(one.notes),
    }
