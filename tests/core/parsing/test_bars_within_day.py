"""Do bars of Chicago and of New York land on the same moments, and what lies outside the session?"""

from collections import Counter

import pandas as pd
import pytest

from core.parsing.fates import Fate
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import real_file
from tests.core.parsing.parsing import closes, read_text, told

HEADER = "datetime,open,high,low,close\n"
BARS = (
    "2018-02-05 09:29:00,30,30,30,30\n"
    "2018-02-05 09:31:00,30,31,29,30.5\n"
    "2018-02-05 09:30:00,30,31,29,30\n"
    "2018-02-05 16:00:00,37,37.4,37,37.32\n"
    "2018-02-05 16:01:00,37.32,37.32,37.32,37.32\n"
    "2018-02-05 16:02:00,37.32,37.5,37.32,37.4\n"
    "2018-02-04 12:00:00,30,30,30,30\n"
)


def test_bars_are_utc_moments_within_the_session() -> None:
    parsed = read_text(HEADER + BARS, "VIX.csv", symbol="VIX", zone="New York")
    (series,) = parsed.series
    assert series.interval == "1min"
    assert closes(series) == {
        "2018-02-05T14:30:00": 30.0,
        "2018-02-05T14:31:00": 30.5,
        "2018-02-05T21:00:00": 37.32,
    }
    assert told(parsed) == [
        (2, "set_aside", "before the session opens"),
        (3, "missing", "387 of 390 bars of the session are not there"),
        (6, "set_aside", "after the session's close, it repeats the closing value"),
        (7, "set_aside", "after the session's close"),
        (8, "set_aside", "the exchange was shut on Sunday 2018-02-04"),
    ]
    assert (parsed.counts[Fate.TAKEN], parsed.counts[Fate.SET_ASIDE]) == (3, 4)


def test_a_half_day_ends_at_one() -> None:
    text = HEADER + "2024-07-03 13:00:00,1,1,1,1\n2024-07-03 13:01:00,1,1,1,2\n"
    parsed = read_text(text, symbol="VIX", zone="New York")
    assert list(closes(parsed.series[0])) == ["2024-07-03T17:00:00"]


def test_a_zone_is_needed_unless_the_header_names_it() -> None:
    with pytest.raises(ParseRefusedError, match="no zone: name it with --zone"):
        read_text(HEADER + BARS, symbol="VIX")
    named = read_text(HEADER.replace("datetime", "datetime_et") + BARS, symbol="VIX", zone="Chicago")
    assert next(iter(closes(named.series[0]))) == "2018-02-05T14:30:00"


def test_date_and_time_may_stand_in_two_columns() -> None:
    rows = ("02/05/2018,08:30,1,2,1,2", "02/05/2018,09:00,1,2,1,3", "02/13/2018,09:00,1,2,1,1")
    text = "\n".join(("Date,Time,Open,High,Low,Close", *rows))
    (series,) = read_text(text, symbol="VIX", zone="Chicago").series
    assert series.interval == "30min"
    assert list(closes(series)) == ["2018-02-05T14:30:00", "2018-02-05T15:00:00", "2018-02-13T15:00:00"]


def test_the_bar_in_progress_is_set_aside() -> None:
    parsed = read_text(HEADER + BARS, symbol="VIX", zone="New York", now="2018-02-05T14:31:59")
    assert list(closes(parsed.series[0])) == ["2018-02-05T14:30:00"]
    assert (3, "set_aside", "provisional: the bar has not ended yet") in told(parsed)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("2018-02-05 10:00:00,1,1,1,1\n", "a single time of day does not say how long a bar is"),
        ("2018-02-05 10:00:00,1,1,1,1\n2018-02-05 10:00:07,1,1,1,1\n", "rows 7 seconds apart"),
    ],
)
def test_what_is_no_bar_of_minutes_is_refused(rows: str, words: str) -> None:
    with pytest.raises(ParseRefusedError, match=words):
        read_text(HEADER + rows, symbol="VIX", zone="New York")


def test_the_hour_that_happened_twice_is_refused_by_row() -> None:
    text = HEADER + "2024-11-03 01:30:00,1,1,1,1\n2024-11-04 09:31:00,1,1,1,1\n2024-11-04 09:32:00,1,1,1,1\n"
    parsed = read_text(text, symbol="VIX", zone="New York")
    assert told(parsed)[0] == (
        2,
        "refused",
        "datetime: 2024-11-03T01:30:00 happened twice (America/New_York clock change)",
    )


def test_the_published_chicago_bars_by_new_york_clocks_are_the_same() -> None:
    path = real_file("intraday/spx_1min_chicago_2021.csv")
    text = path.read_text()
    chicago = read_text(text, path.name, symbol="SPX")
    frame = pd.read_csv(path)
    frame["datetime_ct"] = pd.to_datetime(frame["datetime_ct"]) + pd.Timedelta(hours=1)
    new_york = read_text(
        frame.to_csv(index=False).replace("datetime_ct", "datetime"), symbol="SPX", zone="New York"
    )
    assert closes(chicago.series[0]) == closes(new_york.series[0])
    assert (chicago.rows, chicago.counts[Fate.TAKEN], chicago.counts[Fate.SET_ASIDE]) == (822, 782, 40)
    assert Counter(reason for _, _, reason in told(chicago)) == {
        "after the session's close, it repeats the closing value (20 rows)": 2
    }
    assert sum(fate.rows for fate in chicago.fates) == 40
    assert closes(chicago.series[0])["2021-01-04T21:00:00"] == 3700.65  # SPX closed there


@pytest.mark.parametrize(("name", "rows", "missing"), [("vix", 1923, [4, 9, 4, 7, 3]), ("spy", 1950, [])])
def test_the_published_new_york_bars(name: str, rows: int, missing: list[int]) -> None:
    path = real_file(f"intraday/{name}_1min_2019-02.csv")
    parsed = read_text(path.read_text(), path.name, symbol=name.upper(), zone="New York")
    assert parsed.counts[Fate.TAKEN] == parsed.rows == rows
    gaps = [int(reason.split()[0]) for _, _, reason in told(parsed)]
    assert gaps == missing
    assert closes(parsed.series[0])["2019-02-15T21:00:00"] == {"vix": 14.89, "spy": 277.39}[name]
