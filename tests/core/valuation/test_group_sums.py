"""Are legs added up by group, shared legs in each of theirs, and nothing where a group has none of them?"""

import numpy as np

from core.valuation.group_sums import GroupSums
from core.valuation.revalue import Group


def group(*rows: int) -> Group:
    return Group("", np.array(rows, np.intp), 0.0)


def test_sums_are_those_of_each_groups_own_rows() -> None:
    sums = GroupSums([group(0, 1), group(), group(1, 3, 4), group(2)], 6)
    values = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    found = sums.add(np.array([0, 1, 4]), values)  # rows 2, 3 and 5 are not asked about
    assert found.tolist() == [[3.0, 30.0], [0.0, 0.0], [6.0, 60.0], [0.0, 0.0]]


def test_no_groups_and_no_rows() -> None:
    assert GroupSums([], 3).add(np.array([0]), np.ones((1, 2))).shape == (0, 2)
    assert GroupSums([group(0)], 3).add(np.array([], np.intp), np.empty((0, 2))).tolist() == [[0.0, 0.0]]
