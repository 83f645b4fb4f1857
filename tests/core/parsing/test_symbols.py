"""Which symbol does a file mean? The names under which each publisher hands its files out."""

import pytest

from core.parsing.symbols import symbol_in_file_name, symbol_in_header, universe_in_file_name


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("VIX_History.csv", "VIX"),
        ("VIX9D_History.csv", "VIX9D"),
        ("VIX3M_History.csv", "VIX3M"),
        ("VIX_History (1).csv", "VIX"),
        ("spx_ohlc_1990_2021.csv", "SPX"),
        ("^GSPC.csv", "SPX"),
        ("%5EGSPC.csv", "SPX"),
        ("^VIX.csv", "VIX"),
        ("^spx_d.csv", "SPX"),
        ("^vix_d.csv", "VIX"),
        ("spy_us_d.csv", "SPY"),
        ("VIXCLS.csv", "VIX"),
        ("DGS10.csv", "DGS10"),
        ("EAI.csv", "EAI"),
        ("vix-daily.csv", "VIX"),
        ("yahoo_null_rows_EAI.csv", ""),
        ("download.csv", ""),
        ("DATA.csv", ""),
        ("my prices.csv", ""),
        ("2018.csv", ""),
        ("", ""),
    ],
)
def test_the_file_name_proposes(name: str, symbol: str) -> None:
    assert symbol_in_file_name(name) == symbol


@pytest.mark.parametrize(
    ("name", "symbol"),
    [("VVIX", "VVIX"), ("SKEW", "SKEW"), ("VIXCLS", "VIX"), ("SP500", "SPX"), ("vix", "VIX"), ("DGS3MO", "DGS3MO"),
     ("value", ""), ("Close", ""), ("Price", ""), ("two words", ""), ("", "")],
)  # fmt: skip
def test_the_header_of_a_value_column_names_its_symbol(name: str, symbol: str) -> None:
    assert symbol_in_header(name) == symbol


@pytest.mark.parametrize(
    ("name", "universe"),
    [
        ("breadth_nyse_1990_2015.csv", "NYSE"),
        ("breadth_sp500_2016_2019.csv", "SP500"),
        ("breadth_us_listed_2007_2021.csv", "US_LISTED"),
        ("S&P 500 breadth.csv", "SP500"),
        ("nasdaq.csv", "NASDAQ"),
        ("nyse_and_nasdaq.csv", ""),
        ("breadth.csv", ""),
    ],
)
def test_the_file_name_proposes_a_universe(name: str, universe: str) -> None:
    assert universe_in_file_name(name) == universe
