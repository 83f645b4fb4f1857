"""How do two playbooks differ? Key by key and tree by tree; and one playbook as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.playbook.registry import GROUPS, PARAMETERS
from core.playbook.trees import tree_data

if TYPE_CHECKING:
    from core.playbook.parameter import Parameter, Value
    from core.playbook.parameters import Playbook

PARTS = ("arm", "confirm", "block")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two playbooks set differently: a parameter's key or a tree's ("layers.2.arm").

    A value is that of the parameter; of a tree its text, "" where there is none.
    """

    key: str
    first: Value
    second: Value
    unit: str = ""
    source: str = ""


def compare(first: Playbook, second: Playbook) -> tuple[Difference, ...]:
    """Return every difference, parameters in the order of the registry, then trees by layer.

    Empty exactly where the two have the same hash.
    """
    parameters = (
        Difference(key, first.values[key], second.values[key], parameter.unit, parameter.source)
        for key, parameter in PARAMETERS.items()
        if first.values[key] != second.values[key]
    )
    mine, theirs = tree_texts(first), tree_texts(second)
    trees = (Difference(key, mine[key], theirs[key]) for key in mine if mine[key] != theirs[key])
    return (*parameters, *trees)


def tree_texts(playbook: Playbook) -> dict[str, str]:
    """Return every tree of a playbook by key ("layers.1.arm"), as text, "" where a layer has none."""
    return {
        f"layers.{number}.{part}": tree_text(tree_data(getattr(trees, part)))
        for number, trees in sorted(playbook.trees.items())
        for part in PARTS
    }


def tree_text(data: object, *, is_inner: bool = False) -> str:
    """Return a tree in words: `edr_rung or (rsi_spx_low and backwardation)`, "" for none."""
    if not isinstance(data, dict):
        return "" if data is None else str(data)
    word, branches = next(iter(data.items()))
    joined = (" or " if word == "any" else " and ").join(tree_text(branch, is_inner=True) for branch in branches)
    return f"({joined})" if is_inner and len(branches) > 1 else joined


def parameter_row(parameter: Parameter, value: Value) -> dict[str, Any]:
    """Return a parameter as a plain row: its value beside default, allowed values, unit and source."""
    return {
        "key": parameter.key,
        "value": value,
        "default": parameter.default,
        "changed": value != parameter.default,
        "allowed": parameter.allowed,
        "unit": parameter.unit,
        "source": parameter.source,
        "about": parameter.about,
    }


def playbook_record(playbook: Playbook) -> dict[str, Any]:
    """Return a playbook as plain data: its name, hash, parameters by heading, and trees."""
    return {
        **heading(playbook),
        "parameters": {
            group: [parameter_row(parameter, playbook.values[parameter.key]) for parameter in parameters]
            for group, parameters in GROUPS.items()
        },
        "trees": tree_texts(playbook),
    }


def heading(playbook: Playbook) -> dict[str, Any]:
    """Return what a list of playbooks shows of one."""
    return {
        "name": playbook.name,
        "title": playbook.title,
        "origin": playbook.origin,
        "hash": playbook.hash,
    }


def comparison_record(first: Playbook, second: Playbook) -> dict[str, Any]:
    """Return two playbooks compared as plain data."""
    rows = [
        {"key": d.key, "first": d.first, "second": d.second, "unit": d.unit, "source": d.source}
        for d in compare(first, second)
    ]
    return {"first": heading(first), "second": heading(second), "differences": rows}
