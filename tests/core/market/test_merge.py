"""Which source's value counts on a day? The precedence, by hand and against pandas."""

from random import Random

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from core.market.merge import SOURCE_PRECEDENCE, merge
from core.market.series import Series
from tests.core.market.exchange import calendar

NAN = float("nan")
SESSIONS = calendar().days[(calendar().days >= np.datetime64("2018-02-01"))][:6]  # Feb 1, 2, 5, 6, 7, 8


def closes(symbol: str, source: str, values: dict[str, float], broken: tuple[str, ...] = ()) -> Series:
    days = np.array(sorted(values), "datetime64[D]")
    column = np.array([values[day] for day in sorted(values)])
    flags = np.array([day in broken for day in sorted(values)], np.bool_)
    return Series(symbol, source, days, {"close": column}, flags)


def test_the_exchange_comes_before_those_who_copy_it() -> None:
    fred = closes("VIX", "fred", {"2018-02-01": 1.0, "2018-02-02": 2.0, "2018-02-06": 6.0})
    cboe = closes("VIX", "cboe", {"2018-02-02": 17.31, "2018-02-05": 37.32})
    merged = merge([fred, cboe], calendar())
    assert merged.columns["VIX"].tolist() == [1.0, 17.31, 37.32, 6.0]
    assert merged.sources["VIX"] == "cboe, fred"
    assert [merged.source_at("VIX", i) for i in range(4)] == ["fred", "cboe", "cboe", "fred"]


def test_a_source_that_gives_nothing_is_not_named() -> None:
    fred = closes("VIX", "fred", {"2018-02-02": 2.0})
    cboe = closes("VIX", "cboe", {"2018-02-02": 17.31})
    merged = merge([fred, cboe], calendar())
    assert merged.sources == {"VIX": "cboe"}
    assert set(merged.columns) == {"VIX"}


def test_a_broken_range_gives_its_close_alone() -> None:
    days = np.array(["2004-11-05", "2004-11-08"], "datetime64[D]")
    bar = {"open": [14.07, 2.58], "high": [14.46, 14.48], "low": [13.71, 13.68], "close": [13.84, 13.80]}
    columns = {name: np.array(values) for name, values in bar.items()}
    merged = merge([Series("VIX", "cboe", days, columns, np.array([False, True]))], calendar())
    assert merged.columns["VIX"].tolist() == [13.84, 13.80]
    for name in ("VIX.open", "VIX.high", "VIX.low"):
        assert np.isfinite(merged.columns[name]).tolist() == [True, False], name


def test_bars_of_two_sources_are_never_mixed_within_a_day() -> None:
    day = np.array(["2018-02-05"], "datetime64[D]")
    bar = {name: np.array([value]) for name, value in [("open", 1.0), ("high", 2.0), ("low", 1.0), ("close", 2.0)]}
    yahoo = Series("VIX", "yahoo", day, bar, np.array([False]))
    merged = merge([yahoo, closes("VIX", "cboe", {"2018-02-05": 37.32})], calendar())
    assert merged.columns["VIX"].tolist() == [37.32]
    assert not merged.has("VIX.high")


def test_days_without_a_session_fall_out() -> None:
    merged = merge(
        [closes("VIX", "cboe", {"2004-06-10": 15.0, "2004-06-11": 15.04, "2004-06-14": 16.0})], calendar()
    )
    assert merged.days.astype(str).tolist() == ["2004-06-10", "2004-06-14"]
    assert merged.columns["VIX"].tolist() == [15.0, 16.0]


def test_a_session_without_a_value_is_unknown_not_zero_and_not_carried() -> None:
    merged = merge([closes("VIX", "cboe", {"2018-02-01": 1.0, "2018-02-06": 2.0})], calendar())
    assert np.isnan(merged.columns["VIX"]).tolist() == [False, True, True, False]


def test_breadth_is_kept_under_its_universe() -> None:
    days = np.array(["2018-02-05"], "datetime64[D]")
    columns = {"advances": np.array([2.0]), "declines": np.array([502.0]), "unchanged": np.array([NAN])}
    merged = merge([Series("BREADTH:SP500", "csv", days, columns, np.array([False]))], calendar())
    assert {name: values.tolist() for name, values in merged.columns.items()} == {
        "BREADTH:SP500.advances": [2.0],
        "BREADTH:SP500.declines": [502.0],
    }
    assert merged.universes() == ("SP500",)


def test_nothing_merges_to_an_empty_history() -> None:
    assert merge([], calendar()).length == 0
    assert merge([closes("VIX", "cboe", {"2018-02-03": 1.0})], calendar()).length == 0


SOURCES = (*SOURCE_PRECEDENCE, "zz-unknown")
TABLES = st.dictionaries(
    st.sampled_from(SOURCES), st.dictionaries(st.sampled_from(range(6)), st.floats(1, 99)), min_size=1
)


@given(TABLES, st.randoms(use_true_random=False))
def test_any_order_of_sources_gives_what_pandas_combines(
    table: dict[str, dict[int, float]], random: Random
) -> None:
    series = [
        closes("VIX", s, {str(SESSIONS[i]): v for i, v in rows.items()}) for s, rows in table.items() if rows
    ]
    random.shuffle(series)
    merged = merge(series, calendar())
    expected = pd.Series(dtype=float)
    for source in SOURCES:
        rows = pd.Series({str(SESSIONS[i]): v for i, v in table.get(source, {}).items()}, dtype=float)
        expected = rows if expected.empty else expected.combine_first(rows)
    found = dict(zip(merged.days.astype(str).tolist(), merged.column("VIX").tolist(), strict=True))
    assert {day: value for day, value in found.items() if not np.isnan(value)} == expected.to_dict()
