"""Does a file of any header come in by the columns that a user named?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parsing.asked import Asked
from core.parsing.fates import ParsedFile
from core.parsing.mapping import ColumnMapping, header_key, mapped_layout, mapping_of, parse_mapping
from core.parsing.registry import parse
from core.parsing.table import ParseRefusedError
from core.parsing.zones import zone_named
from tests.core.market.exchange import calendar
from tests.core.parsing.parsing import closes

TEXT = "Tag;Schluss;Hoch;Kommentar\n05.02.2018;37,32;38,80;x\n06.02.2018;29,98;50,30;y\n"


def read(text: str, mapping: str, symbol: str = "VIX", zone: str = "") -> ParsedFile:
    layout = mapped_layout(parse_mapping(mapping))
    return parse(text, layout, Asked(calendar(), symbol, zone=zone_named(zone) if zone else None))


def test_the_named_columns_are_read_and_the_others_listed() -> None:
    parsed = read(TEXT, "date=Tag,close=Schluss,high=Hoch")
    assert closes(parsed.series[0]) == {"2018-02-05": 37.32, "2018-02-06": 29.98}
    assert parsed.series[0].columns["high"].tolist() == [38.8, 50.3]
    assert parsed.ignored_columns == ("Kommentar",)


def test_marks_and_order_can_be_said_where_the_file_does_not_decide_them() -> None:
    text = 'Day,Last\n02/05/2018,"1,234"\n'
    with pytest.raises(ParseRefusedError, match="MM/DD or DD/MM"):
        read(text, "date=Day,close=Last,decimal=comma")
    with pytest.raises(ParseRefusedError, match="does the comma part decimals"):
        read(text, "date=Day,close=Last,order=mdy")
    assert closes(read(text, "date=Day,close=Last,order=mdy,decimal=comma").series[0]) == {"2018-02-05": 1.234}
    assert closes(read(text, "date=Day,close=Last,order=dmy,decimal=point").series[0]) == {"2018-05-02": 1234.0}


def test_a_column_may_be_named_by_its_place() -> None:
    assert closes(read("Day,,a\n2018-02-05,37.32,1\n", "date=#1,close=#2").series[0]) == {"2018-02-05": 37.32}
    with pytest.raises(ParseRefusedError, match="no column '#9'"):
        read(TEXT, "date=Tag,close=#9")


def test_times_of_day_and_breadth_can_be_mapped_too() -> None:
    bars = "d,t,p\n2018-02-05,10:00,1\n2018-02-05,10:05,2\n"
    (series,) = read(bars, "date=d,time=t,close=p", zone="New York").series
    assert (series.interval, series.times.astype(str).tolist()[0]) == ("5min", "2018-02-05T15:00:00")
    (breadth,) = read("d,up,down\n2018-02-05,2,502\n", "date=d,advances=up,declines=down", "SP500").series
    assert (breadth.symbol, breadth.columns["declines"].tolist()) == ("BREADTH:SP500", [502.0])


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ParseRefusedError, match="line 1: no column 'Kurs' in the header line"):
        read(TEXT, "date=Tag,close=Kurs")


@pytest.mark.parametrize(
    "text",
    ["", "date=Tag", "close=Kurs", "date=,close=Kurs", "date=Tag,close=", "date=Tag,open=A",
     "date=Tag,close=A,color=B",
     "date=Tag,close=A,advances=B", "Tag,Kurs", "date=Tag,close=A,x"],
)  # fmt: skip
def test_what_is_no_mapping_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ParseRefusedError, match="is no column mapping: write it like date=Datum,close=Kurs"):
        parse_mapping(text)


NAMES = st.text(min_size=1, max_size=8)


@given(NAMES, st.dictionaries(st.sampled_from(["open", "high", "low", "close"]), NAMES, min_size=1))
def test_a_mapping_is_kept_as_it_was(date: str, fields: dict[str, str]) -> None:
    mapping = ColumnMapping(date, fields, "t", ",", "DD/MM")
    assert mapping_of(mapping.as_text()) == mapping


def test_the_key_of_a_header_is_that_of_its_names() -> None:
    assert header_key(("Tag", "Kurs")) == header_key(("tag", "KURS"))
    assert header_key(("Tag", "Kurs")) != header_key(("TagKurs",)) != header_key(("Kurs", "Tag"))
