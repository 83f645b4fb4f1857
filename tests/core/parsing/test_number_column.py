"""Which number does a cell hold? Against a plain rule written out with Decimal."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.number_column import COUNT, LEVEL, PRICE, PRICE_OR_ZERO, Limits, read_numbers


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("17.240000", 17.24),
        ("2648.93994140625", 2648.93994140625),
        ("353.3999938964844", 353.3999938964844),
        ("5", 5.0),
        ("5.", 5.0),
        (".5", 0.5),
        ("+5.5", 5.5),
        (" 5.5\t", 5.5),
        ("007", 7.0),
    ],
)
def test_plain_digits_are_a_number(cell: str, value: float) -> None:
    found = read_numbers([cell], PRICE)
    assert found.values.tolist() == [value]
    assert not found.refused
    assert not found.missing.any()


@pytest.mark.parametrize("cell", ["", ".", "null", "  "])
def test_what_says_nothing_is_missing(cell: str) -> None:
    found = read_numbers(["1.5", cell], PRICE)
    assert found.missing.tolist() == [False, True]
    assert np.isnan(found.values).tolist() == [False, True]
    assert not found.refused


@pytest.mark.parametrize(
    "cell",
    [
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1e400",
        "1e5",
        "1E5",
        "1_000",
        "1,000.5",
        "3.839,50",
        "(5.00)",
        "$5",
        "5%",
        "0x10",
        "\u0663\u0664",  # Arabic digits
        "\uff11\uff12",  # full-width digits
        "\u22125",  # a typographic minus
        "5\u00a0",
        "--5",
        "1.2.3",
        "N/A",
        "NULL",
        "9" * 16,
        "5\x1c",
        "=1+1",
    ],
)
def test_anything_else_is_refused_by_row_with_the_text(cell: str) -> None:
    found = read_numbers(["1.5", cell, "2.5"], LEVEL)
    assert list(found.refused) == [1]
    assert "is not a plain number" in found.refused[1]
    assert repr(cell) in found.refused[1]
    assert np.isnan(found.values).tolist() == [False, True, False]
    assert not found.missing.any()


@pytest.mark.parametrize(
    ("limits", "good", "bad"),
    [
        (PRICE, ["0.01", "10000000"], ["0", "-0.0", "-5", "10000001"]),
        (PRICE_OR_ZERO, ["0", "0.00", "5"], ["-1", "99999999"]),
        (COUNT, ["0", "502", "12.0"], ["-1", "12.5", "1000001"]),
        (LEVEL, ["-0.75", "0", "8999999.9"], ["999999999999999"]),
    ],
)
def test_numbers_outside_the_limits_are_refused(limits: Limits, good: list[str], bad: list[str]) -> None:
    found = read_numbers(good + bad, limits)
    assert list(found.refused) == [len(good) + i for i in range(len(bad))]
    assert np.isnan(found.values).tolist() == [False] * len(good) + [True] * len(bad)


def test_a_long_cell_is_shown_short() -> None:
    assert len(read_numbers(["x" * 5000], PRICE).refused[0]) < 100


PLAIN = st.decimals(Decimal("0.000001"), Decimal(1_000_000), places=6, allow_nan=False, allow_infinity=False).map(
    str
)


@given(st.lists(PLAIN | st.sampled_from(["", ".", "null"]) | st.text(max_size=4), min_size=1, max_size=8))
def test_a_column_is_read_as_its_cells_are_one_by_one(cells: list[str]) -> None:
    cells = [cell.replace("\n", "").replace("\r", "") for cell in cells]
    whole = read_numbers(cells, PRICE)
    for row, cell in enumerate(cells):
        # a neighbour that is no number sends the cell down the slow path
        single = read_numbers([cell, "x"], PRICE)
        np.testing.assert_array_equal(whole.values[row], single.values[0])
        assert whole.missing[row] == single.missing[0]
        assert whole.refused.get(row) == single.refused.get(0)


@given(st.floats(0.001, 9e6).map(lambda value: f"{value:.12f}"))
def test_a_number_is_the_nearest_float(text: str) -> None:
    assert read_numbers([text], PRICE).values[0] == float(Decimal(text))
