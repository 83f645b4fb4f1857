"""Are the distinct values those of numpy.unique, whatever the order they come in?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.market.distinct import distinct


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 30)), max_size=12))
def test_values_and_places_are_those_of_numpy(runs: list[tuple[int, int]]) -> None:
    values = np.array([value for value, length in runs for _ in range(length)], np.int64)
    unique, place = distinct(values)
    expected, where = np.unique(values, return_inverse=True)
    assert unique.tolist() == expected.tolist()
    assert place.tolist() == where.tolist()


def test_days_keep_their_kind() -> None:
    days = np.repeat(np.array(["2018-02-05", "2018-02-02"], "datetime64[D]"), 10)
    unique, place = distinct(days)
    assert unique.astype(str).tolist() == ["2018-02-02", "2018-02-05"]
    assert (unique[place] == days).all()
