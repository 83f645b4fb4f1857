"""Is every oddity found, and nothing else? Series with faults written into them, real files with known ones."""

import csv
import math
import statistics
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.market.calendar import session_indexes
from core.market.quality import DONE, FindingKind, QualityFinding, quality_findings
from core.market.series import Series
from tests.core.market.exchange import calendar, real_file

SESSIONS = calendar().days[calendar().days >= np.datetime64("2016-01-04")][:300]
RANDOM = np.random.default_rng(11)
CLOSES = 2000 * np.exp(np.cumsum(RANDOM.normal(0, 0.01, 300)))


def closes(values: np.ndarray, days: np.ndarray = SESSIONS, symbol: str = "SPX") -> Series:
    return Series(symbol, "csv", days, {"close": values}, np.zeros(len(days), np.bool_))


def found(*series: Series) -> list[tuple[str, str, FindingKind]]:
    return [(one.symbol, str(one.day), one.kind) for one in quality_findings(series, calendar())]


def of_kind(kind: FindingKind, *series: Series) -> list[QualityFinding]:
    return [one for one in quality_findings(series, calendar()) if one.kind is kind]


def test_a_clean_series_has_no_findings() -> None:
    assert found(closes(CLOSES)) == []
    assert quality_findings([], calendar()) == []


def test_rows_on_closed_days_and_missing_sessions_are_listed() -> None:
    days = np.sort(np.append(SESSIONS[[0, 1, 2, 5, 6]], np.datetime64("2016-01-09")))
    assert found(closes(np.arange(10.0, 16.0), days)) == [
        ("SPX", "2016-01-07", FindingKind.MISSING_SESSION),
        ("SPX", "2016-01-08", FindingKind.MISSING_SESSION),
        ("SPX", "2016-01-09", FindingKind.CLOSED_DAY),  # a Saturday
    ]


def test_settlement_values_miss_no_session_between_expiries() -> None:
    assert found(closes(CLOSES[[0, 20, 40]], SESSIONS[[0, 20, 40]], "VRO")) == []
    assert len(found(closes(CLOSES[[0, 20, 40]], SESSIONS[[0, 20, 40]]))) == 38


def test_a_session_that_another_source_has_is_not_missing() -> None:
    other = Series("SPX", "yahoo", SESSIONS[2:4], {"close": CLOSES[2:4]}, np.zeros(2, np.bool_))
    assert found(closes(CLOSES[[0, 1, 4]], SESSIONS[[0, 1, 4]]), other) == []


def test_a_wrong_digit_is_a_jump_there_and_back() -> None:
    values = CLOSES.copy()
    values[200] *= 1.5
    jumps = of_kind(FindingKind.JUMP, closes(values))
    assert [one.day for one in jumps] == [SESSIONS[200].item(), SESSIONS[201].item()]
    assert jumps[0].words.endswith("and back the next session")
    assert DONE[FindingKind.JUMP].startswith("kept")


def test_a_jump_is_beyond_eight_robust_deviations() -> None:
    values = CLOSES.copy()
    changes = np.diff(np.log(values)).tolist()
    middle = statistics.median(changes)
    sigma = 1.4826 * statistics.median(abs(change - middle) for change in changes)
    for factor, expected in ((7.5, 0), (8.5, 1)):
        values[150:] = CLOSES[150:] * math.exp(factor * sigma - changes[149])
        assert len(of_kind(FindingKind.JUMP, closes(values))) == expected


def test_a_jump_over_a_gap_is_none_and_few_rows_have_no_scale() -> None:
    values = CLOSES.copy()
    values[200:] *= 1.4
    kept = np.delete(np.arange(300), 200)
    assert of_kind(FindingKind.JUMP, closes(values[kept], SESSIONS[kept])) == []
    assert of_kind(FindingKind.JUMP, closes(values[180:230], SESSIONS[180:230])) == []
    assert len(of_kind(FindingKind.JUMP, closes(values))) == 1


def test_yields_are_judged_by_their_differences() -> None:
    near_zero = 0.05 + np.round(RANDOM.normal(0, 0.01, 300), 2)  # their logs would jump every week
    assert of_kind(FindingKind.JUMP, closes(near_zero, symbol="DGS3MO")) == []
    near_zero[100] = 0.5
    assert len(of_kind(FindingKind.JUMP, closes(near_zero, symbol="DGS3MO"))) == 2


def bars(rows: list[tuple[float, float, float, float]], broken: tuple[int, ...] = ()) -> Series:
    columns = {
        name: np.array(values)
        for name, values in zip(("open", "high", "low", "close"), zip(*rows, strict=True), strict=True)
    }
    flags = np.isin(np.arange(len(rows)), broken)
    return Series("VIX", "cboe", SESSIONS[: len(rows)], columns, flags)


def test_a_whole_bar_that_repeats_is_stale_at_once_a_close_alone_after_five() -> None:
    bar, other = (14.0, 15.0, 13.5, 14.2), (14.1, 15.0, 13.5, 14.2)
    stale = of_kind(FindingKind.STALE, bars([other, bar, bar, bar, other]))
    assert [(str(one.day), one.words) for one in stale] == [
        (str(SESSIONS[3]), f"3 sessions in a row with the same values, since {SESSIONS[1]}")
    ]
    four, five = np.array([9.0, 10, 10, 10, 10, 11]), np.array([9.0, 10, 10, 10, 10, 10])
    assert of_kind(FindingKind.STALE, closes(four, SESSIONS[:6])) == []
    assert len(of_kind(FindingKind.STALE, closes(five, SESSIONS[:6]))) == 1
    flat = bars([(14.0, 14.0, 14.0, 14.0)] * 4)  # VIX of 1990: one price a day
    assert of_kind(FindingKind.STALE, flat) == []
    assert of_kind(FindingKind.STALE, closes(np.full(40, 0.05), SESSIONS[:40], "DGS3MO")) == []


def test_a_broken_range_shows_the_bar() -> None:
    found_ = of_kind(FindingKind.BROKEN_RANGE, bars([(2.58, 14.48, 13.68, 13.8)], broken=(0,)))
    assert [one.words for one in found_] == [
        "high and low contradict open or close: open 2.58, high 14.48, low 13.68, close 13.8"
    ]
    assert found_[0].done == "the close counts, open, high and low do not"


def test_breadth_that_copies_the_day_before() -> None:
    counts = {"advances": np.array([1500.0, 1500, 1500]), "declines": np.array([900.0, 900, 901])}
    breadth = Series("BREADTH:NYSE", "csv", SESSIONS[:3], counts, np.zeros(3, np.bool_))
    assert found(breadth) == [("BREADTH:NYSE", str(SESSIONS[1]), FindingKind.REPEATED_BREADTH)]
    apart = Series(
        "BREADTH:NYSE", "csv", SESSIONS[[0, 2]], {k: v[:2] for k, v in counts.items()}, np.zeros(2, bool)
    )
    assert of_kind(FindingKind.REPEATED_BREADTH, apart) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=40, unique=True))
def test_rows_and_missing_sessions_together_are_the_calendar(kept: list[int]) -> None:
    rows = np.sort(np.array(kept))
    missing = {one.day for one in quality_findings([closes(CLOSES[rows], SESSIONS[rows])], calendar())}
    days = {day.item() for day in SESSIONS[rows]}
    assert missing | days == {day.item() for day in SESSIONS[rows[0] : rows[-1] + 1]}
    assert not missing & days


def real_series(symbol: str, name: str, *fields: str) -> Series:
    """Return columns of a real file as it stands, on the days that have a session."""
    with real_file(name).open(encoding="utf-8", newline="") as file:
        rows = [{key.casefold(): value for key, value in row.items()} for row in csv.DictReader(file)]
    texts = [row["date"] for row in rows]
    iso = [f"{text[6:]}-{text[:2]}-{text[3:5]}" if "/" in text else text for text in texts]
    days = np.array(iso, "datetime64[D]")
    traded = session_indexes(days, calendar()) >= 0
    named = fields if symbol.startswith("BREADTH:") else ("close",)
    values = {field: [float(row[name]) for row in rows] for field, name in zip(named, fields, strict=True)}
    columns = {field: np.array(column)[traded] for field, column in values.items()}
    return Series(symbol, "csv", days[traded], columns, np.zeros(int(traded.sum()), np.bool_))


def test_the_breadth_of_new_york_copies_a_day_twice_and_lacks_two() -> None:
    breadth = real_series(
        "BREADTH:NYSE", "breadth/breadth_nyse_1990_2015.csv", "advances", "declines", "unchanged"
    )
    assert len(of_kind(FindingKind.REPEATED_BREADTH, breadth)) == 2
    missing = [str(one.day) for one in of_kind(FindingKind.MISSING_SESSION, breadth)]
    assert missing == ["1999-11-26", "2002-06-20"]  # no line of the file has them


def test_the_index_lacks_no_session_and_jumps_in_its_crashes() -> None:
    index = real_series("SPX", "daily/spx_ohlc_1990_2021.csv", "close")
    assert of_kind(FindingKind.MISSING_SESSION, index) == []
    jumps = {str(one.day) for one in of_kind(FindingKind.JUMP, index)}
    assert {"2008-10-13", "2008-10-15", "2020-03-12", "2020-03-16"} <= jumps
    assert len(jumps) < 30


def test_the_volatility_of_volatility_has_a_wrong_value() -> None:
    words = {
        one.day: one.words
        for one in of_kind(FindingKind.JUMP, real_series("VVIX", "daily/VVIX_History.csv", "vvix"))
    }
    assert words[date(2006, 11, 13)].endswith("and back the next session")
    assert date(2018, 2, 5) in words
