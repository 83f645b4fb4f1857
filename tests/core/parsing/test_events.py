"""Is a list of announcements read as it stands, every doubtful row refused by line? Against lists written here."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market.events import MarketEvent
from core.parsing.asked import Asked
from core.parsing.events import LAYOUT, kind_in_file_name
from core.parsing.fates import Fate, ParsedFile
from core.parsing.registry import parse, recognise
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import calendar, real_file


def read(text: str, kind: str = "", file_name: str = "dates.csv") -> ParsedFile:
    return parse(text, LAYOUT, Asked(calendar(), kind, file_name))


def test_a_bare_list_of_dates_takes_its_kind_from_the_user_or_the_files_name() -> None:
    text = "date\n2018-03-21\n2018-01-31\n"
    expected = (MarketEvent(date(2018, 1, 31), "FOMC"), MarketEvent(date(2018, 3, 21), "FOMC"))
    assert read(text, "fomc").events == expected
    found = read(text, file_name="fomc_2018.csv")
    assert found.events == expected
    assert (found.rows, found.series, found.fates, found.taken_lines) == (2, (), (), ((2, 3),))
    assert read(text, "CPI", "fomc_2018.csv").events[0].kind == "CPI"


def test_numbers_where_they_are_known() -> None:
    rows = "2018-02-14,CPI,0.5,0.3,0.1\n2018-03-13,cpi,,0.2,\n2018-02-15,PPI,-0.4,.,\n"
    assert read("date,kind,actual,consensus,previous\n" + rows).events == (
        MarketEvent(date(2018, 2, 14), "CPI", 0.5, 0.3, 0.1),
        MarketEvent(date(2018, 2, 15), "PPI", -0.4),
        MarketEvent(date(2018, 3, 13), "CPI", None, 0.2),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("date\n2018-01-31\n", "name the kind with --symbol, like FOMC"),
        ("date,kind\n", "no header line with data rows"),
        ("date,kind\n01/02/2018,FOMC\n", "MM/DD or DD/MM"),
        ("date,kind,kind\n2018-01-31,FOMC,CPI\n", "twice"),
    ],
)
def test_what_spoils_the_whole_list(text: str, reason: str) -> None:
    with pytest.raises(ParseRefusedError, match=reason):
        read(text)


def test_rows_that_cannot_be_read_are_refused_by_line() -> None:
    rows = "2018-02-30,CPI,1\n2018-02-14,C P I,1\n2018-02-14,CPI,nan\n2018-02-14,PPI\n2018-02-15,PPI,0.4\n"
    found = read("date,kind,actual\n" + rows)
    assert [(fate.line, fate.column) for fate in found.refused] == [(2, 1), (3, 2), (4, 3), (5, 3)]
    assert found.events == (MarketEvent(date(2018, 2, 15), "PPI", 0.4),)
    assert (found.rows, found.counts[Fate.TAKEN], found.counts[Fate.REFUSED]) == (5, 1, 4)


def test_the_same_twice_is_one_and_two_different_ones_are_none() -> None:
    same = read("date,kind,actual\n2018-02-14,CPI,1\n2018-02-14,CPI,1\n2018-02-14,PPI,1\n")
    assert len(same.events) == 2
    assert [(fate.line, fate.fate) for fate in same.fates] == [(3, Fate.REPEATED)]
    apart = read("date,kind,actual\n2018-02-14,CPI,1\n2018-02-14,CPI,2\n2018-02-14,PPI,1\n")
    assert [fate.line for fate in apart.refused] == [2, 3]
    assert apart.refused[0].reason == "CPI of 2018-02-14 stands on lines 2, 3 with different values"
    assert [event.kind for event in apart.events] == ["PPI"]


def test_a_list_is_known_by_having_no_other_column() -> None:
    for text in ("date\n2018-01-31\n", "Date,Kind,Actual\n2018-01-31,CPI,1\n"):
        assert [layout.name for layout in recognise(text)] == ["events"]
    assert "events" not in [layout.name for layout in recognise("date,value\n2018-01-31,1\n")]
    with pytest.raises(ParseRefusedError, match="exchange holidays"):
        recognise("date,kind,detail\n2018-01-01,closed,New Year\n")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fomc_dates_2000_2026.csv", "FOMC"),
        ("CPI releases.csv", "CPI"),
        ("cpi_and_ppi.csv", ""),
        ("dates.csv", ""),
    ],
)
def test_the_kind_in_a_file_name(name: str, kind: str) -> None:
    assert kind_in_file_name(name) == kind


def test_the_meetings_of_a_quarter_century() -> None:
    text = real_file("macro/fomc_dates_2000_2026.csv").read_text(encoding="utf-8")
    found = read(text, file_name="fomc_dates_2000_2026.csv")
    days = [event.day for event in found.events]
    assert found.refused == ()
    assert len(days) == found.rows == len(text.split()) - 1
    assert days == sorted(days)
    assert {date(2008, 10, 8), date(2018, 3, 21), date(2026, 12, 9)} <= {*days}


@given(st.text(alphabet='date,kindCPIFOMC0123456789-./\n"\r\0 ;', max_size=200))
def test_any_text_gives_events_or_one_refusal(text: str) -> None:
    try:
        found = read(text, "CPI")
    except ParseRefusedError:
        return
    assert sum(found.counts.values()) == found.rows
    assert len(found.events) == found.counts[Fate.TAKEN]
