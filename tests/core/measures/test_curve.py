"""Is the pair of the rule the first whose front has five days left, and VX at 30 days on the line between two?"""

from datetime import date

import numpy as np
import pytest

from core.market.calendar import vix_expiries_after
from core.measures.curve import (
    backwardation_pct,
    constant_maturity,
    contango_pct,
    days_to_expiries,
    monthly_expiries,
    rule_backwardation_pct,
    rule_front,
    settlements,
)
from tests.core.histories import NAN, calendar, history_of, real_history

# Playbook 4.1, the published monthly VIX expiries
EXPIRIES_2025 = [
    "01-22",
    "02-19",
    "03-18",
    "04-16",
    "05-21",
    "06-18",
    "07-16",
    "08-20",
    "09-17",
    "10-22",
    "11-19",
    "12-17",
]


def front(day: str, min_days: int = 5) -> int:
    return int(rule_front(np.array([day], dtype="datetime64[D]"), np.array([True]), calendar(), min_days)[0])


def test_the_expiries_of_a_year_are_the_published_ones() -> None:
    found = monthly_expiries(np.datetime64("2025-01-02"), np.datetime64("2025-11-30"), calendar())
    assert [str(day) for day in found[:12]] == [f"2025-{day}" for day in EXPIRIES_2025]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2020-03-12", 1),  # 6 days before 2020-03-18
        ("2020-03-13", 1),  # 5
        ("2020-03-16", 2),  # 2
        ("2020-03-17", 2),  # 1
        ("2020-03-18", 1),  # expiry day: VX1 is April already
        ("2024-06-13", 1),  # 5 days before the Tuesday 2024-06-18
        ("2024-06-14", 2),
    ],
)
def test_the_front_needs_five_calendar_days(day: str, number: int) -> None:
    assert front(day) == number


@pytest.mark.parametrize("min_days", [0, 5, 27])
def test_every_session_of_two_years_agrees_with_the_expiries_one_by_one(min_days: int) -> None:
    days = calendar().days[
        (calendar().days >= np.datetime64("2018-01-01")) & (calendar().days < np.datetime64("2020-01-01"))
    ]
    found = rule_front(days, np.ones(len(days), dtype=bool), calendar(), min_days)
    for day, number in zip(days.tolist(), found.tolist(), strict=True):
        left = [(expiry - day).days for expiry in vix_expiries_after(day, 3, calendar())]
        assert number == 1 + next(n for n, days_left in enumerate(left) if days_left >= min_days)


def test_march_2020_raw_and_by_rule() -> None:
    # published settlements of 2020-03-16
    history = history_of("2020-03-16", VX1=[72.625], VX2=[59.15], VX3=[44.875])
    vx = settlements(history)
    assert vx.shape == (1, 8)
    assert backwardation_pct(vx)[0] == pytest.approx(22.8, abs=0.05)
    assert rule_backwardation_pct(vx, np.array([2], dtype=np.int8))[0] == pytest.approx(31.8, abs=0.05)


def test_contango_is_negative_and_a_missing_leg_unknown() -> None:
    vx = np.array([[15.0, 16.0, 17.0], [15.0, NAN, 17.0]])
    assert backwardation_pct(vx)[0] == pytest.approx(-6.25)
    assert np.isnan(backwardation_pct(vx)[1])
    assert np.isnan(rule_backwardation_pct(vx, np.array([0, 2], dtype=np.int8))).all()


def test_no_front_where_nothing_is_asked_or_the_calendar_ends() -> None:
    days = np.array(["2018-01-03", "2018-01-04"], dtype="datetime64[D]")
    assert rule_front(days, np.array([False, True]), calendar(), 5).tolist() == [0, 1]
    assert calendar().last == date(2026, 12, 31)
    assert front("2026-12-30") == 0  # the January expiry needs February's third Friday


@pytest.mark.playbook("001-4")
def test_contango_of_every_pair() -> None:
    found = contango_pct(np.array([[20.0, 21.0, 20.0, NAN, 24.0]]))
    assert found[0, :2] == pytest.approx([5.0, -100 / 21])
    assert np.isnan(found[0, 2:]).all()


def test_thirty_days_on_2018_02_05_by_hand() -> None:
    # VX1 33.225 expires 2018-02-14, 9 days off; VX2 27.975 on 2018-03-21, 44 days: 21/35 of the way
    days = np.array(["2018-02-05"], dtype="datetime64[D]")
    left = days_to_expiries(days, 3, calendar())
    assert left.tolist() == [[9.0, 44.0, 72.0]]
    assert constant_maturity(np.array([[33.225, 27.975, 24.675]]), left)[0] == pytest.approx(30.075)


def test_thirty_days_agree_with_numpys_interpolation_on_real_settlements() -> None:
    history = real_history()
    vx = settlements(history)
    days = np.flatnonzero(np.isfinite(vx[:, :3]).all(axis=1))
    left = days_to_expiries(history.days, 8, calendar())
    found = constant_maturity(vx, left)
    bracketed = days[left[days, 0] <= 30]
    expected = [np.interp(30.0, left[day, :3], vx[day, :3]) for day in bracketed]
    assert len(expected) > 2500
    np.testing.assert_allclose(found[bracketed], expected, rtol=1e-12)
    beyond = days[left[days, 0] > 30]
    assert len(beyond) > 100
    assert left[beyond, 0].max() == 35  # never more than five days of extension
    line = [np.polynomial.Polynomial.fit(left[day, :2], vx[day, :2], 1)(30.0) for day in beyond]
    np.testing.assert_allclose(found[beyond], line, rtol=1e-9)


def test_a_price_of_the_pair_that_is_missing_is_unknown() -> None:
    left = np.array([[9.0, 44.0, 72.0]])
    assert np.isnan(constant_maturity(np.array([[NAN, 28.0, 25.0]]), left)).all()
    assert constant_maturity(np.array([[33.0, 28.0, NAN]]), left)[0] == pytest.approx(30.0)


def test_days_to_expiries_end_with_the_calendar() -> None:
    days = np.array(["2026-09-01", "2026-10-30"], dtype="datetime64[D]")
    left = days_to_expiries(days, 3, calendar())
    assert np.isfinite(left).tolist() == [[True, True, True], [True, False, False]]
    assert days_to_expiries(days[:0], 3, calendar()).shape == (0, 3)
