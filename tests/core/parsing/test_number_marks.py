"""What does a comma mean? Whole columns written with babel's rules by hand: English, Spanish, Brazilian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.number_marks import COMMA, POINT, decimal_mark, plain_cells
from core.parsing.table import ParseRefusedError


@pytest.mark.parametrize(
    ("cells", "said", "mark"),
    [
        (["17.24", "18.19"], "", POINT),
        (["3.839,50", "3.829,06"], "", COMMA),
        (["18,44", "9,5"], "", COMMA),
        (["1.1234", "1,234"], "", POINT),  # 1.1234 can only be a point before decimals
        (["2,648.94", "1,000"], "", POINT),
        (["115.592", "116.171"], COMMA, COMMA),  # a Brazilian index of 115,592 points
        (["115.592", "116.17"], COMMA, POINT),  # .17 is no group of thousands
        (["1,234", "5,678"], COMMA, COMMA),
        (["1,234", "5,678"], POINT, POINT),
        (["17", "18"], "", POINT),
        (["abc", "1,5"], "", COMMA),
        ([], "", POINT),
    ],
)
def test_the_whole_column_decides(cells: list[str], said: str, mark: str) -> None:
    assert decimal_mark([cells], said) == mark


def test_what_nothing_decides_is_refused() -> None:
    with pytest.raises(ParseRefusedError, match=r"'1,234': does the comma part decimals or thousands"):
        decimal_mark([["5,678", "1,234"], ["12"]])


def test_another_column_may_decide() -> None:
    assert decimal_mark([["5,678"], ["1,5"]]) == COMMA


def test_columns_that_contradict_each_other_are_left_to_be_refused_cell_by_cell() -> None:
    assert decimal_mark([["1.234,5", "1,234.5"]]) == POINT
    assert plain_cells(["1.234,5", "1,234.5", "7"], POINT) == ["1.234,5", "1234.5", "7"]


def test_cells_that_are_no_numbers_stay_as_they_are() -> None:
    assert plain_cells(["3.839,50", "-", "1.23", "12,5", "1.234"], COMMA) == [
        "3839.50",
        "-",
        "1.23",
        "12.5",
        "1234",
    ]


VALUES = st.decimals(0, 10**9, places=2, allow_nan=False).filter(lambda value: value % 1 != 0)


@given(st.lists(VALUES, min_size=1, max_size=10))
def test_both_ways_of_writing_give_the_same_numbers(values: list) -> None:
    english = [f"{value:,.2f}" for value in values]
    spanish = [text.translate(str.maketrans(",.", ".,")) for text in english]
    for cells in (english, spanish):
        mark = decimal_mark([cells])
        assert [float(cell) for cell in plain_cells(cells, mark)] == [float(value) for value in values]
