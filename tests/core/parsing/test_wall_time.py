"""When was a bar? Texts of dates and times of day against datetime, and what the clock change leaves open."""

# ruff: noqa: DTZ001 - a wall clock has no zone

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.parsing.table import ParseRefusedError
from core.parsing.wall_time import has_time_of_day, read_wall_times, utc_moments, without_midnight
from core.parsing.zones import zone_in_header, zone_named

NEW_YORK = zone_named("New York")
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p")
MOMENTS = st.lists(
    st.datetimes(datetime(1990, 1, 13), datetime(2050, 1, 1)).map(
        lambda one: one.replace(second=0, microsecond=0)
    ),
    min_size=1,
    max_size=10,
)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(FORMS))
def test_times_are_read_as_they_were_written(moments: list[datetime], form: str) -> None:
    cells = [moment.strftime(form) for moment in moments]
    order = "MM/DD" if form.startswith("%m") else ""
    wall = read_wall_times(cells, range(len(cells)), 1, order)
    assert wall.local.tolist() == moments
    assert not wall.refused


@pytest.mark.parametrize(
    "cell",
    ["2018-02-05", "2018-02-05 24:00", "2018-02-05 12:60", "2018-02-05 13:00 PM", "2018-02-30 12:00", "12:00", "",
     "2018-02-05 12:00:00.5", "2018-02-05 12:00 +24:00", "2018-02-05 12:00 CST", "T" * 200],
)  # fmt: skip
def test_what_is_no_moment_is_refused_by_row(cell: str) -> None:
    wall = read_wall_times(["2018-02-05 12:00", cell, "2018-02-05 12:01"], [2, 3, 4], 1, "")
    assert list(wall.refused) == [1]
    assert np.isnat(wall.local).tolist() == [False, True, False]


def test_a_time_needs_a_zone_unless_it_has_an_offset() -> None:
    cells = ["2018-02-05 12:00:00-05:00", "2018-02-05T17:30:00Z", "2018-02-05 12:45 -0500"]
    moments, _ = utc_moments(read_wall_times(cells, [2, 3, 4], 1, ""), None)
    assert moments.astype(str).tolist() == ["2018-02-05T17:00:00", "2018-02-05T17:30:00", "2018-02-05T17:45:00"]
    bare = read_wall_times([*cells, "2018-02-05 13:00"], [2, 3, 4, 5], 1, "")
    with pytest.raises(ParseRefusedError, match="no zone: name it with --zone"):
        utc_moments(bare, None)
    assert str(utc_moments(bare, NEW_YORK)[0][3]) == "2018-02-05T18:00:00"


def test_the_repeated_hour_is_refused_by_row() -> None:
    cells = ["2024-11-03 00:30", "2024-11-03 01:30", "2024-11-03 02:30", "2024-11-03 01:30 -05:00"]
    moments, refused = utc_moments(read_wall_times(cells, [2, 3, 4, 5], 1, ""), NEW_YORK)
    assert list(refused) == [1]
    assert "happened twice" in refused[1]
    assert moments[[0, 2, 3]].astype(str).tolist() == [
        "2024-11-03T04:30:00",
        "2024-11-03T07:30:00",
        "2024-11-03T06:30:00",
    ]


def test_midnight_behind_every_date_is_no_time_of_day() -> None:
    cells = ["2018-02-05 00:00:00", "2018-02-06 00:00:00-05:00"]
    assert not has_time_of_day(cells)
    assert list(without_midnight(cells)) == ["2018-02-05", "2018-02-06"]
    assert has_time_of_day([*cells, "2018-02-06 00:01"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("chicago", "America/Chicago"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("CT", "America/Chicago"),
        ("et", "America/New_York"),
        ("utc", "UTC"),
        ("Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_zones_are_named_in_short_or_in_full(text: str, key: str) -> None:
    assert zone_named(text).key == key


@pytest.mark.parametrize(
    "text", ["", "EST", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "America/../UTC", "x" * 300]
)
def test_other_words_are_no_zone(text: str) -> None:
    with pytest.raises(ParseRefusedError, match="is not a time zone"):
        zone_named(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("datetime_ct", "America/Chicago"),
        ("Datetime (ET)", "America/New_York"),
        ("time_utc", "UTC"),
        ("timestamp [UTC]", "UTC"),
        ("Date (America/Chicago)", "America/Chicago"),
        ("datetime", ""),
        ("Time", ""),
        ("close_ct", ""),
    ],
)
def test_a_header_may_name_its_zone(name: str, key: str) -> None:
    found = zone_in_header(name)
    assert (found.key if found else "") == key
