"""Is a list of events read as it stands, with every doubtful row refused by line? Against lists written here."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market.events import MarketEvent
from core.parsing.events import is_event_list, kind_in_file_name, parse_events
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import real_file


def test_a_bare_list_of_dates_takes_its_kind_from_outside() -> None:
    found = parse_events("date\n2018-03-21\n2018-01-31\n", "fomc")
    assert found.events == (MarketEvent(date(2018, 1, 31), "FOMC"), MarketEvent(date(2018, 3, 21), "FOMC"))
    assert (found.rows, found.repeated, found.refused) == (2, 0, ())


def test_numbers_where_they_are_known() -> None:
    rows = "2018-02-14,CPI,0.5,0.3,0.1\n2018-03-13,cpi,,0.2,\n2018-02-15,PPI,-0.4,.,\n"
    text = "date,kind,actual,consensus,previous\n" + rows
    assert parse_events(text).events == (
        MarketEvent(date(2018, 2, 14), "CPI", 0.5, 0.3, 0.1),
        MarketEvent(date(2018, 2, 15), "PPI", -0.4),
        MarketEvent(date(2018, 3, 13), "CPI", None, 0.2),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("date\n2018-01-31\n", "name the kind"),
        ("date,kind,detail\n2018-01-01,closed,New Year\n", "the columns date, kind"),
        ("date,kind\n", "no header line with data rows"),
        ("day,kind\n2018-01-31,FOMC\n", "the columns date, kind"),
        ("date,kind\n01/02/2018,FOMC\n", "MM/DD or DD/MM"),
        ("date,kind,kind\n2018-01-31,FOMC,CPI\n", "twice"),
    ],
)
def test_what_spoils_the_whole_list(text: str, reason: str) -> None:
    with pytest.raises(ParseRefusedError, match=reason):
        parse_events(text)


def test_rows_that_cannot_be_read_are_refused_by_line() -> None:
    rows = "2018-02-30,CPI,1\n2018-02-14,C P I,1\n2018-02-14,CPI,nan\n2018-02-14,PPI\n2018-02-15,PPI,0.4\n"
    found = parse_events("date,kind,actual\n" + rows)
    assert [(error.line, error.column) for error in found.refused] == [(2, 1), (3, 2), (4, 3), (5, 3)]
    assert found.events == (MarketEvent(date(2018, 2, 15), "PPI", 0.4),)
    assert found.rows == 5


def test_the_same_twice_is_one_and_two_different_ones_are_none() -> None:
    same = parse_events("date,kind,actual\n2018-02-14,CPI,1\n2018-02-14,CPI,1\n2018-02-14,PPI,1\n")
    assert (len(same.events), same.repeated, same.refused) == (2, 1, ())
    apart = parse_events("date,kind,actual\n2018-02-14,CPI,1\n2018-02-14,CPI,2\n2018-02-14,PPI,1\n")
    assert [error.line for error in apart.refused] == [2, 3]
    assert [event.kind for event in apart.events] == ["PPI"]


def test_what_a_list_of_events_looks_like() -> None:
    assert is_event_list("date\n2018-01-31\n")
    assert is_event_list("Date,Kind,Actual\n")
    assert not is_event_list("date,value\n2018-01-31,1\n")
    assert not is_event_list("date,kind,detail\n")
    assert not is_event_list("")


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
    found = parse_events(text, "FOMC")
    days = [event.day for event in found.events]
    assert found.refused == ()
    assert len(days) == found.rows == len(text.split()) - 1
    assert days == sorted(days)
    assert {date(2008, 10, 8), date(2018, 3, 21), date(2026, 12, 9)} <= {*days}


@given(st.text(alphabet='date,kindCPIFOMC0123456789-./\n"\r\0 ;', max_size=200))
def test_any_text_gives_events_or_one_refusal(text: str) -> None:
    try:
        found = parse_events(text, "CPI")
    except ParseRefusedError:
        return
    assert len(found.events) + found.repeated + len(found.refused) == found.rows
