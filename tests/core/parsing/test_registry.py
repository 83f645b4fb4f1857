"""Which layout has a file? The header lines that each publisher writes, and the files of later issues by name."""

import pytest

from core.parsing.asked import Asked
from core.parsing.fates import Fate
from core.parsing.layout import head_of
from core.parsing.registry import LAYOUTS, layout_named, parse, propose_symbol, recognise
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import calendar

OHLC = "18.44,38.8,16.8,37.32"
READ = [  # text, file name, layouts, symbol, closes of the first symbol
    (f"DATE,OPEN,HIGH,LOW,CLOSE\n02/05/2018,{OHLC}\n", "VIX_History.csv", ["cboe-index", "bars"], "VIX", 37.32),
    (f"DATE,OPEN,HIGH,LOW,CLOSE\n2018-02-05,{OHLC}\n", "vix-daily.csv", ["cboe-index", "bars"], "VIX", 37.32),
    ("DATE,VVIX\n02/05/2018,177.34\n", "download.csv", ["cboe-index", "fred"], "VVIX", 177.34),
    ("DATE,SKEW\n02/05/2018,117.33\n", "x.csv", ["cboe-index", "fred"], "SKEW", 117.33),
    (
        f"Date,Open,High,Low,Close,Adj Close,Volume\n2018-02-05,{OHLC},30.1,0\n",
        "^VIX.csv",
        ["yahoo"],
        "VIX",
        37.32,
    ),
    (f"Date,Open,High,Low,Close,Volume\n2018-02-05,{OHLC},7\n", "spy_us_d.csv", ["stooq"], "SPY", 37.32),
    (f"Date,Open,High,Low,Close\n2018-02-05,{OHLC}\n", "^vix_d.csv", ["stooq", "bars"], "VIX", 37.32),
    (
        f"Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2018-02-05,{OHLC},7\n",
        "^spx_d.csv",
        ["stooq"],
        "SPX",
        37.32,
    ),
    (
        f"Data;Otwarcie;Najwy\u017cszy;Najni\u017cszy;Zamkni\u0119cie\n2018-02-05;{OHLC.replace(',', ';')}\n",
        "^spx_d.csv",
        ["stooq"],
        "SPX",
        37.32,
    ),
    (f"Date,Open,High,Low,Close\n2018-02-05,{OHLC}\n", "spx_ohlc_1990_2021.csv", ["bars"], "SPX", 37.32),
    ("observation_date,VIXCLS\n2018-02-05,37.32\n2018-02-19,.\n", "x.csv", ["fred"], "VIX", 37.32),
    ("DATE,VIXCLS\n2018-02-05,37.32\n", "x.csv", ["fred"], "VIX", 37.32),
    ("Date,vix\n1/2/2018,9.77\n2/5/2018,37.32\n2/19/2018,.\n", "x.csv", ["fred"], "VIX", None),
    ("date,value\n2018-02-05,2.77\n", "DGS10.csv", ["fred"], "DGS10", 2.77),
    (",DATE,VIX,VX1,VX2\n1,2018-02-05,37.32,33.225,27.975\n", "x.csv", ["vx-table"], "", 33.225),
    (
        "date,advances,declines,unchanged,n\n2018-02-05,2,502,0,504\n",
        "breadth_sp500.csv",
        ["breadth"],
        "SP500",
        None,
    ),
    ("Date,Advances,Declines\n2018-02-05,2,502\n", "nyse.csv", ["breadth"], "NYSE", None),
]

LATER = [
    ("Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n", "CFE VX contract"),
    ("CFE data is compiled for\nTrade Date,Futures,Open,High,Low,Close\n", "CFE VX contract"),
    ("Product,Symbol,Expiration Date,Price\nVX,VX/F6,2026-01-21,16.1224\n", "CFE daily settlements"),
    ("\nS&P 500 INDEX,Last: 5000.00\n\nExpiration Date,Calls,Last Sale,Net,Bid\n", "Cboe option chain"),
    ("Time,Open,High,Low,Latest,Change,%Change,Volume\n2026-05-06,1,1,1,1,0,0,0\n", "Barchart"),
    ("Symbol,Time,Open,High,Low,Last,Change,Volume\n", "Barchart"),
    ('\ufeff"Fecha","Último","Apertura","Máximo","Mínimo","Vol.","% var."\n', "investing.com"),
    ('"Date","Price","Open","High","Low","Vol.","Change %"\n', "investing.com"),
    ("datetime,open,high,low,close,volume\n2019-02-15 16:00:00,14.89,14.89,14.89,14.89,0\n", "intraday bars"),
    ("Date,Open,High,Low,Close\n2019-02-15 16:00,14.89,14.89,14.89,14.89\n", "intraday bars"),
    ('<FlexQueryResponse queryName="PP" type="AF">\n', "Interactive Brokers Flex"),
    ('"ClientAccountID","AccountAlias"\n', "Interactive Brokers Flex"),
    ("Statement,Header,Field Name,Field Value\n", "Interactive Brokers statement"),
    ("\ufeffAccount Statement for * (Virtual Account) since 6/21/22\n\nCash Balance\n", "thinkorswim"),
    ("Date,Type,Sub Type,Action,Symbol,Instrument Type\n", "tastytrade"),
    ("Date/Time,Transaction Code,Transaction Subcode,Symbol\n", "tastytrade"),
    ("Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n", "Schwab"),
    ("ONE Detail Report\n\nDate/Time: 12/8/2021\n", "OptionNET Explorer"),
    ("20180205,502\n20180206,210\n", "unicorn"),
    ("Date,Net\n2018-02-05,-500\n", "net counts"),
]


@pytest.mark.parametrize(("text", "file_name", "layouts", "symbol", "close"), READ)
def test_a_file_is_known_by_its_header(
    text: str, file_name: str, layouts: list[str], symbol: str, close: float | None
) -> None:
    found = recognise(text, file_name)
    assert [layout.name for layout in found] == layouts
    assert propose_symbol(file_name, found[0], head_of(text).header)[0] == symbol
    parsed = parse(text, found[0], Asked(calendar(), symbol))
    assert parsed.counts[Fate.TAKEN] + parsed.counts[Fate.MISSING] == parsed.rows
    if close is not None:
        assert parsed.series[0].columns["close"].tolist() == [close]


@pytest.mark.parametrize(("text", "name"), LATER)
def test_a_file_of_a_later_issue_is_refused_by_its_name(text: str, name: str) -> None:
    with pytest.raises(ParseRefusedError, match=r"^this is an? .*; this program does not read it yet$") as refusal:
        recognise(text)
    assert name in str(refusal.value)


def test_an_unknown_header_is_shown() -> None:
    with pytest.raises(ParseRefusedError, match=r"no known layout: the header line is 'foo,bar,baz'"):
        recognise("foo,bar,baz\n1,2,3\n")
    with pytest.raises(ParseRefusedError, match="the file is empty"):
        recognise("\n \n")


@pytest.mark.parametrize(("text", "file_name", "layouts", "symbol", "close"), [c for c in READ if len(c[2]) > 1])
def test_layouts_that_both_claim_a_file_read_it_alike(
    text: str, file_name: str, layouts: list[str], symbol: str, close: float
) -> None:
    longer = text + text.splitlines()[1].replace("2018-02-05", "2018-02-13").replace("02/05/2018", "02/13/2018")
    for name in layouts:
        (series,) = parse(longer, layout_named(name), Asked(calendar(), symbol)).series
        assert series.days.astype(str).tolist() == ["2018-02-05", "2018-02-13"], name
        assert series.columns["close"].tolist() == [close, close], name


def test_a_layout_has_a_name_of_its_own() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)
    with pytest.raises(ParseRefusedError, match=r"no layout is called 'excel': cboe-index, yahoo, "):
        layout_named("excel")


def test_yahoo_closes_are_not_the_adjusted_ones() -> None:
    text, name, _, symbol, _ = next(case for case in READ if case[2] == ["yahoo"])
    parsed = parse(text, recognise(text, name)[0], Asked(calendar(), symbol))
    assert parsed.ignored_columns == ("Adj Close", "Volume")
    assert parsed.series[0].columns["close"].tolist() == [37.32]


def test_an_index_is_never_zero_but_a_yield_may_be() -> None:
    yields = parse(
        "DATE,DGS3MO\n2011-12-08,0.00\n2011-12-09,-0.01\n", layout_named("fred"), Asked(calendar(), "DGS3MO")
    )
    assert yields.series[0].columns["close"].tolist() == [0.0, -0.01]
    index = parse(
        "DATE,VIXCLS\n2011-12-08,0.00\n2011-12-09,26.38\n", layout_named("fred"), Asked(calendar(), "VIX")
    )
    assert index.counts[Fate.REFUSED] == 1


def test_breadth_counts_are_whole_and_of_some_stock() -> None:
    text = "date,advances,declines\n2018-02-05,2,502\n2018-02-06,0,0\n2018-02-07,10.5,3\n2018-02-08,,400\n"
    parsed = parse(text, layout_named("breadth"), Asked(calendar(), "SP500"))
    assert parsed.series[0].symbol == "BREADTH:SP500"
    assert parsed.series[0].columns["declines"].tolist() == [502.0]
    assert [(fate.line, fate.fate.value) for fate in parsed.fates] == [
        (3, "missing"),
        (4, "refused"),
        (5, "missing"),
    ]
