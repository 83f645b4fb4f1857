"""When do the exchanges trade, and when do contracts expire? Against published dates and holiday lists."""

import csv
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from core.market.calendar import (
    OutsideCalendarError,
    build_sessions,
    missing_sessions,
    session_indexes,
    spx_monthly_expiry,
    third_friday,
    vix_expiries_after,
    vix_expiry,
)
from core.market.times import new_york
from tests.core.market.exchange import calendar, real_file, utc

PLAYBOOK_VIX_EXPIRIES = """
    2025: 01-22 02-19 03-18 04-16 05-21 06-18 07-16 08-20 09-17 10-22 11-19 12-17
    2026: 01-21 02-18 03-18 04-15 05-19 06-17 07-22 08-19 09-16 10-21 11-18 12-16
"""
SINGLE_VIX_EXPIRIES = [  # holiday-shifted Tuesdays, and two ordinary Wednesdays, as Cboe published them
    "2014-03-18",
    "2018-11-21",
    "2019-03-19",
    "2022-03-15",
    "2023-01-18",
    "2024-06-18",
    "2024-12-18",
]


def playbook_dates() -> list[date]:
    found = []
    for line in PLAYBOOK_VIX_EXPIRIES.split("\n"):
        year, _, days = line.strip().partition(":")
        found += [date.fromisoformat(f"{year}-{day}") for day in days.split()]
    return found


def test_the_playbook_lists_two_years_of_vix_expiries() -> None:
    assert len(playbook_dates()) == 24


@pytest.mark.parametrize("day", [*playbook_dates(), *map(date.fromisoformat, SINGLE_VIX_EXPIRIES)], ids=str)
def test_vix_expires_thirty_days_before_the_spx_monthly(day: date) -> None:
    assert vix_expiry(day.year, day.month, calendar()) == day


def test_vix_expires_two_days_before_the_third_friday_in_two_months_of_three() -> None:
    months = [(year, month) for year in range(2006, 2030) for month in range(1, 13)]
    gaps = [(vix_expiry(y, m, calendar()) - third_friday(y, m)).days for y, m in months]
    assert set(gaps) <= {-2, -3, 5, 4}
    assert sum(gap < 0 for gap in gaps) / len(gaps) == pytest.approx(313 / 480, abs=0.02)


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        (2018, 2, "2018-02-16"),
        (2014, 4, "2014-04-17"),  # Good Friday
        (2019, 4, "2019-04-18"),
        (2022, 4, "2022-04-14"),
        (2025, 4, "2025-04-17"),
        (2026, 6, "2026-06-18"),  # Juneteenth
        (2027, 6, "2027-06-17"),  # Juneteenth, observed on the Friday
        (2024, 12, "2024-12-20"),
    ],
)
def test_spx_expires_on_the_third_friday_or_the_session_before(year: int, month: int, expected: str) -> None:
    assert spx_monthly_expiry(year, month, calendar()) == date.fromisoformat(expected)


def test_the_front_future_expires_strictly_later() -> None:
    expected = [date(2018, 2, 14), date(2018, 3, 21), date(2018, 4, 18)]
    assert vix_expiries_after(date(2018, 2, 5), 3, calendar()) == expected
    assert vix_expiries_after(date(2018, 2, 14), 2, calendar()) == expected[1:]
    assert vix_expiries_after(date(2025, 12, 17), 2, calendar()) == [date(2026, 1, 21), date(2026, 2, 18)]


def test_half_days_close_at_one() -> None:
    for day in (date(2024, 7, 3), date(2024, 11, 29), date(2024, 12, 24)):
        assert calendar().close_of(day) == new_york(day, time(13, 0))
    assert calendar().close_of(date(2024, 7, 2)) == new_york(date(2024, 7, 2), time(16, 0))


def test_every_listed_holiday_and_early_close_is_one() -> None:
    with real_file("nyse_holidays_early_closes_2004_2027.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 274
    for row in rows:
        day = date.fromisoformat(row["date"])
        if row["kind"] == "closed":
            assert not calendar().is_session(day), row
        else:
            assert calendar().close_of(day) == new_york(day, time.fromisoformat(row["detail"])), row


def test_the_sessions_of_a_year_are_as_many_as_the_exchange_counts() -> None:
    years = calendar().days.astype("datetime64[Y]").astype(int) + 1970
    # the exchange's counts of trading days
    for year, count in {1970: 254, 1987: 253, 1990: 253, 2001: 248, 2012: 250, 2020: 253, 2024: 252}.items():
        assert (years == year).sum() == count, year


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2024-07-03T13:30", "2024-07-03T17:00", 3.5 * 3600),  # the whole half day
        ("2024-07-03T16:59", "2024-07-05T13:31", 60 + 60),  # over Independence Day
        ("2018-02-05T20:59", "2018-02-05T21:30", 60),
        ("2018-02-05T21:00", "2018-02-06T14:30", 0),  # overnight
        ("2018-02-03T12:00", "2018-02-04T12:00", 0),  # a weekend
        ("2018-02-05T14:00", "2018-02-06T21:30", 2 * 6.5 * 3600),
        ("2018-02-05T15:00:00", "2018-02-05T15:00:01.500", 1.5),
    ],
)
def test_only_trading_ages_a_quote(start: str, end: str, seconds: float) -> None:
    assert calendar().session_seconds(utc(start), utc(end)) == pytest.approx(seconds)


def test_a_session_is_open_from_its_first_to_its_last_second() -> None:
    opening, close = utc("2018-02-05T14:30"), utc("2018-02-05T21:00")
    assert calendar().is_open(opening)
    assert not calendar().is_open(datetime.fromtimestamp(opening.timestamp() - 1, UTC))
    assert not calendar().is_open(close)
    before = calendar().closed_by(datetime.fromtimestamp(close.timestamp() - 1, UTC))
    assert calendar().closed_by(close) == before + 1


def test_days_outside_the_calendar_are_refused_with_its_bounds() -> None:
    known = build_sessions(2020, 2021)
    for day in (date(2019, 12, 31), date(2022, 1, 1)):
        with pytest.raises(OutsideCalendarError, match=r"outside the exchange calendar, 2020-01-02 to 2021-12-31"):
            known.is_session(day)
    with pytest.raises(OutsideCalendarError):
        vix_expiry(2021, 12, known)


def test_days_find_their_sessions() -> None:
    days = np.array(["2018-02-05", "2018-02-04", "1900-01-01", "2199-01-01", "NaT", "1970-01-02"], "datetime64[D]")
    found = session_indexes(days, calendar())
    assert found.tolist()[1:] == [-1, -1, -1, -1, 0]
    assert calendar().days[found[0]] == days[0]


def test_missing_sessions_lie_between_first_and_last() -> None:
    have = np.array(["2018-02-02", "2018-02-07", "2018-02-04"], "datetime64[D]")
    assert missing_sessions(have, calendar()).astype(str).tolist() == ["2018-02-05", "2018-02-06"]
    assert len(missing_sessions(have[:0], calendar())) == 0


def test_sessions_between_counts_the_last_one() -> None:
    assert calendar().sessions_between(date(2018, 2, 2), date(2018, 2, 5)) == 1
    assert calendar().sessions_between(date(2024, 7, 3), date(2024, 7, 5)) == 1
