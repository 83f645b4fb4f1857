"""What is a symbol's value at a moment? Cases worked out on the days around 2018-02-05."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from core.market.quote import Quote
from core.market.series import History
from core.market.snapshot import Ages, live_quote, reading
from tests.core.market.exchange import calendar, utc

NAN = float("nan")
AGES = Ages()
CLOSE_FRIDAY, CLOSE_MONDAY = utc("2018-02-02T21:00"), utc("2018-02-05T21:00")


def history(values: list[float]) -> History:
    """VIX from 2018-02-01 on; 2018-02-05 is the third session."""
    first = int(np.searchsorted(calendar().days, np.datetime64("2018-02-01")))
    return History(calendar(), first, len(values), {"VIX": np.array(values)}, {"VIX": "cboe"})


FULL = history([13.47, 17.31, 37.32])
LACKING_MONDAY = history([13.47, 17.31, NAN])


def quotes(*pairs: tuple[datetime, float]) -> dict[str, tuple[Quote, ...]]:
    return {"VIX": tuple(Quote("VIX", value, time) for time, value in pairs)}


def test_the_close_holds_until_the_next_close() -> None:
    for now in (CLOSE_MONDAY, utc("2018-02-06T14:31"), utc("2018-02-06T20:59:59")):
        figure = reading("VIX", now, FULL, {}, AGES)
        assert figure.value == 37.32
        (used,) = figure.inputs
        assert (used.time, used.source, used.unit) == (CLOSE_MONDAY, "cboe", "points")
        assert used.age_s == (now - CLOSE_MONDAY).total_seconds()
        assert not figure.is_amber


def test_before_the_close_the_day_is_not_looked_at() -> None:
    assert reading("VIX", CLOSE_MONDAY - timedelta(seconds=1), FULL, {}, AGES).value == 17.31
    assert reading("VIX", utc("2018-02-04T12:00"), FULL, {}, AGES).value == 17.31


def test_a_missing_close_makes_the_value_unknown_not_older() -> None:
    figure = reading("VIX", CLOSE_MONDAY, LACKING_MONDAY, {}, AGES)
    assert figure.value is None
    assert (
        figure.unknown == "VIX: last close 2018-02-02, the session of 2018-02-05 has closed since and is missing"
    )
    after = reading("VIX", utc("2018-02-07T22:00"), FULL, {}, AGES)
    assert after.unknown == "VIX: last close 2018-02-05, the session of 2018-02-07 has closed since and is missing"


def test_a_symbol_that_never_came_is_unknown() -> None:
    nothing = "nothing imported or quoted by then"
    assert reading("SPX", CLOSE_MONDAY, FULL, {}, AGES).unknown == f"SPX: {nothing}"
    assert reading("VIX", utc("2018-02-01T20:00"), FULL, {}, AGES).unknown == f"VIX: {nothing}"
    assert reading("VIX", CLOSE_MONDAY, History(calendar(), 0, 0), {}, AGES).unknown == f"VIX: {nothing}"


@pytest.mark.parametrize(
    ("seconds", "value", "amber"),
    [(0, 30.0, False), (60, 30.0, False), (61, 30.0, True), (1800, 30.0, True), (1801, None, False)],
)
def test_a_quote_ages_in_session(seconds: int, value: float | None, amber: bool) -> None:
    quoted = utc("2018-02-05T16:00")
    now = quoted + timedelta(seconds=seconds)
    figure = reading("VIX", now, FULL, quotes((quoted, 30.0)), AGES)
    assert (figure.value, figure.is_amber) == (value, amber)
    assert figure.inputs[0].age_s == seconds
    assert figure.inputs[0].time == quoted


def test_a_stale_quote_never_falls_back_to_yesterday() -> None:
    quoted = utc("2018-02-05T16:00")
    figure = reading("VIX", quoted + timedelta(minutes=47), FULL, quotes((quoted, 30.0)), AGES)
    assert figure.unknown == "VIX: last quote 47 min old in session"
    assert figure.value is None


def test_a_quote_does_not_age_while_the_exchange_is_shut() -> None:
    quoted = utc("2018-02-02T21:05")  # Friday, after the close
    figure = reading("VIX", utc("2018-02-05T14:30"), history([13.47, 17.31]), quotes((quoted, 18.0)), AGES)
    assert (figure.value, figure.is_amber) == (18.0, False)
    assert figure.inputs[0].age_s == (utc("2018-02-05T14:30") - quoted).total_seconds()


def test_the_later_of_quote_and_close_counts_and_a_tie_goes_to_the_close() -> None:
    last_second = quotes((CLOSE_MONDAY - timedelta(seconds=1), 36.0))
    assert reading("VIX", CLOSE_MONDAY, FULL, last_second, AGES).value == 37.32
    assert reading("VIX", CLOSE_MONDAY, FULL, quotes((CLOSE_MONDAY, 36.0)), AGES).value == 37.32
    assert reading("VIX", CLOSE_MONDAY, LACKING_MONDAY, last_second, AGES).value == 36.0
    later = quotes((CLOSE_MONDAY + timedelta(seconds=1), 38.0))
    assert reading("VIX", CLOSE_MONDAY + timedelta(minutes=5), FULL, later, AGES).value == 38.0


def test_a_quote_of_the_future_is_not_looked_at() -> None:
    now = utc("2018-02-05T16:00")
    future = quotes((now - timedelta(seconds=5), 30.0), (now + timedelta(seconds=1), 50.0))
    assert reading("VIX", now, FULL, future, AGES).value == 30.0


def test_the_limits_are_the_users() -> None:
    quoted = utc("2018-02-05T16:00")
    strict = Ages(amber_s=5, unknown_s=10)
    at = {
        s: reading("VIX", quoted + timedelta(seconds=s), FULL, quotes((quoted, 30.0)), strict) for s in (5, 6, 11)
    }
    assert [figure.is_amber for figure in at.values()] == [False, True, False]
    assert not at[11].is_known


def test_futures_have_limits_of_their_own() -> None:
    quoted = utc("2018-02-05T16:00")
    ages = Ages(amber_s=60, unknown_s=1800, futures=Ages(amber_s=300, unknown_s=3600))
    held = {name: (Quote(name, 30.0, quoted),) for name in ("VIX", "VX1", "VX8", "VIX9D")}
    for minutes, known_then, amber_then in ((2, True, {"VIX", "VIX9D"}), (31, {"VX1", "VX8"}, {"VX1", "VX8"})):
        figures = {name: reading(name, quoted + timedelta(minutes=minutes), FULL, held, ages) for name in held}
        assert {name for name, figure in figures.items() if figure.is_known} == (
            set(held) if known_then is True else known_then
        )
        assert {name for name, figure in figures.items() if figure.is_amber} == amber_then
    assert live_quote("VX1", quoted + timedelta(minutes=60), FULL, held, ages) is not None
    assert live_quote("VX1", quoted + timedelta(minutes=61), FULL, held, ages) is None


def test_outside_the_session_a_limit_of_its_own_counts() -> None:
    quoted = utc("2018-02-02T21:05")  # Friday, five minutes after the close
    held, past = quotes((quoted, 18.0)), history([13.47, 17.31])
    ages = Ages(closed_s=3600)
    assert reading("VIX", quoted + timedelta(minutes=60), past, held, ages).value == 18.0
    stale = reading("VIX", quoted + timedelta(minutes=61), past, held, ages)
    assert stale.unknown == "VIX: last quote 1 h old, the exchange being shut"
    # from Thursday before a long weekend to Monday's open: 2018-03-29 16:00 to 2018-04-02 09:30, 89.5 hours
    easter = Quote("VIX", 19.97, utc("2018-03-29T20:00:01"))
    first = int(np.searchsorted(calendar().days, np.datetime64("2018-03-29")))
    closed = History(calendar(), first, 1, {"VIX": np.array([19.97])}, {})
    assert reading("VIX", utc("2018-04-02T13:31"), closed, {"VIX": (easter,)}, Ages()).value == 19.97


def test_past_the_calendar_nothing_is_known_to_hold() -> None:
    figure = reading("VIX", utc("2031-01-02T00:00"), FULL, quotes((utc("2031-01-01T23:59"), 18.0)), AGES)
    assert figure.unknown == "VIX: the exchange calendar ends 2030-12-31"


def test_a_live_quote_is_later_than_the_close_and_not_stale() -> None:
    quoted = utc("2018-02-05T16:00")
    held = quotes((quoted, 30.0))
    assert live_quote("VIX", quoted + timedelta(minutes=30), FULL, held, AGES) == held["VIX"][0]
    assert live_quote("VIX", quoted + timedelta(minutes=31), FULL, held, AGES) is None
    assert live_quote("VIX", CLOSE_MONDAY, FULL, quotes((CLOSE_MONDAY, 36.0)), AGES) is None
    assert live_quote("SPX", quoted, FULL, held, AGES) is None


def test_each_reading_names_the_source_of_its_own_day() -> None:
    columns = {"VIX": np.array([13.47, 17.31]), "VIX@source": np.array([0.0, 1.0])}
    mixed = History(calendar(), FULL.first, 2, columns, {"VIX": "cboe, fred"})
    assert reading("VIX", utc("2018-02-01T22:00"), mixed, {}, AGES).inputs[0].source == "cboe"
    assert reading("VIX", CLOSE_FRIDAY, mixed, {}, AGES).inputs[0].source == "fred"
