"""Which moment did a wall clock mean? Against zoneinfo row by row, and the clock changes of 2024 by hand."""

# ruff: noqa: DTZ001 - a wall clock has no zone

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.market.local_time import to_local, to_utc

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("America/New_York", "America/Chicago", "Europe/London", "UTC")]
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


def column(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[s]")


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=20), ZONES)
def test_columns_are_converted_as_zoneinfo_converts_one(moments: list[datetime], zone: ZoneInfo) -> None:
    utc, refused = to_utc(np.array(moments, "datetime64[s]"), zone)
    for row, moment in enumerate(moments):
        offsets = {moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        if len(offsets) == 1:
            assert utc[row].item() == moment - offsets.pop()
        else:
            assert row in refused
            assert np.isnat(utc[row])


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=20), ZONES)
def test_the_wall_clock_of_a_moment_is_zoneinfo_s(moments: list[datetime], zone: ZoneInfo) -> None:
    local = to_local(np.array(moments, "datetime64[s]"), zone)
    expected = [moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) for moment in moments]
    assert local.tolist() == expected


def test_new_york_and_chicago_meet() -> None:
    new_york, _ = to_utc(column("2019-02-15 16:00", "2019-07-03 13:00"), ZoneInfo("America/New_York"))
    chicago, _ = to_utc(column("2019-02-15 15:00", "2019-07-03 12:00"), ZoneInfo("America/Chicago"))
    assert new_york.tolist() == chicago.tolist() == [datetime(2019, 2, 15, 21), datetime(2019, 7, 3, 17)]


@pytest.mark.parametrize(
    ("text", "why"), [("2024-11-03 01:30", "happened twice"), ("2024-03-10 02:30", "never existed")]
)
def test_hours_of_the_clock_change_are_refused(text: str, why: str) -> None:
    day = datetime.fromisoformat(text)
    steady = [str(day - timedelta(hours=3)), str(day + timedelta(hours=3))]
    utc, refused = to_utc(column(steady[0], text, steady[1]), ZoneInfo("America/New_York"))
    assert list(refused) == [1]
    assert why in refused[1]
    assert np.isnat(utc).tolist() == [False, True, False]
    assert (utc[2] - utc[0]).item() == timedelta(hours=7 if "11-03" in text else 5)


def test_what_is_no_time_stays_none() -> None:
    utc, refused = to_utc(np.array(["NaT", "2019-02-15T16:00"], "datetime64[s]"), ZoneInfo("America/New_York"))
    assert np.isnat(utc).tolist() == [True, False]
    assert not refused
