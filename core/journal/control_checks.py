"""Which names, reasons and lines does an act of control take?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.layer_acts import check_number_of_layer
from core.positions.values import MAX_NAME_LENGTH, check_text, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.playbook.parameters import Playbook

MAX_APPROVERS = 10
MAX_WHAT_LENGTH = 200


def checked_reason(reason: str) -> str:
    """Return the reason without blanks around it; refused where there is none."""
    check_text("reason", reason)
    require(bool(reason.strip()), "reason", "is needed")
    return reason.strip()


def checked_name(field: str, name: str) -> str:
    """Return a person's name: one line of at most 40 visible characters."""
    cleaned = " ".join(name.split())
    check_text(field, cleaned, MAX_NAME_LENGTH)
    require(cleaned.isprintable() and bool(cleaned), field, "must be a name in one line")
    return cleaned


def checked_names(names: Sequence[str], playbook: Playbook) -> tuple[str, ...]:
    """Return the approvers' names, each once and no more than the playbook has."""
    found = tuple(checked_name("names", name) for name in names)
    require(bool(found), "names", "at least one is needed")
    require(len(set(found)) == len(found), "names", "each name once")
    most = min(playbook.count("approvals.of"), MAX_APPROVERS)
    require(len(found) <= most, "names", f"the playbook has {most} approvers (approvals.of), not {len(found)}")
    return found


def check_what(field: str, what: str) -> None:
    """Refuse what is not one line of visible characters."""
    check_text(field, what, MAX_WHAT_LENGTH)
    require(bool(what.strip()) and what.strip().isprintable(), field, "must be one line")


def checked_layer(layer: int | None) -> int | None:
    """Return a layer's number, None where none is meant."""
    if layer is not None:
        check_number_of_layer(layer)
    return layer
