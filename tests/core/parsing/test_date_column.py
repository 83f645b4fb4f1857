"""Which day does a cell mean? Against time.strptime, over whole columns."""

import time
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.date_column import read_days
from core.parsing.table import ParseRefusedError

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def days_of(cells: list[str], *, month_first: bool = False) -> list[str]:
    return read_days(cells, range(2, len(cells) + 2), 1, month_first=month_first).values.astype(str).tolist()


def test_iso_dates() -> None:
    assert days_of(["2018-02-05", "2020-02-29"]) == ["2018-02-05", "2020-02-29"]


def test_a_layout_that_fixes_the_order_is_believed() -> None:
    assert days_of(["01/02/1990", "03/04/1990"], month_first=True) == ["1990-01-02", "1990-03-04"]


def test_a_day_above_twelve_decides_the_whole_column() -> None:
    assert days_of(["1/3/2014", "1/13/2014"]) == ["2014-01-03", "2014-01-13"]
    assert days_of(["1/3/2014", "13/1/2014"]) == ["2014-03-01", "2014-01-13"]


def test_a_column_that_decides_nothing_is_refused() -> None:
    with pytest.raises(ParseRefusedError, match="line 2, column 1: MM/DD or DD/MM"):
        days_of(["01/02/2014", "03/04/2014"])


def test_a_column_that_speaks_for_both_is_refused_with_both_lines() -> None:
    with pytest.raises(ParseRefusedError, match=r"line 4, column 1: line 4 is written MM/DD, line 3 DD/MM"):
        days_of(["01/02/2014", "13/01/2014", "01/13/2014"])


@pytest.mark.parametrize(
    "cell",
    ["2018-02-30", "2019-02-29", "1900-02-29", "0000-00-00", "2018-13-01", "1899-12-31", "2200-01-01", "", "x",
     "2018-2-5", "02/05/2018", "20180205", "2018-02-05T00:00", "2018-02-05 16:00", "\u0662018-02-05"],
)  # fmt: skip
def test_a_cell_that_is_no_day_is_refused_by_row(cell: str) -> None:
    found = read_days(["2018-02-05", cell, "2018-02-06"], [2, 3, 4], 1, month_first=False)
    assert list(found.refused) == [1]
    assert repr(cell) in found.refused[1]
    assert "YYYY-MM-DD" in found.refused[1]
    assert np.isnat(found.values).tolist() == [False, True, False]


@pytest.mark.parametrize("cell", ["13/01/2018", "02/30/2018", "00/10/2018", "2018-02-05", "1/1/18", "02/05/2018x"])
def test_a_fixed_order_refuses_what_it_cannot_mean(cell: str) -> None:
    found = read_days(["02/05/2018", cell, "12/31/2018"], [2, 3, 4], 1, month_first=True)
    assert list(found.refused) == [1]
    assert "MM/DD/YYYY" in found.refused[1]


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["%Y-%m-%d", "%m/%d/%Y"]))
def test_whole_columns_are_read_as_strptime_reads_them(days: list[date], form: str) -> None:
    cells = [f"{day:{form}}".rjust(10, "0") for day in days]
    expected = [time.strftime("%Y-%m-%d", time.strptime(cell, form)) for cell in cells]
    assert days_of(cells, month_first=True) == expected


@given(st.lists(DAYS, min_size=1, max_size=12), st.booleans())
def test_the_slow_path_reads_the_same(days: list[date], iso: bool) -> None:
    cells = [day.isoformat() if iso else f"{day.month}/{day.day}/{day.year}" for day in days]
    found = read_days([*cells, " ?"], range(len(cells) + 1), 1, month_first=True)
    assert found.values[:-1].astype(str).tolist() == [day.isoformat() for day in days]
    assert list(found.refused) == [len(cells)]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["05.02.2018", "31.12.2018"], ["2018-02-05", "2018-12-31"]),
        (["05.02.2018", "06.03.2018"], ["2018-02-05", "2018-03-06"]),  # dots are never MM.DD
        (["20180205", "20181231"], ["2018-02-05", "2018-12-31"]),
        (["05-13-2018", "02-05-2018"], ["2018-05-13", "2018-02-05"]),
        (["13-05-2018", "05-02-2018"], ["2018-05-13", "2018-02-05"]),
        (["2018/2/5", "2018/12/31"], ["2018-02-05", "2018-12-31"]),
        (["Feb 05, 2018", "Dec 31, 2018"], ["2018-02-05", "2018-12-31"]),
        (["February 5, 2018", "Dec 31 2018"], ["2018-02-05", "2018-12-31"]),
    ],
)
def test_other_forms(cells: list[str], days: list[str]) -> None:
    assert days_of(cells) == days
    found = read_days([*cells, "x"], range(9), 1)  # a cell that is no day sends the column down the slow path
    assert found.values[:-1].astype(str).tolist() == days
    assert list(found.refused) == [len(cells)]


def test_day_and_month_by_dashes_must_be_decided_too() -> None:
    with pytest.raises(ParseRefusedError, match="MM/DD or DD/MM"):
        days_of(["05-02-2018", "06-03-2018"])
    assert read_days(["05-02-2018"], [2], 1, day_first=True).values.astype(str).tolist() == ["2018-02-05"]
