"""How are rules put together? And/or trees of rule names, as a playbook file writes them.

A tree is a rule's name, {any = [..]} or {all = [..]}, nested. There is no expression language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.kleene import OFF, ON, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    Words = NDArray[np.int8]

MAX_DEPTH = 6
MAX_BRANCHES = 12


class TreeRefusedError(ValueError):
    """A tree that is none; the message says where and why. The playbook's refusal carries it to the user."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A rule (`word` "rule", with its name) or a junction (`word` "any" or "all", with branches)."""

    word: str
    rule: str = ""
    branches: tuple[Tree, ...] = ()


def rules_of(tree: Tree) -> tuple[str, ...]:
    """Return the rules that a tree names, in its order."""
    return (tree.rule,) if tree.word == "rule" else tuple(name for one in tree.branches for name in rules_of(one))


def parse_tree(data: object, rules: Collection[str], depth: int = 0) -> Tree:
    """Return the tree that a TOML value writes.

    Raises TreeRefusedError for a rule that is not among `rules`, another form, no branch, too many or too deep.
    """
    if isinstance(data, str):
        if data not in rules:
            raise TreeRefusedError(f"there is no rule {data!r:.60}: the rules are {', '.join(sorted(rules))}")
        return Tree("rule", data)
    if not isinstance(data, dict) or len(data) != 1 or next(iter(data)) not in {"any", "all"}:
        raise TreeRefusedError('write a rule\'s name, {any = ["..", ".."]} or {all = ["..", ".."]}')
    word, branches = next(iter(data.items()))
    if not isinstance(branches, list) or not 1 <= len(branches) <= MAX_BRANCHES or depth >= MAX_DEPTH:
        raise TreeRefusedError(f"{word} takes a list of 1 to {MAX_BRANCHES} branches, at most {MAX_DEPTH} deep")
    return Tree(word, branches=tuple(parse_tree(branch, rules, depth + 1) for branch in branches))


def tree_data(tree: Tree | None) -> object:
    """Return the tree as plain data, the inverse of `parse_tree`: what the playbook's hash covers."""
    if tree is None:
        return None
    return tree.rule if tree.word == "rule" else {tree.word: [tree_data(branch) for branch in tree.branches]}


def evaluate(tree: Tree, words: Mapping[str, Words]) -> Words:
    """Return the tree's word at each session from the words of its rules (-1 unknown, 0 off, 1 on)."""
    if tree.word == "rule":
        return words[tree.rule]
    join = all_of if tree.word == "all" else any_of
    return join([evaluate(branch, words) for branch in tree.branches])


def evaluate_or(tree: Tree | None, words: Mapping[str, Words], length: int, *, default: bool) -> Words:
    """Return the tree's words, or the default at each of `length` sessions where a layer has no such tree."""
    if tree is None:
        return np.full(length, ON if default else OFF, dtype=np.int8)
    return evaluate(tree, words)


def rules_in(tree: Tree | None) -> tuple[str, ...]:
    """Return the names of the rules in a tree, in the order written."""
    if tree is None:
        return ()
    return (tree.rule,) if tree.word == "rule" else tuple(r for branch in tree.branches for r in rules_in(branch))
