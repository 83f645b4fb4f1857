"""How does a playbook become a file again? As TOML with every parameter, its meaning and its source beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.playbook.registry import GROUPS
from core.playbook.trees import tree_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.playbook.parameter import Parameter, Value
    from core.playbook.parameters import LayerTrees, Playbook

PARTS = ("arm", "confirm", "block")


def playbook_text(playbook: Playbook) -> str:
    """Return the TOML text that `parse_playbook` reads as the same rules: the hash is the same.

    Every parameter is written, also those at their default: what a file says does not change with the program.
    """
    return "\n".join(_lines(playbook)) + "\n"


def _lines(playbook: Playbook) -> Iterator[str]:
    yield f"title = {_quoted(playbook.title)}"
    yield f"origin = {_quoted(playbook.origin)}"
    yield ""
    yield "[parameters]"
    for group, parameters in GROUPS.items():
        yield ""
        yield f"# {group}"
        yield from (_parameter(parameter, playbook.values[parameter.key]) for parameter in parameters)
    for number, trees in sorted(playbook.trees.items()):
        yield ""
        yield f"[layers.{number}]"
        yield from _trees(trees)


def _parameter(parameter: Parameter, value: Value) -> str:
    return f"{parameter.key} = {value_toml(value)}  # {parameter.about}; {parameter.source}; {parameter.allowed}"


def _trees(trees: LayerTrees) -> Iterator[str]:
    for part in PARTS:
        tree = getattr(trees, part)
        if tree is not None:
            yield f"{part} = {_tree(tree_data(tree))}"


def _tree(data: object) -> str:
    if not isinstance(data, dict):
        return _quoted(str(data))
    word, branches = next(iter(data.items()))
    return f"{{ {word} = [{', '.join(_tree(branch) for branch in branches)}] }}"


def value_toml(value: Value) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
