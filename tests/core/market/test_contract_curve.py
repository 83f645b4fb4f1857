"""Is the curve of a day made of the right contracts? By hand, and against the published table of settlements."""

import csv
from datetime import date

import numpy as np
import pytest

from core.market.contract_curve import contract_symbol, curve_series, monthly_expiries
from core.market.merge import merge
from core.market.series import Series
from tests.core.market.exchange import calendar, real_file

MONTH_LETTERS = "FGHJKMNQUVXZ"


def contract(expiry: str, settles: dict[str, float], source: str = "cfe") -> Series:
    days = np.array(sorted(settles), "datetime64[D]")
    closes = np.array([settles[day] for day in sorted(settles)])
    symbol = contract_symbol(date.fromisoformat(expiry))
    return Series(symbol, source, days, {"close": closes}, np.zeros(len(days), np.bool_))


def curve(*contracts: Series) -> dict[str, dict[str, float]]:
    found = curve_series(contracts, calendar())
    return {
        one.symbol: dict(zip(one.days.astype(str).tolist(), one.columns["close"].tolist(), strict=True))
        for one in found
    }


def test_the_front_rolls_on_the_day_of_expiry() -> None:
    march = contract("2012-03-21", {"2012-03-20": 15.65, "2012-03-21": 14.55})
    april = contract("2012-04-18", {"2012-03-20": 19.7, "2012-03-21": 19.45})
    assert curve(march, april) == {
        "VX1": {"2012-03-20": 15.65, "2012-03-21": 19.45},
        "VX2": {"2012-03-20": 19.7},
    }


def test_a_contract_that_is_missing_leaves_its_place_empty() -> None:
    march = contract("2012-03-21", {"2012-03-20": 15.65})
    may = contract("2012-05-16", {"2012-03-20": 21.0})
    assert set(curve(march, may)) == {"VX1", "VX3"}


def test_weekly_contracts_are_in_no_curve() -> None:
    # 2015-08-05 and 2018-03-28 are Wednesdays of weekly contracts; 2018-03-21 is the monthly expiry
    weekly = contract("2018-03-28", {"2018-03-19": 16.5})
    monthly = contract("2018-03-21", {"2018-03-19": 17.4})
    assert curve(weekly, contract("2015-08-05", {"2015-08-03": 13.0})) == {}
    assert curve(weekly, monthly) == {"VX1": {"2018-03-19": 17.4}}


def test_a_contract_more_than_eight_months_away_is_in_no_curve() -> None:
    assert curve(contract("2008-05-21", {"2007-03-26": 13.8, "2007-09-19": 20.0})) == {"VX8": {"2007-09-19": 20.0}}


def test_expiries_beyond_the_calendar_are_not_guessed() -> None:
    assert curve(contract("2031-01-22", {"2030-06-03": 20.0})) == {}
    assert monthly_expiries(date(2018, 1, 5), date(2018, 3, 1), calendar()).astype(str).tolist() == [
        "2018-01-17",
        "2018-02-14",
        "2018-03-21",
    ]


def test_the_exchange_s_contracts_come_before_the_table() -> None:
    days = np.array(["2012-03-19", "2012-03-20"], "datetime64[D]")
    table = Series("VX1", "vx-table", days, {"close": np.array([1.0, 2.0])}, np.zeros(2, np.bool_))
    history = merge([table, contract("2012-03-21", {"2012-03-20": 15.65})], calendar())
    assert history.column("VX1").tolist() == [1.0, 15.65]
    assert [history.source_at("VX1", i) for i in range(2)] == ["vx-table", "cfe"]
    assert set(history.columns) == {"VX1", "VX1@source"}


@pytest.mark.parametrize(
    ("name", "expiry"),
    [
        ("F08", "2008-01-16"),
        ("G10", "2010-02-17"),
        ("U11", "2011-09-21"),
        ("V11", "2011-10-19"),
        ("H12", "2012-03-21"),
        ("X14", "2014-11-19"),
        ("F15", "2015-01-21"),
    ],
)
def test_the_published_table_holds_the_same_settlements(name: str, expiry: str) -> None:
    with real_file(f"futures/cfe/CFE_{name}_VX.csv").open() as file:
        lines = [line for line in file if "/" in line[:6]]
    settles = {}
    for row in csv.reader(lines):
        month, day, year = row[0].split("/")
        if float(row[6]):
            settles[f"{year}-{month:0>2}-{day:0>2}"] = float(row[6])
    with real_file("futures/vx1_vx8_settle_2007_2021.csv").open() as file:
        table = {row["DATE"]: row for row in csv.DictReader(file)}
    compared = differ = 0
    for symbol, values in curve(contract(expiry, settles)).items():
        for day, value in values.items():
            if day in table and table[day][symbol]:
                compared += 1
                differ += abs(float(table[day][symbol]) - value) > 0.0051  # the table rounds to cents before 2014
    assert compared > 100
    assert differ == 0
