"""How did today go so far? A session worked out by hand, a half day, and a whole real day of minutes."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from core.market.quote import Quote
from core.market.times import new_york
from core.market.today import TodayBar, today_bar
from tests.core.market.exchange import calendar, real_file, utc

OPEN, CLOSE = utc("2018-02-05T14:30"), utc("2018-02-05T21:00")


def quotes(*pairs: tuple[str, float]) -> dict[str, tuple[Quote, ...]]:
    return {"VIX": tuple(Quote("VIX", value, utc(time)) for time, value in pairs)}


DAY = quotes(
    ("2018-02-02T20:59", 99.0),
    ("2018-02-05T14:29:59", 1.0),  # a second before the open
    ("2018-02-05T14:30", 18.44),
    ("2018-02-05T17:00", 17.01),
    ("2018-02-05T20:10", 38.80),
    ("2018-02-05T20:59", 37.30),
    ("2018-02-05T21:14", 37.32),
    ("2018-02-05T21:15:01", 50.0),  # a second after VIX is calculated
)


def bar(now: datetime, held: dict[str, tuple[Quote, ...]] = DAY) -> tuple[float | None, ...]:
    found = today_bar("VIX", now, calendar(), held)
    return found.open.value, found.high.value, found.low.value, found.last.value, found.quotes


def test_the_bar_grows_with_the_quotes_of_the_session() -> None:
    assert bar(OPEN) == (18.44, 18.44, 18.44, 18.44, 1)
    assert bar(utc("2018-02-05T19:00")) == (18.44, 18.44, 17.01, 17.01, 2)
    assert bar(utc("2018-02-05T20:30")) == (18.44, 38.80, 17.01, 38.80, 3)
    assert bar(CLOSE) == (18.44, 38.80, 17.01, 37.30, 4)


def test_after_the_close_it_stays_until_the_next_open() -> None:
    for now in (utc("2018-02-05T22:00"), utc("2018-02-06T14:29:59")):
        assert bar(now) == (18.44, 38.80, 17.01, 37.32, 5)
    assert bar(utc("2018-02-06T14:30")) == (None, None, None, None, 0)


def test_without_a_quote_every_figure_says_so() -> None:
    for held in ({}, quotes(("2018-02-02T20:59", 17.0))):
        found = today_bar("VIX", utc("2018-02-05T16:00"), calendar(), held)
        assert [f.unknown for f in (found.open, found.high, found.low, found.last)] == [
            "VIX: no quote of the session of 2018-02-05"
        ] * 4
        assert found.quotes == 0
    before = today_bar("VIX", utc("1969-01-01T00:00"), calendar(), {})
    assert (before.day, before.open.value) == (None, None)


def test_each_figure_names_the_quote_it_is() -> None:
    found = today_bar("VIX", CLOSE, calendar(), DAY)
    (used,) = found.high.inputs
    assert (used.value, used.time, used.source, used.age_s) == (38.80, utc("2018-02-05T20:10"), "typed", 3000)
    assert found.high.formula == "highest quote of the session of 2018-02-05"


def test_a_quote_that_came_too_late_and_one_of_the_future_make_no_bar() -> None:
    series = (
        Quote("VIX", 20.0, OPEN),
        Quote("VIX", 90.0, OPEN + timedelta(minutes=1), is_late=True),
        Quote("VIX", 21.0, OPEN + timedelta(minutes=2)),
        Quote("VIX", 80.0, OPEN + timedelta(minutes=9)),
    )
    assert bar(OPEN + timedelta(minutes=5), {"VIX": series}) == (20.0, 21.0, 20.0, 21.0, 2)


def test_on_a_half_day_the_session_ends_at_one() -> None:
    held = quotes(("2018-07-03T16:59", 15.0), ("2018-07-03T17:15", 15.5), ("2018-07-03T17:16", 16.0))
    assert bar(utc("2018-07-03T19:00"), held) == (15.0, 15.5, 15.0, 15.5, 2)


def test_a_real_day_of_minutes_gives_its_own_range() -> None:
    """The closes of the minutes of 2019-02-11 as quotes, against pandas."""
    file = real_file("intraday/vix_1min_2019-02.csv")
    frame = pd.read_csv(file)
    frame.columns = [str(name).lower() for name in frame.columns]
    times = pd.to_datetime(frame.iloc[:, 0])
    day = times.dt.date.unique()[len(times.dt.date.unique()) // 2]
    rows = frame[times.dt.date == day].assign(at=times[times.dt.date == day]).sort_values("at")
    rows = rows[
        (rows["at"].dt.time >= pd.Timestamp("09:30").time()) & (rows["at"].dt.time <= pd.Timestamp("16:15").time())
    ]
    series = tuple(
        Quote("VIX", float(value), new_york(day, at.time()))
        for at, value in zip(rows["at"], rows["close"], strict=True)
    )
    expected = [rows["close"].iloc[0], rows["close"].max(), rows["close"].min(), rows["close"].iloc[-1]]
    found: TodayBar = today_bar("VIX", new_york(day) + timedelta(hours=1), calendar(), {"VIX": series})
    assert [found.open.value, found.high.value, found.low.value, found.last.value] == pytest.approx(expected)
    assert found.quotes == len(rows) > 300
    assert found.day == day
