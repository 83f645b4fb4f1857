"""What is wrong or odd with single rows? Each check on rows written by hand."""

import numpy as np

from core.parsing.fates import Fate
from core.parsing.findings import Finding, flags, kept, missing, refusals, repeats, set_aside, unfinished
from tests.core.market.exchange import calendar, utc


def days(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[D]")


def test_rows_on_closed_days_are_set_aside_with_the_reason() -> None:
    rows = days("2004-06-10", "2004-06-11", "2004-06-12", "1969-12-31", "2099-01-05", "NaT")
    found = set_aside(rows, calendar(), None)
    assert {row: finding.reason for row, finding in found.items()} == {
        1: "the exchange was shut on Friday 2004-06-11",
        2: "the exchange was shut on Saturday 2004-06-12",
        3: "before the exchange calendar begins (1970-01-02)",
        4: "after the exchange calendar ends (2030-12-31)",
    }
    assert {finding.fate for finding in found.values()} == {Fate.SET_ASIDE}


def test_a_session_that_has_not_closed_is_set_aside() -> None:
    rows = days("2018-02-02", "2018-02-05", "2018-02-06")
    assert set_aside(rows, calendar(), utc("2018-02-05T21:00")) == {
        2: Finding(Fate.SET_ASIDE, "provisional: the session has not closed yet")
    }
    assert list(set_aside(rows, calendar(), utc("2018-02-05T20:59:59"))) == [1, 2]


def test_a_last_day_of_one_symbol_alone_is_unfinished() -> None:
    rows = days("2018-02-06", "2018-02-02", "2018-02-05")  # newest first or not: the day decides
    first, second = np.array([True, True, True]), np.array([False, True, True])
    assert list(unfinished(rows, [first, second, second])) == [0]
    assert unfinished(rows, [first, first, second]) == {}  # two of three have it
    assert unfinished(rows, [first, second]) == {}  # of two, either may be the one that lacks it
    assert unfinished(rows, [first]) == {}
    assert unfinished(rows, [first, second, np.array([False] * 3)]) == {}  # one other has no day at all
    whole, gap = np.array([True, True]), np.array([False, True])
    assert unfinished(days("NaT", "2018-02-02"), [whole, gap, gap]) == {}
    assert unfinished(days(), [np.array([], bool)] * 3) == {}


def test_the_same_day_with_the_same_values_is_counted_once() -> None:
    rows = days("2018-02-06", "2018-02-05", "2018-02-06", "2018-02-06")
    column = np.array([29.98, 37.32, 29.98, 29.98])
    gap = np.array([np.nan] * 4)
    found = repeats(np.arange(4), rows, [column, gap], [2, 3, 4, 5])
    repeated = Finding(Fate.REPEATED, "2018-02-06 stands on lines 2, 4, 5 with the same values")
    assert found == {2: repeated, 3: repeated}


def test_the_same_day_with_other_values_refuses_all_of_its_rows() -> None:
    rows = days("2018-02-05", "2018-02-06", "2018-02-05")
    found = repeats(np.arange(3), rows, [np.array([37.32, 29.98, 37.33])], [2, 3, 4])
    refused = Finding(
        Fate.REFUSED, "2018-02-05 stands on lines 2 and 4 with different values".replace(" and", ",")
    )
    assert found == {0: refused, 2: refused}


def test_rows_that_have_a_fate_do_not_repeat() -> None:
    rows = days("2018-02-05", "2018-02-05")
    assert repeats(np.array([1]), rows, [np.array([1.0, 2.0])], [2, 3]) == {}


def test_a_missing_value_says_whether_there_was_a_session() -> None:
    found = missing(np.array([True, False, True]), days("2018-02-05", "2018-02-06", "2018-02-19"), calendar())
    assert found == {
        0: Finding(Fate.MISSING, "no value"),
        2: Finding(Fate.MISSING, "no value (the exchange was shut)"),
    }


def test_only_flagged_rows_and_those_without_a_finding_are_kept() -> None:
    found = flags({0: "odd"}) | refusals({1: "bad"}, 5, "CLOSE")
    assert found[1] == Finding(Fate.REFUSED, "CLOSE: bad", 5)
    assert kept(found, 3).tolist() == [True, False, True]
    assert kept({}, 2).tolist() == [True, True]
