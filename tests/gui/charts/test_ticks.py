from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.charts.ticks import date_ticks, value_texts, value_ticks


@pytest.mark.parametrize(
    ("low", "high", "at_most", "texts"),
    [
        (0.42, 1.93, 5, ["0.5", "1.0", "1.5"]),
        (0.42, 1.93, 8, ["0.6", "0.8", "1.0", "1.2", "1.4", "1.6", "1.8"]),
        (9.0, 37.3, 6, ["10", "15", "20", "25", "30", "35"]),
        (2550.0, 2900.0, 4, ["2,600", "2,700", "2,800", "2,900"]),
        (-51_000.0, 151_000.0, 5, ["-50,000", "0", "50,000", "100,000", "150,000"]),
        (0.0, 1.0, 4, ["0.00", "0.25", "0.50", "0.75", "1.00"]),
        (1.0, 1.0, 4, []),
    ],
)
def test_round_values(low: float, high: float, at_most: int, texts: list[str]) -> None:
    assert value_texts(value_ticks(low, high, at_most)) == texts


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e7), st.integers(1, 12))
def test_ticks_are_inside_evenly_spaced_and_few(low: float, width: float, at_most: int) -> None:
    ticks = value_ticks(low, low + width, at_most)
    assert len(ticks) <= at_most + 1
    assert all(low - width * 1e-6 <= tick <= low + width * (1 + 1e-6) for tick in ticks)
    assert np.allclose(np.diff(ticks), np.diff(ticks)[:1], rtol=1e-3)
    assert len(set(value_texts(ticks))) == len(ticks)


DAYS = np.busday_offset("2017-12-25", np.arange(3000))


def at(day: str) -> int:
    return int(np.flatnonzero(np.datetime64(day) == DAYS)[0])


def test_weeks_begin_on_their_first_session_and_the_year_is_said_once() -> None:
    found = date_ticks(DAYS).visible(0, 20, 0.05, 70)  # 20 pixels a session: a week is 100
    assert found == [(5, "Jan 1 2018"), (10, "Jan 8"), (15, "Jan 15"), (20, "Jan 22")]


def test_months_name_the_year_where_it_begins() -> None:
    found = date_ticks(DAYS).visible(at("2018-10-15"), at("2019-03-15"), 0.2, 70)  # a month is 105 pixels
    assert found == [
        (at("2018-11-01"), "Nov 2018"),
        (at("2018-12-03"), "Dec"),
        (at("2019-01-01"), "2019"),
        (at("2019-02-01"), "Feb"),
        (at("2019-03-01"), "Mar"),
    ]


def test_years_and_five_years() -> None:
    ticks = date_ticks(DAYS)
    assert [text for _, text in ticks.visible(0, 1400, 2.0, 70)] == [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
        "2023",
    ]
    assert [text for _, text in ticks.visible(0, 3000, 10.0, 70)] == ["2020", "2025"]


def test_the_ticks_of_thirty_years_stand_apart() -> None:
    days = np.busday_offset("1990-01-01", np.arange(8000))
    for per_pixel in (0.05, 0.2, 0.7, 2.0, 5.0, 12.0, 40.0):
        found = date_ticks(days).visible(0, 8000, per_pixel, 70)
        assert found
        gaps = np.diff([index for index, _ in found]) / per_pixel
        assert gaps.min() > 40 if len(gaps) else True
        assert all(days[index].item() >= date(1990, 1, 1) for index, _ in found)
