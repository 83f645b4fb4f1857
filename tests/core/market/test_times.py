"""Which moment does a text mean? Against the clock changes of New York."""

from datetime import UTC, date, datetime

import pytest

from core.market.times import (
    TimeRefusedError,
    end_of_day,
    exchange_date,
    exchange_time,
    iso_utc,
    parse_date,
    parse_moment,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-02-05T16:00", "2018-02-05T21:00:00Z"),  # winter: UTC-5
        ("2018-07-05 16:00", "2018-07-05T20:00:00Z"),  # summer: UTC-4
        ("2018-02-05T16:00Z", "2018-02-05T16:00:00Z"),
        ("2018-02-05T16:00:30.5+01:00", "2018-02-05T15:00:30.500000Z"),
        ("2024-11-03T01:30-04:00", "2024-11-03T05:30:00Z"),
    ],
)
def test_a_time_without_a_zone_is_new_york_time(text: str, expected: str) -> None:
    assert iso_utc(parse_moment(text)) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-03-10T02:30", "never existed"),
        ("2024-11-03T01:30", "happened twice"),
        ("2024-02-30T10:00", "not a day"),
        ("2024-02-03T25:00", "not a time of the clock"),
        ("20240301;153000", "write YYYY-MM-DD"),
        ("2024-03-01", "write YYYY-MM-DD"),
        ("0001-01-01T00:00", "outside"),
        ("2024-03-01T10:00+24:00", "not a time of the clock"),
        ("\uff12\uff10\uff12\uff14-03-01T10:00", "write YYYY-MM-DD"),
    ],
)
def test_a_time_that_never_was_is_refused(text: str, why: str) -> None:
    with pytest.raises(TimeRefusedError, match=why):
        parse_moment(text)


@pytest.mark.parametrize(
    "text", ["2018-2-5", "05/02/2018", "2018-02-31", "9999-01-01", "", "\u0662\u0660\u0661\u0668-02-05"]
)
def test_a_date_has_one_form(text: str) -> None:
    with pytest.raises(TimeRefusedError):
        parse_date(text)


def test_the_end_of_a_day_is_its_last_second_in_new_york() -> None:
    assert end_of_day(date(2018, 2, 5)) == datetime(2018, 2, 6, 4, 59, 59, tzinfo=UTC)
    assert end_of_day(date(2024, 3, 10)) == datetime(2024, 3, 11, 3, 59, 59, tzinfo=UTC)  # a day of 23 hours
    assert exchange_date(end_of_day(date(2018, 2, 5))) == date(2018, 2, 5)
    assert exchange_time(datetime(2018, 2, 5, 21, 0, tzinfo=UTC)) == "2018-02-05 16:00"
