"""What does a CFE contract file mean? Single rows worked out by hand, and the published files."""

import numpy as np
import pytest

from core.parsing.fates import Fate
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import real_file
from tests.core.parsing.parsing import closes, read_text, told

HEADER = "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"


def test_prices_before_march_26_2007_are_divided_by_ten() -> None:
    text = HEADER + (
        "3/23/2007,K (May 07),136.9,139,136.5,138,138.7,1.5,561,0,19879,\n"
        "03/26/2007,K (May 07),13.80,14.30,13.70,13.80,13.79,-0.80,490,0,20141\n"
    )
    contract = read_text(text).series[0]
    assert contract.symbol == "VX:2007-05-16"
    assert closes(contract) == {"2007-03-23": 13.87, "2007-03-26": 13.79}
    assert contract.columns["high"].tolist() == [13.9, 14.3]


def test_a_copy_that_was_divided_already_is_left_as_it_is() -> None:
    text = HEADER + "3/23/2007,K (May 07),13.69,13.9,13.65,13.8,13.87,1.5,561,0,19879\n"
    assert closes(read_text(text).series[0]) == {"2007-03-23": 13.87}


def test_a_day_without_a_trade_has_a_settlement_and_no_range() -> None:
    text = HEADER + (
        "07/25/2011,H (Mar 12),24.00,24.00,23.95,24.00,24.05,0.00,102,0,101\n"
        "07/26/2011,H (Mar 12),0.00,24.10,23.90,0.00,24.10,0.00,0,0,101\n"
        "07/27/2011,H (Mar 12),0.00,18.15,18.80,0.00,24.20,0.00,0,0,101\n"
        "07/28/2011,H (Mar 12),0,0,0,0,0,0,0,0,0\n"
    )
    parsed = read_text(text)
    contract = parsed.series[0]
    assert closes(contract) == {"2011-07-25": 24.05, "2011-07-26": 24.10, "2011-07-27": 24.20}
    assert contract.columns["high"][0] == 24.00  # the settlement above it breaks no range
    assert np.isnan(contract.columns["high"][1])
    assert contract.range_broken.tolist() == [False, False, True]
    (_, _, no_trade), (_, _, crossed), (_, _, none) = told(parsed)
    assert no_trade == "no trade: the settlement counts"
    assert crossed.startswith("high 18.15 is below the low 18.8")
    assert none == "no value"
    assert (parsed.counts[Fate.TAKEN], parsed.counts[Fate.FLAGGED], parsed.counts[Fate.MISSING]) == (2, 1, 1)


def test_the_last_row_of_an_expired_contract_is_its_final_settlement() -> None:
    text = HEADER + (
        "03/20/2012,H (Mar 12),16.05,16.65,15.64,15.65,15.65,0.10,32288,108,40685\n"
        "03/21/2012,H (Mar 12),0.00,0.00,0.00,0.00,14.55,-1.10,0,0,36491\n"
    )
    contract, settlement = read_text(text).series
    assert closes(contract)["2012-03-21"] == 14.55
    assert (settlement.symbol, closes(settlement)) == ("VRO", {"2012-03-21": 14.55})


def test_a_contract_that_trades_on_has_no_final_settlement() -> None:
    text = HEADER + "03/20/2012,H (Mar 12),16.05,16.65,15.64,15.65,15.65,0.10,32288,108,40685\n"
    assert [one.symbol for one in read_text(text).series] == ["VX:2012-03-21"]


def test_rows_after_the_expiry_are_refused() -> None:
    text = HEADER + "03/22/2012,H (Mar 12),16.05,16.65,15.64,15.65,15.65,0.10,32288,108,40685\n"
    assert told(read_text(text)) == [(2, "refused", "the contract expired on 2012-03-21")]


ROW = "2018-03-19,{},16.9,17.5,16.8,17.4,17.4,0.1,10,0,10\n"


@pytest.mark.parametrize(
    ("label", "name", "symbol", "expiry"),
    [
        ("H (Mar 18)", "CFE_H18_VX.csv", "", "VX:2018-03-21"),
        ("H (Mar 2018)", "VX_2018-03-21.csv", "", "VX:2018-03-21"),
        ("H (Mar 2018)", "VX_2018-03-28.csv", "", "VX:2018-03-28"),  # a weekly one, by its file
        ("13 (Mar 2018)", "VX_2018-03-28 (1).csv", "", "VX:2018-03-28"),
        ("13 (Mar 2018)", "x.csv", "VX:2018-03-28", "VX:2018-03-28"),
    ],
)
def test_a_contract_is_named_by_its_expiry(label: str, name: str, symbol: str, expiry: str) -> None:
    assert read_text(HEADER + ROW.format(label), name, symbol=symbol).series[0].symbol == expiry


@pytest.mark.parametrize(
    ("label", "name", "symbol", "words"),
    [
        ("13 (Mar 2018)", "x.csv", "", "is no monthly contract: name it by its expiry"),
        (
            "H (Mar 2018)",
            "VX_2018-04-18.csv",
            "",
            "the file is named for 2018-04-18, its rows are of 'H .Mar 2018.'",
        ),
        ("H (Mar 2018)", "x.csv", "VX", "'VX' is no VX contract"),
        ("H (Mar 40)", "x.csv", "", "its expiry cannot be worked out"),
    ],
)
def test_a_contract_that_cannot_be_named_is_refused(label: str, name: str, symbol: str, words: str) -> None:
    with pytest.raises(ParseRefusedError, match=words):
        read_text(HEADER + ROW.format(label), name, symbol=symbol)


def test_several_contracts_in_one_file_are_taken_apart() -> None:
    text = HEADER.replace("Total Volume", "%Change,Volume") + (
        "2018-03-19,H (Mar 18),16.9,17.5,16.8,17.4,17.425,0.1,1,10,0,10\n"
        "2018-03-19,J (Apr 18),17.0,17.6,16.9,17.5,17.525,0.1,1,10,0,10\n"
        "2018-03-20,J (Apr 18),17.0,17.6,16.9,17.1,x,0.1,1,10,0,10\n"
    )
    parsed = read_text(text, "VX_EOD.csv")
    assert [(one.symbol, list(closes(one).values())) for one in parsed.series] == [
        ("VX:2018-03-21", [17.425]),
        ("VX:2018-04-18", [17.525]),
    ]
    assert (parsed.rows, parsed.counts[Fate.TAKEN], parsed.counts[Fate.REFUSED]) == (3, 2, 1)
    assert parsed.refused[0].line == 4
    with pytest.raises(ParseRefusedError, match="holds 2 contracts: leave --symbol out"):
        read_text(text, symbol="VX:2018-03-21")


@pytest.mark.parametrize(
    ("name", "counts", "symbol", "settled"),
    [  # rows; taken, flagged, missing: counted with awk
        ("F08", (125, 124, 0, 1), "VX:2008-01-16", 24.18),
        ("K08", (525, 524, 0, 1), "VX:2008-05-21", 17.16),
        ("G10", (159, 145, 0, 14), "VX:2010-02-17", 22.50),
        ("U11", (179, 168, 0, 11), "VX:2011-09-21", 33.72),
        ("V11", (173, 168, 0, 5), "VX:2011-10-19", 33.15),
        ("H12", (167, 167, 0, 0), "VX:2012-03-21", 14.55),
        ("X14", (189, 188, 1, 0), "VX:2014-11-19", 14.55),
        ("F15", (191, 190, 1, 0), "VX:2015-01-21", 20.97),
    ],
)
def test_the_published_files(name: str, counts: tuple[int, ...], symbol: str, settled: float) -> None:
    path = real_file(f"futures/cfe/CFE_{name}_VX.csv")
    parsed = read_text(path.read_text(), path.name)
    fates = (parsed.counts[fate] for fate in (Fate.TAKEN, Fate.FLAGGED, Fate.MISSING))
    assert (parsed.rows, *fates) == counts
    contract, settlement = parsed.series
    assert (contract.symbol, settlement.symbol) == (symbol, "VRO")
    assert list(closes(settlement).values()) == [settled]
    assert 9 < contract.columns["close"].min() < contract.columns["close"].max() < 90
