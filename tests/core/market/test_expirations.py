"""Are a year's expiries the published ones, holiday-shifted ones too, and those of a real option chain?"""

import csv
from datetime import date, datetime

import pytest

from core.market.calendar import OutsideCalendarError, third_friday
from core.market.expirations import (
    month_ends,
    quarter_ends,
    spx_monthly_expiries,
    spxw_expiries,
    vix_monthly_expiries,
)
from tests.core.market.exchange import calendar, real_file

# Playbook 4.1
VIX_2025 = "01-22 02-19 03-18 04-16 05-21 06-18 07-16 08-20 09-17 10-22 11-19 12-17"
VIX_2026 = "01-21 02-18 03-18 04-15 05-19 06-17 07-22 08-19 09-16 10-21 11-18 12-16"


def of_year(year: int, days: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for day in days.split()]


@pytest.mark.parametrize(("year", "days"), [(2025, VIX_2025), (2026, VIX_2026)])
def test_the_vix_expiries_of_a_year(year: int, days: str) -> None:
    assert vix_monthly_expiries(year, calendar()) == of_year(year, days)


@pytest.mark.parametrize("day", ["2019-03-19", "2024-06-18", "2025-03-18", "2026-05-19"])
def test_holiday_shifted_vix_expiries_are_in_their_year(day: str) -> None:
    shifted = date.fromisoformat(day)
    assert shifted in vix_monthly_expiries(shifted.year, calendar())
    assert shifted.weekday() == 1


def test_the_spx_monthlies_are_third_fridays_but_for_holidays() -> None:
    shifted = []
    for year in range(2000, 2029):
        found = spx_monthly_expiries(year, calendar())
        assert [day.month for day in found] == list(range(1, 13))
        shifted += [day for day in found if day != third_friday(day.year, day.month)]
    # Good Fridays on a third Friday, and Juneteenth on or observed on one
    expected = "2000-04-20 2003-04-17 2008-03-20 2014-04-17 2019-04-18 2022-04-14 2025-04-17 2026-06-18"
    assert shifted == [date.fromisoformat(day) for day in (*expected.split(), "2027-06-17")]


def test_spxw_expires_on_every_session_as_a_real_chain_lists_it() -> None:
    with real_file("options/spx_quotedata_2023-09-01.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2 and row[1].startswith("SPXW")]
    listed = sorted({datetime.strptime(row[0], "%a %b %d %Y").date() for row in rows})  # noqa: DTZ007 - a day
    known = [day for day in spxw_expiries(2023, calendar()) if listed[0] <= day <= date(2023, 10, 6)]
    assert [day for day in listed if day <= date(2023, 10, 6)] == known
    assert len(known) == 24
    assert {day for day in listed if day.year == 2023} <= set(spxw_expiries(2023, calendar()))


def test_before_the_daily_listing_nothing_is_made_up() -> None:
    assert spxw_expiries(2021, calendar()) == []
    assert spxw_expiries(2022, calendar())[0] == date(2022, 5, 16)


def test_quarters_end_on_their_last_session() -> None:
    assert quarter_ends(2024, calendar()) == of_year(2024, "03-28 06-28 09-30 12-31")  # Good Friday 03-29
    assert quarter_ends(2017, calendar()) == of_year(2017, "03-31 06-30 09-29 12-29")
    assert len(month_ends(2024, calendar())) == 12
    assert month_ends(2024, calendar())[5] == date(2024, 6, 28)


def test_a_year_that_the_calendar_does_not_hold_is_refused() -> None:
    with pytest.raises(OutsideCalendarError):
        quarter_ends(2031, calendar())
    with pytest.raises(OutsideCalendarError):
        vix_monthly_expiries(2030, calendar())  # December 2030 needs January 2031
