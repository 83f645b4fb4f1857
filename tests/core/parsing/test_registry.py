"""Which layout has a file? The header lines that each publisher writes, and the files of later issues by name."""

import pytest

from core.parsing.asked import Asked
from core.parsing.fates import Fate
from core.parsing.registry import LAYOUTS, choose, layout_named, parse, recognise
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import calendar
from tests.core.parsing.seeds import SEEDS, Seed

LATER = [
    ("date,kind,detail\n2018-01-01,closed,New Year\n", "exchange holidays"),
    ('<FlexQueryResponse queryName="PP" type="AF">\n', "Interactive Brokers Flex"),
    ('"ClientAccountID","AccountAlias"\n', "Interactive Brokers Flex"),
    ("Statement,Header,Field Name,Field Value\n", "Interactive Brokers statement"),
    ("\ufeffAccount Statement for * (Virtual Account) since 6/21/22\n\nCash Balance\n", "thinkorswim"),
    ("Date,Type,Sub Type,Action,Symbol,Instrument Type\n", "tastytrade"),
    ("Date/Time,Transaction Code,Transaction Subcode,Symbol\n", "tastytrade"),
    ("Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n", "Schwab"),
    ("ONE Detail Report\n\nDate/Time: 12/8/2021\n", "OptionNET Explorer"),
]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.layouts[0]}-{seed.file_name}")
def test_a_file_is_known_by_its_header(seed: Seed) -> None:
    assert tuple(layout.name for layout in recognise(seed.text, seed.file_name)) == seed.layouts
    layout = seed.layout()
    assert layout.name == seed.layouts[0]
    if not layout.names_itself:
        assert seed.proposed_symbol() == seed.symbol
    parsed = parse(seed.text, layout, seed.asked())
    assert sum(parsed.counts.values()) == parsed.rows
    assert parsed.counts[Fate.TAKEN] > 0
    assert parsed.counts[Fate.REFUSED] == 0
    assert (parsed.chain is not None) == (layout.name in {"cboe-chain", "lean-universe"})
    if seed.close is not None:
        assert parsed.series[0].columns["close"][0] == seed.close


def test_every_layout_has_a_seed() -> None:
    assert {seed.layouts[0] for seed in SEEDS} == {layout.name for layout in LAYOUTS}


@pytest.mark.parametrize(("text", "name"), LATER)
def test_a_file_of_a_later_issue_is_refused_by_its_name(text: str, name: str) -> None:
    with pytest.raises(
        ParseRefusedError,
        match=r"^this is an? [^;]*; this program|^this is a list of exchange holidays; the program has",
    ) as refusal:
        recognise(text)
    assert name in str(refusal.value)


def test_an_unknown_header_is_shown() -> None:
    with pytest.raises(ParseRefusedError, match=r"no known layout: the header line is 'foo,bar,baz'"):
        recognise("foo,bar,baz\n1,2,3\n")
    with pytest.raises(ParseRefusedError, match="the file is empty"):
        recognise("\n \n")


@pytest.mark.parametrize("seed", [one for one in SEEDS if {"cboe-index", "bars"} & set(one.layouts[:-1])])
def test_layouts_that_both_claim_prices_read_them_alike(seed: Seed) -> None:
    row = seed.text.splitlines()[1]
    longer = seed.text + row.replace("2018-02-05", "2018-02-13").replace("02/05/2018", "02/13/2018")
    for name in seed.layouts:
        (series,) = parse(longer, layout_named(name), seed.asked()).series
        assert series.days.astype(str).tolist() == ["2018-02-05", "2018-02-13"], name
        assert series.columns["close"].tolist() == [seed.close, seed.close], name


@pytest.mark.parametrize(
    ("text", "file_name", "words"),
    [
        ("date,value\n2018-02-05,37\n", "download.csv", "breadth-net (net breadth), fred (prices)"),
        ("20180205,502\n", "x.csv", "unicorn-advances (advances), unicorn-declines (declines), unicorn-unchanged"),
    ],
)
def test_a_file_that_may_mean_two_things_is_asked_about(text: str, file_name: str, words: str) -> None:
    claims = recognise(text, file_name)
    with pytest.raises(ParseRefusedError) as refusal:
        choose(claims, text, file_name)
    assert words in str(refusal.value)
    assert "name one with --as" in str(refusal.value)


def test_a_symbol_that_is_given_speaks_for_prices() -> None:
    text = "date,value\n2018-02-05,37\n"
    assert choose(recognise(text, "download.csv"), text, "download.csv", "VIX").name == "fred"


def test_a_layout_has_a_name_of_its_own() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)
    with pytest.raises(ParseRefusedError, match=r"no layout is called 'excel': cboe-index, yahoo, "):
        layout_named("excel")


def test_yahoo_closes_are_not_the_adjusted_ones() -> None:
    seed = next(one for one in SEEDS if one.layouts == ("yahoo",))
    parsed = parse(seed.text, seed.layout(), seed.asked())
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
