"""Do the published files come in as they were counted outside this program (with pandas, by eye)?"""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.parsing.asked import Asked
from core.parsing.fates import Fate, ParsedFile
from core.parsing.layout import head_of
from core.parsing.registry import parse, propose_symbol, recognise
from core.parsing.symbols import day_in_file_name
from core.parsing.table import ParseRefusedError
from core.parsing.zones import zone_named
from tests.core.market.exchange import DATA, calendar, real_file

COUNTS = {  # rows, taken, flagged, set aside, missing, missing sessions
    "daily/VIX_History.csv": ("VIX", 8061, 8013, 47, 1, 0, 4),
    "daily/VIX9D_History.csv": ("VIX9D", 2768, 2768, 0, 0, 0, 0),
    "daily/VIX3M_History.csv": ("VIX3M", 3094, 3094, 0, 0, 0, 0),
    "daily/VVIX_History.csv": ("VVIX", 3925, 3925, 0, 0, 0, 61),
    "daily/SKEW_History.csv": ("SKEW", 8049, 8049, 0, 0, 0, 15),
    "daily/spx_ohlc_1990_2021.csv": ("SPX", 8064, 8064, 0, 0, 0, 0),
    "futures/vx1_vx8_settle_2007_2021.csv": ("", 3711, 3711, 0, 0, 0, 0),
    "breadth/breadth_nyse_1990_2015.csv": ("NYSE", 6550, 6517, 0, 33, 0, 2),
    "breadth/breadth_sp500_2016_2019.csv": ("SP500", 613, 613, 0, 0, 0, 0),
    "breadth/breadth_sp500_2020.csv": ("SP500", 251, 251, 0, 0, 0, 0),
    "breadth/breadth_us_listed_2007_2021.csv": ("US_LISTED", 3777, 3777, 0, 0, 0, 0),
    "macro/VIXCLS.csv": ("VIX", 8349, 8061, 0, 1, 287, 0),
    "macro/DGS3MO.csv": ("DGS3MO", 4435, 4248, 0, 7, 180, 0),
    "macro/DGS10.csv": ("DGS10", 8350, 7996, 0, 11, 343, 0),
    "macro/DGS2.csv": ("DGS2", 8350, 7996, 0, 11, 343, 0),
    "macro/DTWEXBGS.csv": ("DTWEXBGS", 4175, 3973, 0, 40, 162, 0),
    "macro/CPIAUCSL.csv": ("CPIAUCSL", 384, 384, 0, 0, 0, 0),
    "macro/PPIFIS.csv": ("PPIFIS", 146, 146, 0, 0, 0, 0),
    "quirks/fred_old_form_dot_missing.csv": ("VIX", 1305, 1259, 0, 0, 46, 0),
    "quirks/investing_com_es_sp500.csv": ("SPX", 2518, 2518, 0, 0, 0, 0),
    "quirks/ecb_eurusd_dot_missing.csv": ("EURUSD", 5853, 3994, 0, 109, 1750, 0),
    "quirks/yahoo_null_rows_EAI.csv": ("", 4084, 921, 0, 0, 3163, 0),
}


def read(name: str) -> tuple[ParsedFile, str]:
    path = real_file(name)
    text = path.read_text(encoding="utf-8-sig")
    layout = recognise(text, path.name)[0]
    symbol, _ = propose_symbol(path.name, layout, head_of(text).header)
    return parse(text, layout, Asked(calendar(), symbol or "EAI")), symbol


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_accounted_for(name: str) -> None:
    parsed, symbol = read(name)
    found = [parsed.counts[fate] for fate in (Fate.TAKEN, Fate.FLAGGED, Fate.SET_ASIDE, Fate.MISSING)]
    assert (symbol, parsed.rows, *found, len(parsed.missing_sessions)) == COUNTS[name]
    assert parsed.counts[Fate.REFUSED] == parsed.counts[Fate.REPEATED] == 0


@pytest.mark.parametrize("name", [name for name in COUNTS if name.startswith("daily")])
def test_the_values_are_those_that_pandas_reads(name: str) -> None:
    (series,) = read(name)[0].series
    frame = pd.read_csv(real_file(name))
    frame.columns = [column.lower() for column in frame.columns]
    frame.index = pd.to_datetime(frame["date"])
    frame = frame.loc[pd.DatetimeIndex(series.days)]
    for field, values in series.columns.items():
        expected = frame[field if field in frame else frame.columns[-1]]
        assert values.tolist() == expected.tolist(), field


def test_the_quirks_of_the_vix_file() -> None:
    parsed, _ = read("daily/VIX_History.csv")
    missing = [date(1991, 3, 1), date(1997, 1, 31), date(1997, 11, 26), date(1999, 12, 31)]
    assert list(parsed.missing_sessions) == missing
    fates = {fate.day: fate for fate in parsed.fates}
    assert fates[date(2004, 6, 11)].reason == "the exchange was shut on Friday 2004-06-11"
    assert fates[date(2004, 11, 8)].fate is Fate.FLAGGED
    assert fates[date(2004, 11, 8)].reason.startswith("open 2.58 is below the low 13.68")
    by_day = dict(zip(parsed.series[0].days.tolist(), parsed.series[0].columns["close"].tolist(), strict=True))
    assert by_day[date(2018, 2, 5)] == 37.32
    assert by_day[date(2020, 3, 16)] == 82.69
    assert by_day[date(2004, 11, 8)] == 13.80
    assert date(2004, 6, 11) not in by_day


def test_the_settlement_table_gives_the_curve_and_nothing_else() -> None:
    parsed, _ = read("futures/vx1_vx8_settle_2007_2021.csv")
    at = {one.symbol: dict(zip(one.days.tolist(), one.columns["close"], strict=True)) for one in parsed.series}
    assert list(at) == [f"VX{n}" for n in range(1, 9)]
    assert (at["VX1"][date(2018, 2, 5)], at["VX2"][date(2018, 2, 5)]) == (33.225, 27.975)
    assert (at["VX1"][date(2020, 3, 16)], at["VX2"][date(2020, 3, 16)]) == (72.625, 59.15)
    assert parsed.ignored_columns == ("(no name)", "VIX", "SP500")


def test_breadth_of_the_days_that_are_known() -> None:
    for name, day, advances, declines in [
        ("breadth/breadth_sp500_2016_2019.csv", date(2018, 2, 5), 2, 502),
        ("breadth/breadth_sp500_2020.csv", date(2020, 3, 16), 9, 490),
    ]:
        (series,) = read(name)[0].series
        row = series.days.tolist().index(day)
        assert (series.columns["advances"][row], series.columns["declines"][row]) == (advances, declines)


def refusal_of(path: Path) -> str:
    """Return why a file is refused, "" if it is read."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        layout = recognise(text, path.name)[0]
        symbol = "" if layout.names_itself else "X"
        zone, day = zone_named("New York"), day_in_file_name(path.name)
        parsed = parse(text, layout, Asked(calendar(), symbol, path.name, zone, day))
    except ParseRefusedError as error:
        return str(error)
    assert sum(parsed.counts.values()) == parsed.rows, path.name
    return ""


def test_every_other_file_is_read_or_refused_in_words() -> None:
    if not DATA.is_dir():
        pytest.skip("the shared data files are not here")
    others = [path for path in sorted(DATA.rglob("*.*")) if str(path.relative_to(DATA)) not in COUNTS]
    words = {path.name: refusal_of(path) for path in others}
    assert not [text for text in words.values() if "\n" in text]
    assert sum("this program does not read" in text for text in words.values()) >= 7  # the brokers' files
    assert sum(not text for text in words.values()) >= 15  # futures, chains, bars within a day, dates
    unknown = [name for name, text in words.items() if "no known layout" in text]
    assert unknown == ["README.md"]
