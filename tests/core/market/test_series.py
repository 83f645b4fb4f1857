"""What is the daily history? Cuts and extensions of columns, worked out by hand."""

import numpy as np

from core.market.series import History, aligned
from tests.core.market.exchange import calendar

FIRST = int(np.searchsorted(calendar().days, np.datetime64("2018-02-01")))


def history() -> History:
    columns = {
        "VIX": np.array([13.47, 17.31, 37.32, 29.98]),
        "VIX@source": np.array([0.0, 1.0, 0.0, np.nan]),
        "BREADTH:SP500.advances": np.array([1.0, 2.0, np.nan, 4.0]),
    }
    return History(calendar(), FIRST, 4, columns, {"VIX": "cboe, fred", "SPX": "csv"})


def test_days_and_closes_are_those_of_the_calendar() -> None:
    assert history().days.astype(str).tolist() == ["2018-02-01", "2018-02-02", "2018-02-05", "2018-02-06"]
    # 16:00 in New York is 21:00 UTC in February
    assert (history().closes % 86_400).tolist() == [21 * 3600] * 4


def test_a_column_that_was_never_imported_is_unknown() -> None:
    assert not history().has("SPX")
    assert np.isnan(history().column("SPX")).tolist() == [True] * 4


def test_until_hides_what_is_later() -> None:
    assert history().until(2).columns["VIX"].tolist() == [13.47, 17.31]
    assert history().until(2).days.astype(str).tolist() == ["2018-02-01", "2018-02-02"]
    assert history().until(0).length == 0
    assert history().until(-1).columns["VIX"].tolist() == []
    assert history().until(9).columns["VIX"].tolist() == [13.47, 17.31, 37.32, 29.98]


def test_the_last_sessions_keep_their_days() -> None:
    tail = history().last_sessions(2)
    assert tail.days.astype(str).tolist() == ["2018-02-05", "2018-02-06"]
    assert tail.columns["VIX"].tolist() == [37.32, 29.98]
    assert history().last_sessions(99).length == 4


def test_a_provisional_session_is_unknown_where_nothing_is_given() -> None:
    longer = history().extended({"VIX": 27.73})
    assert longer.days.astype(str)[-1] == "2018-02-07"
    assert longer.columns["VIX"][-1] == 27.73
    assert np.isnan(longer.columns["BREADTH:SP500.advances"][-1])
    assert longer.source_at("VIX", 4) == ""


def test_each_session_names_its_source() -> None:
    assert [history().source_at("VIX", i) for i in range(4)] == ["cboe", "fred", "cboe", ""]
    assert history().source_at("SPX", 0) == "csv"
    assert history().source_at("NDX", 0) == ""


def test_universes_are_those_with_advances() -> None:
    assert history().universes() == ("SP500",)


def test_values_fall_on_their_sessions_and_closed_days_fall_out() -> None:
    days = np.array(["2018-02-06", "2018-02-03", "2018-02-01", "2030-01-01"], "datetime64[D]")
    placed = aligned(days, np.array([4.0, 9.0, 1.0, 8.0]), history().days)
    assert np.nan_to_num(placed, nan=-1).tolist() == [1.0, -1.0, -1.0, 4.0]
