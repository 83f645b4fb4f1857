"""Is a long file read as a short one is? Every packed column against the same cells read one by one."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.parsing import table
from core.parsing.date_column import read_days
from core.parsing.number_column import LEVEL, read_numbers
from core.parsing.packed import PackedColumn, pack
from core.parsing.table import MAX_LINE, ParseRefusedError, read_table

NUMBERS = st.decimals(0, 10**9, places=4, allow_nan=False).map(str) | st.from_regex(
    r"[0-9]{0,12}\.?[0-9]{0,10}", fullmatch=True
)
ODD = st.sampled_from(["", ".", "null", "-5", "1e5", " 5", "5 ", "5.5.5", "nan", "9" * 16, "1" * 30, "0x1"])
DAYS = st.dates().map(str) | st.sampled_from(["2018-02-30", "1899-01-01", "2018-2-5", "20180205"])


def column_of(cells: list[str]) -> PackedColumn:
    found = pack("a,b\n" + "".join(f"x,{cell}\n" for cell in cells), ",", MAX_LINE)
    assert found is not None
    return found[1][1]


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=30), st.lists(ODD, max_size=1))
def test_packed_numbers_are_those_of_the_cells(cells: list[str], odd: list[str]) -> None:
    cells = cells + odd
    slow, fast = read_numbers(cells, LEVEL), read_numbers(column_of(cells), LEVEL)
    np.testing.assert_array_equal(slow.values, fast.values)
    np.testing.assert_array_equal(slow.missing, fast.missing)
    assert slow.refused == fast.refused


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=20))
def test_packed_days_are_those_of_the_cells(cells: list[str]) -> None:
    slow, fast = (read_days(one, range(len(cells)), 1) for one in (cells, column_of(cells)))
    np.testing.assert_array_equal(slow.values, fast.values)
    assert slow.refused == fast.refused


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.25", "100.5", "7"], [1.25, 100.5, 7.0]),
        (["5.", "6", "12."], [5.0, 6.0, 12.0]),
        ([".5", "0.25", "00.125"], [0.5, 0.25, 0.125]),
        (["2648.93994140625", "0.1", "123456789012345"], [2648.93994140625, 0.1, 123456789012345.0]),
        (["0"], [0.0]),
    ],
)
def test_numbers_are_read_from_their_digits(cells: list[str], values: list[float]) -> None:
    found = column_of(cells).decimals()
    assert found is not None
    assert found.tolist() == values


@pytest.mark.parametrize("cell", ["", ".", "-1", "+1", "1e3", " 1", "1.2.3", "9" * 16, "0." + "1" * 15, "a"])
def test_a_cell_that_is_not_plain_is_left_to_the_slow_way(cell: str) -> None:
    assert column_of(["1.5", cell]).decimals() is None


LINES = st.lists(
    st.lists(st.text('ab1," \r', max_size=4), min_size=1, max_size=4).map(",".join), min_size=1, max_size=6
)


@settings(deadline=None, max_examples=400)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_packed_table_has_the_same_cells_on_the_same_lines(
    lines: list[str], end: str, ends_with_it: bool
) -> None:
    text = end.join(lines) + (end if ends_with_it else "")
    read = []
    for limit in (table.PACKED_FROM, 0):
        with mock.patch.object(table, "PACKED_FROM", limit):
            try:
                found = read_table(text)
                columns = [list(column) for column in found.columns]
                read.append((found.header, list(found.lines), columns, [str(one) for one in found.refused]))
            except ParseRefusedError as error:
                read.append(str(error))
    assert read[0] == read[1]


def test_long_plain_text_is_packed_and_odd_text_is_not() -> None:
    row = "2018-02-05,37.32\r\n"
    plain = "DATE,VIX\r\n" + row * 5000
    assert all(isinstance(column, PackedColumn) for column in read_table(plain).columns)
    for odd in (
        plain + '"2018-02-06","1"\r\n',
        plain + "2018-02-06\r\n",
        plain + "\u00e1,1\r\n",
        plain + "\r\n\r\n1,2",
    ):
        assert not any(isinstance(column, PackedColumn) for column in read_table(odd).columns)
