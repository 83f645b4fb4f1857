"""Can a look back see a number before it was published? Against release dates known from the agencies."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from core.market.context import CONTEXT, known_at, known_by
from core.market.events import MarketEvent
from core.market.series import DAILY, MONTHLY, Series
from core.market.times import exchange_time
from tests.core.market.exchange import calendar, utc


def series(symbol: str, days: list[str], interval: str = DAILY) -> Series:
    values = np.arange(len(days), dtype=float) + 100
    flags = np.zeros(len(days), np.bool_)
    return Series(symbol, "fred", np.array(days, "datetime64[D]"), {"close": values}, flags, interval)


def known(one: Series, events: list[MarketEvent] | None = None) -> list[str]:
    return [
        exchange_time(datetime.fromtimestamp(second, tz=utc("2018-01-01T00:00").tzinfo))
        for second in known_at(one, calendar(), events or []).tolist()
    ]


def releases(kind: str, *days: str) -> list[MarketEvent]:
    return [MarketEvent(date.fromisoformat(day), kind) for day in days]


CPI = series("CPIAUCSL", ["2017-11-01", "2017-12-01", "2018-01-01", "2018-02-01"], MONTHLY)
# Bureau of Labor Statistics: CPI of November 2017 .. February 2018
CPI_DAYS = releases("CPI", "2017-12-13", "2018-01-12", "2018-02-14", "2018-03-13")


def test_before_the_release_the_month_before_is_the_last_known() -> None:
    just_before, at_release = utc("2018-02-14T13:29"), utc("2018-02-14T13:30")
    assert known_by(CPI, just_before, calendar(), CPI_DAYS).days.astype(str).tolist() == [
        "2017-11-01",
        "2017-12-01",
    ]
    seen = known_by(CPI, at_release, calendar(), CPI_DAYS)
    assert seen.days[-1] == np.datetime64("2018-01-01")
    assert seen.columns["close"].tolist() == [100.0, 101.0, 102.0]
    assert (seen.interval, seen.symbol) == (MONTHLY, "CPIAUCSL")


def test_each_month_is_known_on_its_release_day() -> None:
    assert known(CPI, CPI_DAYS) == [f"{event.day} 08:30" for event in CPI_DAYS]


def test_without_a_calendar_the_fifteenth_of_the_next_month_moved_to_a_session() -> None:
    # 2018-01-15 is Martin Luther King day: the 16th
    assert known(CPI) == ["2017-12-15 08:30", "2018-01-16 08:30", "2018-02-15 08:30", "2018-03-15 08:30"]
    assert "15th" in CONTEXT["CPIAUCSL"].assumption


def test_a_calendar_with_a_gap_decides_only_where_it_reaches() -> None:
    assert known(CPI, CPI_DAYS[-1:]) == [
        "2017-12-15 08:30",
        "2018-01-16 08:30",
        "2018-02-15 08:30",
        "2018-03-13 08:30",
    ]
    far = releases("CPI", "2019-01-11")
    assert known(CPI, far) == known(CPI)


def test_releases_put_off_never_make_a_value_known_early() -> None:
    # producer prices of 2025: August on 09-10, September put off to 11-25, October and November on 2026-01-14
    ppi = series("PPIFIS", ["2025-08-01", "2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01"], MONTHLY)
    days = releases("PPI", "2025-09-10", "2025-11-25", "2026-01-14", "2026-01-30")
    expected = ["2025-09-10", "2025-11-25", "2026-01-14", "2026-01-14", "2026-01-30"]
    assert known(ppi, days) == [f"{day} 08:30" for day in expected]


def test_a_month_that_was_never_published_delays_no_other() -> None:
    # consumer prices of October 2025 do not exist; November's came on 2025-12-18
    cpi = series("CPIAUCSL", ["2025-09-01", "2025-11-01"], MONTHLY)
    assert known(cpi, releases("CPI", "2025-10-24", "2025-12-18")) == ["2025-10-24 08:30", "2025-12-18 08:30"]


def test_a_yield_is_known_when_the_next_session_opens() -> None:
    yields = series("DGS10", ["2018-02-02", "2018-02-05", "2018-02-16"])
    assert known(yields) == ["2018-02-05 09:30", "2018-02-06 09:30", "2018-02-20 09:30"]
    at_close = known_by(yields, utc("2018-02-05T21:00"), calendar())
    assert at_close.days.astype(str).tolist() == ["2018-02-02"]


def test_the_dollar_index_is_a_week_late() -> None:
    # published on Mondays for the week before; 2018-02-19 was a holiday
    assert known(series("DTWEXBGS", ["2018-02-05", "2018-02-12"])) == ["2018-02-12 16:15", "2018-02-20 16:15"]


def test_other_series_are_known_when_their_day_is_over() -> None:
    assert known(series("GOLD", ["2018-02-05"])) == ["2018-02-06 00:00"]
    assert known(series("M2SL", ["2018-01-01"], MONTHLY)) == ["2018-02-15 08:30"]


@pytest.mark.parametrize("symbol", sorted(CONTEXT))
def test_no_value_is_known_before_its_day_is_over(symbol: str) -> None:
    interval = MONTHLY if CONTEXT[symbol].month_day else DAILY
    days = [f"{year}-{month:02}-01" for year in (2019, 2020) for month in range(1, 13)]
    one = series(symbol, days, interval)
    last_days = [
        (date.fromisoformat(day) + timedelta(days=32)).replace(day=1) if interval == MONTHLY else day
        for day in days
    ]
    seconds = np.array(last_days, "datetime64[s]").astype(np.int64)
    assert (known_at(one, calendar()) > seconds).all()


def test_everything_known_is_the_series_itself() -> None:
    assert known_by(CPI, utc("2024-01-01T00:00"), calendar()) is CPI
    assert len(known_by(CPI, utc("2017-01-01T00:00"), calendar()).times) == 0
