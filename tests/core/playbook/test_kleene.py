"""Do the junctions have the truth tables of three-valued logic?"""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from core.playbook.kleene import OFF, ON, UNKNOWN, all_of, any_of, compared, count_at_least, lagged, negated
from tests.core.histories import NAN

# Kleene 1952: strong conjunction and disjunction, rows and columns off, unknown, on
ORDER = (OFF, UNKNOWN, ON)
AND = [[OFF, OFF, OFF], [OFF, UNKNOWN, UNKNOWN], [OFF, UNKNOWN, ON]]
OR = [[OFF, UNKNOWN, ON], [UNKNOWN, UNKNOWN, ON], [ON, ON, ON]]


def one(word: int) -> np.ndarray:
    return np.array([word], dtype=np.int8)


@pytest.mark.parametrize(("junction", "table"), [(all_of, AND), (any_of, OR)])
def test_the_tables_of_two_branches(junction: Callable, table: list) -> None:
    for (row, left), (column, right) in product(enumerate(ORDER), repeat=2):
        assert junction([one(left), one(right)])[0] == table[row][column]


def test_not() -> None:
    assert negated(np.array([ON, OFF, UNKNOWN], dtype=np.int8)).tolist() == [OFF, ON, UNKNOWN]


@pytest.mark.parametrize("branches", list(product((ON, OFF, UNKNOWN), repeat=4)))
@pytest.mark.parametrize("needed", [1, 2, 3, 4])
def test_a_count_is_known_when_the_unknown_ones_cannot_change_it(branches: tuple[int, ...], needed: int) -> None:
    # every way in which the unknown branches might turn out
    ways = product(*[(ON, OFF) if word == UNKNOWN else (word,) for word in branches])
    verdicts = {sum(word == ON for word in way) >= needed for way in ways}
    expected = UNKNOWN if len(verdicts) == 2 else int(verdicts.pop())
    assert count_at_least([one(word) for word in branches], needed)[0] == expected


def test_a_comparison_with_nothing_is_unknown() -> None:
    values = np.array([1.0, 3.0, NAN])
    assert compared(values, values > 2).tolist() == [OFF, ON, UNKNOWN]


def test_what_was_before_the_first_session_is_unknown() -> None:
    assert lagged(np.array([ON, OFF, ON], dtype=np.int8), 2).tolist() == [UNKNOWN, UNKNOWN, ON]
    assert lagged(np.array([ON], dtype=np.int8), 2).tolist() == [UNKNOWN]
