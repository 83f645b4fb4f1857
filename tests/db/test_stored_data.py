"""Is every symbol that is stored listed with its rows, its first and last one, and its gaps? Counted by hand."""

from datetime import date
from pathlib import Path

from core.market.quote import Quote
from db.import_file import Told, commit_import, plan_import
from db.market_store import add_quotes
from db.stored_data import StoredData, stored_data
from tests.core.market.exchange import calendar, utc
from tests.core.parsing.seeds import NOW, SEEDS
from tests.db.market_journal import market_journal

BARS = """datetime,open,high,low,close
2018-02-05 15:59:00,1,2,1,2
2018-02-05 16:00:00,1,2,1,2
2018-02-08 16:00:00,1,2,1,2
"""
FILES = (
    ("VIX.csv", "Date,Open,High,Low,Close\n2018-02-01,1,2,1,2\n2018-02-02,1,2,1,2\n2018-02-06,1,2,1,2\n", Told()),
    ("sp500.csv", "Date,Advances,Declines\n2018-02-05,2,502\n", Told()),
    ("CPIAUCSL.csv", "DATE,CPIAUCSL\n2018-01-01,248\n2018-02-01,249\n2018-03-01,249\n2018-05-01,250\n", Told()),
    (
        "SPX_1min.csv",
        BARS,
        Told(zone="New York"),
    ),
    ("fomc.csv", "date,kind\n2018-01-31,FOMC\n2018-03-21,FOMC\n", Told()),
)


def test_every_kind_of_data_is_listed_with_its_gaps(tmp_path: Path) -> None:
    with market_journal(tmp_path) as connection:
        for name, text, told in FILES:
            path = tmp_path / name
            path.write_text(text)
            commit_import(connection, plan_import(connection, path, told=told, calendar=calendar(), now=NOW), NOW)
        chain = next(seed for seed in SEEDS if seed.layouts[0] == "lean-universe")
        path = tmp_path / chain.file_name
        path.write_text(chain.text)
        told = Told(day=date.fromisoformat(chain.day))
        commit_import(connection, plan_import(connection, path, told=told, calendar=calendar(), now=NOW), NOW)
        add_quotes(connection, [Quote("VIX", 18.4, utc("2018-02-07T15:00"))], utc("2018-02-07T15:00"))
        found = stored_data(connection, calendar())
    assert found == (
        StoredData("BREADTH:SP500", "1d", "csv", 1, "2018-02-05", "2018-02-05", 0),
        StoredData("CPIAUCSL", "1mo", "fred", 4, "2018-01-01", "2018-05-01", 1),  # no April
        StoredData("FOMC", "announcements", "", 2, "2018-01-31", "2018-03-21"),
        StoredData("SPX", "1min", "csv", 3, "2018-02-05T20:59:00Z", "2018-02-08T21:00:00Z", 2),  # 6 and 7 February
        StoredData("SPXW", "chain", "lean", 1, "2018-02-05T21:00:00Z", "2018-02-05T21:00:00Z"),
        StoredData("VIX", "1d", "csv", 3, "2018-02-01", "2018-02-06", 1),  # no 5 February
        StoredData("VIX", "quotes", "typed", 1, "2018-02-07T15:00:00.000000Z", "2018-02-07T15:00:00.000000Z"),
    )
