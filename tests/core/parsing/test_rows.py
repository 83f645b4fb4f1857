"""How does a table become series? Small files with every fate in them, counted by hand."""

import numpy as np
import pytest

from core.parsing import cboe_index, fred, vx_table
from core.parsing.asked import Asked
from core.parsing.fates import Fate, ParsedFile
from core.parsing.layout import Layout
from core.parsing.rows import parse_rows
from core.parsing.table import ParseRefusedError, read_table
from tests.core.market.exchange import calendar, utc

EVERY_FATE = """DATE,OPEN,HIGH,LOW,CLOSE
11/05/2004,14.07,14.46,13.71,13.84
11/08/2004,2.58,14.48,13.68,13.80
11/09/2004,13.95,13.95,12.96,.
11/10/2004,13.08,13.36,12.99,13.08
11/10/2004,13.08,13.36,12.99,13.08
11/11/2004,13.05,13.13,12.9,abc
11/13/2004,13.0,13.0,13.0,13.0
11/12/2004,12.88,null,12.63,13.33
11/17/2004,13.29,13.29
"""


def parse(text: str, layout: Layout = cboe_index.LAYOUT, symbol: str = "VIX", now: str = "") -> ParsedFile:
    return parse_rows(read_table(text), layout, Asked(calendar(), symbol, now=utc(now) if now else None))


def test_every_row_has_one_fate_and_they_add_up() -> None:
    parsed = parse(EVERY_FATE)
    assert parsed.counts == {
        Fate.TAKEN: 3,
        Fate.FLAGGED: 1,
        Fate.SET_ASIDE: 1,
        Fate.MISSING: 1,
        Fate.REPEATED: 1,
        Fate.REFUSED: 2,
    }
    assert sum(parsed.counts.values()) == parsed.rows == 9
    assert [(f.line, f.field, f.fate.value) for f in parsed.fates] == [
        (3, "", "flagged"),
        (4, "", "missing"),
        (6, "", "repeated"),
        (7, "", "refused"),
        (8, "", "set_aside"),
        (9, "high", "missing"),
        (10, "", "refused"),
    ]
    assert parsed.taken_lines == ((2, 2), (5, 5), (9, 9))


def test_a_refused_cell_is_named_with_line_column_and_reason() -> None:
    number, ragged = parse(EVERY_FATE).refused
    assert (number.line, number.column, number.reason) == (7, 5, "CLOSE: 'abc' is not a plain number")
    assert (ragged.line, ragged.column, ragged.day) == (10, 4, None)


def test_the_series_holds_what_was_taken_in_order() -> None:
    (series,) = parse(EVERY_FATE).series
    assert (series.symbol, series.source) == ("VIX", "cboe")
    assert series.days.astype(str).tolist() == ["2004-11-05", "2004-11-08", "2004-11-10", "2004-11-12"]
    assert series.columns["close"].tolist() == [13.84, 13.80, 13.08, 13.33]
    assert series.range_broken.tolist() == [False, True, False, False]
    assert np.isnan(series.columns["high"]).tolist() == [False, False, False, True]


def test_missing_sessions_are_those_without_any_row() -> None:
    # 2004-11-09 and 11-11 have rows without a value; of 2004-11-15, 16 and 17 nothing is known but the last line
    assert [str(day) for day in parse(EVERY_FATE).missing_sessions] == []
    gap = "DATE,OPEN,HIGH,LOW,CLOSE\n11/05/2004,1,1,1,1\n11/10/2004,1,1,1,1\n"
    assert [str(day) for day in parse(gap).missing_sessions] == ["2004-11-08", "2004-11-09"]


def test_newest_first_is_read_the_same() -> None:
    header, *rows = EVERY_FATE.splitlines()
    turned = parse("\n".join([header, *reversed(rows)]))
    assert turned.counts == parse(EVERY_FATE).counts
    assert turned.series[0].columns["close"].tolist() == parse(EVERY_FATE).series[0].columns["close"].tolist()


def test_the_session_in_progress_is_not_taken_for_a_close() -> None:
    parsed = parse(EVERY_FATE, now="2004-11-12T20:59")
    assert parsed.series[0].days.astype(str).tolist()[-1] == "2004-11-10"
    assert (9, "provisional: the session has not closed yet") in [
        (fate.line, fate.reason) for fate in parsed.fates
    ]
    assert parse(EVERY_FATE, now="2004-11-12T21:00").counts == parse(EVERY_FATE).counts


def test_a_file_of_which_no_row_can_be_cut_is_refused() -> None:
    with pytest.raises(ParseRefusedError, match=r"line 2, column 2: 1 cells where the header has 5"):
        parse("DATE,OPEN,HIGH,LOW,CLOSE\nnonsense\n")


def test_a_layout_that_was_named_needs_its_columns() -> None:
    with pytest.raises(ParseRefusedError, match="line 1: no column 'high' in the header line"):
        parse("DATE,OPEN,CLOSE\n11/05/2004,1,1\n")


def test_each_symbol_of_a_table_is_a_series_and_its_gaps_are_noted() -> None:
    text = (
        ",DATE,VIX,VX1,VX2,SP500\n0,2018-02-02,17.31,15.625,15.275,2762.13\n1,2018-02-05,37.32,33.225,,2648.94\n"
    )
    parsed = parse(text, vx_table.LAYOUT, "")
    assert [(s.symbol, s.columns["close"].tolist()) for s in parsed.series] == [
        ("VX1", [15.625, 33.225]),
        ("VX2", [15.275]),
    ]
    assert parsed.ignored_columns == ("(no name)", "VIX", "SP500")
    assert parsed.counts[Fate.TAKEN] == parsed.rows == 2
    assert [(fate.line, fate.field, fate.reason) for fate in parsed.fates] == [(3, "VX2", "no value")]


MONTHS = "date,value\n1990-01-01,127.5\n1990-02-01,128.0\n1990-03-01,.\n1990-04-01,128.9\n"


def test_monthly_values_are_about_months_and_not_set_on_sessions() -> None:
    parsed = parse(MONTHS, fred.LAYOUT, "CPIAUCSL", now="1990-03-20T12:00")
    (series,) = parsed.series
    assert (series.interval, series.times.astype(str).tolist()) == ("1mo", ["1990-01-01", "1990-02-01"])
    assert parsed.missing_sessions == ()
    assert [(fate.line, fate.fate.value, fate.reason) for fate in parsed.fates] == [
        (4, "missing", "no value"),
        (5, "set_aside", "the month has not begun yet"),
    ]


def test_quarters_and_weekly_bars_are_refused_for_what_they_are() -> None:
    with pytest.raises(ParseRefusedError, match="one value a quarter or a year"):
        parse("date,value\n1990-01-01,1\n1990-04-01,2\n1990-07-01,3\n", fred.LAYOUT, "GDP")
    weeks = "DATE,OPEN,HIGH,LOW,CLOSE\n" + "".join(f"2018-01-{day:02},1,2,1,2\n" for day in (2, 8, 16, 22, 29))
    with pytest.raises(ParseRefusedError, match="one bar a week"):
        parse(weeks)
