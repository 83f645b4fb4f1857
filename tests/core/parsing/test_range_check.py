"""Do high and low contradict open or close? Bars written by hand, and every bar against the definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.range_check import broken_range

NAN = float("nan")


def why(*bar: float) -> str:
    names = ("open", "high", "low", "close")
    return broken_range({name: np.array([value]) for name, value in zip(names, bar, strict=True)}).get(0, "")


def test_the_open_of_2004_11_08_is_named() -> None:
    assert (
        why(2.58, 14.48, 13.68, 13.80) == "open 2.58 is below the low 13.68: the close counts, the range does not"
    )


@pytest.mark.parametrize(
    ("bar", "words"),
    [
        ((19.24, 18.57, 17.61, 17.70), "open 19.24 is above the high 18.57"),
        ((15, 16, 14, 17), "close 17 is above the high 16"),
        ((15, 14, 16, 15), "high 14 is below the low 16"),
        ((0, 16, 14, 15), "open is 0"),
        ((0, 0, 0, 15), "open is 0; high is 0; low is 0"),
    ],
)
def test_a_broken_bar_says_what_is_wrong(bar: tuple[float, ...], words: str) -> None:
    assert words in why(*bar)


@pytest.mark.parametrize(
    "bar", [(17.24, 17.24, 17.24, 17.24), (15, 16, 14, 16), (NAN, 16, 14, 15), (15, NAN, NAN, 15)]
)
def test_a_sound_bar_is_left_alone(bar: tuple[float, ...]) -> None:
    assert why(*bar) == ""


def test_closes_alone_have_no_range() -> None:
    assert broken_range({"close": np.array([1.0])}) == {}


@given(st.tuples(*[st.integers(1, 5).map(float)] * 4))
def test_a_bar_is_broken_when_low_or_high_is_not_the_extreme(bar: tuple[float, ...]) -> None:
    _, high, low, _ = bar
    assert bool(why(*bar)) == (low != min(bar) or high != max(bar))
