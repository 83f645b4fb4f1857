"""What does a chain say? Rows worked out by hand, the published files, and the one printed on Labor Day."""

import csv

import numpy as np
import pytest

from core.parsing.fates import Fate
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import real_file, utc
from tests.core.parsing.parsing import read_text, told

SIDE = "Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest"
HEADER = f"Expiration Date,Calls,{SIDE},Strike,Puts,{SIDE}\n"
DATE = '"Date: February 5, 2018 at 2:56 PM EST",Bid: 2648.1,Ask: 2649.2,Size: 1*1,Volume: 0\n'
TOP = "\nStandard & Poors 500 Index,Last: 2648.94,Change: -113.19\n" + DATE + HEADER
CALL = "79.1,-50,78.2,80.9,12,0.2931,0.6612,0.0021,512"
PUT = "31.2,11,30.5,32.1,900,0.3055,-0.3388,0.0021,7000"
ROW = f"Fri Feb 16 2018,SPX180216C02600000,{CALL},2600.00,SPX180216P02600000,{PUT}\n"


def test_a_row_is_a_call_and_a_put() -> None:
    chain = read_text(TOP + ROW).chain
    assert chain is not None
    assert (chain.underlying, chain.source, chain.time) == ("SPX", "cboe", utc("2018-02-05T19:56"))
    assert (chain.roots.tolist(), chain.rights.tolist()) == (["SPX", "SPX"], ["C", "P"])
    assert chain.expiries.astype(str).tolist() == ["2018-02-16"] * 2
    assert chain.strikes_e8.tolist() == [2600_00000000] * 2
    assert {name: values.tolist() for name, values in chain.columns.items()} == {
        "bid": [78.2, 30.5],
        "ask": [80.9, 32.1],
        "last": [79.1, 31.2],
        "iv": [0.2931, 0.3055],
        "delta": [0.6612, -0.3388],
        "gamma": [0.0021, 0.0021],
        "volume": [12, 900],
        "open_interest": [512, 7000],
    }


def test_a_bid_of_zero_is_one_and_a_volatility_of_zero_is_none() -> None:
    put = ROW.replace(PUT, "0,0,0,0.05,0,0,0,0,0")
    chain = read_text(TOP + put.replace(CALL, "0,0,0,0,0,0,0.9997,0,5")).chain
    assert chain is not None
    values = {name: column.tolist() for name, column in chain.columns.items()}
    assert values["bid"] == [0, 0]
    assert values["ask"][1] == 0.05
    assert np.isnan(values["ask"][0])
    for name in ("last", "iv", "gamma"):
        assert np.isnan(values[name]).all()
    assert values["delta"][0] == 0.9997
    assert np.isnan(values["delta"][1])  # printed beside no volatility, so it was not computed
    assert (values["volume"], values["open_interest"]) == ([0, 0], [5, 0])


def test_both_roots_stand_at_one_expiry_and_strike() -> None:
    chain = read_text(TOP + ROW + ROW.replace("SPX180216", "SPXW180216")).chain
    assert chain is not None
    assert chain.roots.tolist() == ["SPX", "SPX", "SPXW", "SPXW"]
    assert chain.underlying == "SPX"


@pytest.mark.parametrize(
    ("row", "fate", "words"),
    [
        (
            ROW.replace("Fri Feb 16", "Fri Feb 17"),
            "refused",
            "SPX180216C02600000 does not expire on 'Fri Feb 17 2018'",
        ),
        (ROW.replace("2600.00", "2650.00"), "refused", "SPX180216C02600000 has not the strike '2650.00'"),
        (ROW.replace("P02600000", "C02600000"), "refused", "'SPX180216C02600000' is no symbol of a put"),
        (ROW.replace("0.2931", "29%"), "refused", "Calls IV: '29%' is not a plain number"),
        (ROW.replace("80.9", "nan"), "refused", "Calls Ask: 'nan' is not a plain number"),
        (ROW.replace("0.6612", "1.5"), "refused", "Calls Delta: '1.5' is outside -1 to 1"),
        (ROW.replace("78.2,80.9", "81.2,80.9"), "flagged", "bid 81.2 above ask 80.9: neither counts"),
        (ROW.replace("180216", "180202").replace("Feb 16", "Feb 02"), "set_aside", "expired on 2018-02-02"),
    ],
)
def test_a_row_that_is_not_sound(row: str, fate: str, words: str) -> None:
    parsed = read_text(TOP + ROW.replace("2600", "2500") + row)
    assert told(parsed) == [(6, fate, words)]
    assert parsed.chain is not None
    assert len(parsed.chain) == (4 if fate == "flagged" else 2)
    assert not (parsed.chain.columns["bid"] > parsed.chain.columns["ask"]).any()


def test_an_option_stands_there_once() -> None:
    parsed = read_text(TOP + ROW + ROW)
    assert parsed.counts[Fate.REPEATED] == 1
    assert parsed.chain is not None
    assert len(parsed.chain) == 2
    contradiction = read_text(TOP + ROW + ROW.replace("31.2", "31.3"))
    assert contradiction.counts[Fate.REFUSED] == 2
    assert contradiction.chain is None


def test_quotes_printed_while_the_exchange_is_shut_are_those_of_the_last_close() -> None:
    parsed = read_text(TOP.replace("2:56 PM", "8:56 PM") + ROW)
    assert parsed.chain is not None
    assert parsed.chain.time == utc("2018-02-05T21:00")
    (note,) = parsed.fates
    assert (note.line, note.field, note.fate) == (3, "date", Fate.FLAGGED)
    assert note.reason == (
        "printed Monday 2018-02-05 20:56 New York, when the exchange was shut: "
        "these are the quotes of the close of Monday 2018-02-05"
    )


def test_a_day_that_is_given_takes_the_place_of_the_date_line() -> None:
    chain = read_text(TOP.replace(DATE, '"Date: 4 กันยายน 2566",Bid: 1\n') + ROW, day="2018-02-05").chain
    assert chain is not None
    assert chain.time == utc("2018-02-05T21:00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TOP.replace("February", "Febtember") + ROW, "says no moment: give the day with --date"),
        (TOP.replace(DATE, "") + ROW, "says no moment"),
        (TOP.replace("2018 at", "2038 at") + ROW, "is in the future"),
        (TOP.replace(",Gamma", ",Theta") + ROW, "line 4: the columns are not Expiration Date, Calls"),
    ],
)
def test_a_chain_of_another_form_is_refused(text: str, words: str) -> None:
    with pytest.raises(ParseRefusedError, match=words):
        read_text(text)


@pytest.mark.parametrize(
    ("name", "rows", "moment", "spx"),
    [
        ("spx_quotedata_2022-03-23_es.csv", 9501, "2022-03-23T14:11", 3300),
        ("spx_quotedata_2023-09-01.csv", 9579, "2023-09-01T20:00", 3059),
    ],
)
def test_the_published_chains(name: str, rows: int, moment: str, spx: int) -> None:
    path = real_file(f"options/{name}")
    parsed = read_text(path.read_text(), path.name)
    assert parsed.counts[Fate.TAKEN] == parsed.rows == rows
    chain = parsed.chain
    assert chain is not None
    assert (chain.time, len(chain)) == (utc(moment), 2 * rows)
    assert (chain.roots == "SPX").sum() == 2 * spx
    with path.open() as file:
        lines = list(csv.reader(file))[4:]
    index = 4000
    place = {
        (root, str(day), int(strike), right): row
        for row, (root, day, strike, right) in enumerate(
            zip(chain.roots, chain.expiries, chain.strikes_e8, chain.rights, strict=True)
        )
    }
    line = lines[index]
    root, strike = line[1][:-15], round(float(line[11]) * 1e8)
    day = f"20{line[1][-15:-13]}-{line[1][-13:-11]}-{line[1][-11:-9]}"
    call, put = place[root, day, strike, "C"], place[root, day, strike, "P"]
    assert (chain.columns["bid"][call], chain.columns["bid"][put]) == (float(line[4]), float(line[15]))
    assert (chain.columns["delta"][call], chain.columns["delta"][put]) == (float(line[8]), float(line[19]))


def test_the_chain_that_was_printed_on_labor_day_says_so() -> None:
    path = real_file("options/spx_quotedata_2023-09-01.csv")
    (note,) = read_text(path.read_text(), path.name).fates
    assert note.reason == (
        "printed Monday 2023-09-04 14:56 New York, when the exchange was shut: "
        "these are the quotes of the close of Friday 2023-09-01"
    )
