"""Do trees read as they are written, refuse what they are not, and know what follows from the known branches?"""

from itertools import product

import numpy as np
import pytest

from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.trees import Tree, TreeRefusedError, evaluate, evaluate_or, parse_tree, rules_in, tree_data

RULES = ("a", "b", "c", "d")
NESTED = {"any": ["a", {"all": ["b", {"any": ["c", "d"]}]}]}


@pytest.mark.playbook("004-24")
def test_a_tree_is_what_its_data_say() -> None:
    tree = parse_tree(NESTED, RULES)
    assert tree.word == "any"
    assert tree.branches[0] == Tree("rule", "a")
    assert tree_data(tree) == NESTED
    assert rules_in(tree) == RULES
    assert rules_in(None) == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("edr_rang", "there is no rule 'edr_rang': the rules are a, b, c, d"),
        ({"any": []}, "1 to 12 branches"),
        ({"any": "a"}, "1 to 12 branches"),
        ({"any": ["a"] * 13}, "1 to 12 branches"),
        ({"not": ["a"]}, "write a rule's name"),
        ({"any": ["a"], "all": ["b"]}, "write a rule's name"),
        ({"all": [1]}, "write a rule's name"),
        ({}, "write a rule's name"),
        (True, "write a rule's name"),
    ],
)
def test_what_is_no_tree_is_refused(data: object, told: str) -> None:
    with pytest.raises(TreeRefusedError, match=told):
        parse_tree(data, RULES)


def test_a_tree_too_deep_is_refused() -> None:
    data: object = "a"
    for _ in range(7):
        data = {"any": [data]}
    with pytest.raises(TreeRefusedError, match="at most 6 deep"):
        parse_tree(data, RULES)


@pytest.mark.parametrize("words", list(product((ON, OFF, UNKNOWN), repeat=4)))
def test_a_tree_is_unknown_exactly_when_the_unknown_rules_decide(words: tuple[int, ...]) -> None:
    ways = product(*[(ON, OFF) if word == UNKNOWN else (word,) for word in words])
    outcomes = {bool(a == ON or (b == ON and ON in {c, d})) for a, b, c, d in ways}
    expected = UNKNOWN if len(outcomes) == 2 else int(outcomes.pop())
    by_rule = {rule: np.array([word], dtype=np.int8) for rule, word in zip(RULES, words, strict=True)}
    assert evaluate(parse_tree(NESTED, RULES), by_rule)[0] == expected


def test_a_layer_without_a_tree_has_the_default_at_every_session() -> None:
    assert evaluate_or(None, {}, 3, default=True).tolist() == [ON] * 3
    assert evaluate_or(None, {}, 2, default=False).tolist() == [OFF] * 2
    words = {"a": np.array([UNKNOWN], dtype=np.int8)}
    assert evaluate_or(Tree("rule", "a"), words, 1, default=True).tolist() == [UNKNOWN]
