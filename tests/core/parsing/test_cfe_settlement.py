"""What do the settlements of one day mean? The documented rows, and the day that the file does not hold."""

import pytest

from core.parsing.table import ParseRefusedError
from tests.core.parsing.parsing import closes, read_text, told

TEXT = (
    "Product,Symbol,Expiration Date,Price\n"
    "VX,VX/F6,2026-01-21,16.1224\n"
    "VX,VX04/F6,2026-01-28,16.5\n"
    "VX,VX/G6,2026-02-18,17.25\n"
    "IBHY,IBHY/G6,2026-02-02,150.1\n"
    "VX,VX/H6,2026-03-18,0\n"
)


def test_every_contract_has_its_settlement_of_the_day() -> None:
    parsed = read_text(TEXT, "settlement_2026-01-16.csv", day="2026-01-16")
    assert {one.symbol: closes(one) for one in parsed.series} == {
        "VX:2026-01-21": {"2026-01-16": 16.1224},
        "VX:2026-01-28": {"2026-01-16": 16.5},
        "VX:2026-02-18": {"2026-01-16": 17.25},
    }
    assert told(parsed) == [
        (5, "set_aside", "the product is 'IBHY', not 'VX'"),
        (6, "missing", "no price"),
    ]
    assert parsed.ignored_columns == ("Symbol",)


@pytest.mark.parametrize(
    ("day", "now", "words"),
    [
        ("", "2026-11-20T12:00", "nothing says which day these prices are of: give it with --date"),
        ("2026-01-19", "2026-11-20T12:00", "the exchange was shut on Monday 2026-01-19"),
        ("2026-01-16", "2026-01-16T20:00", "the session of 2026-01-16 has not closed yet"),
        ("1960-01-04", "2026-11-20T12:00", "outside the exchange calendar"),
    ],
)
def test_the_day_is_never_assumed(day: str, now: str, words: str) -> None:
    with pytest.raises(ParseRefusedError, match=words):
        read_text(TEXT, day=day, now=now)


def test_rows_that_cannot_be_are_refused() -> None:
    text = TEXT + "VX,VX/F6,2026-01-21,16.2\nVX,VX/F6,2026-01-21,16.1224\nVX,VX/Z5,2025-12-17,15\nVX,VX,18 Feb,1\n"
    assert told(read_text(text, day="2026-01-16"))[2:] == [
        (7, "refused", "a second price of the contract that expires on 2026-01-21"),
        (8, "repeated", "the contract that expires on 2026-01-21 stands there twice"),
        (9, "refused", "the contract expired on 2025-12-17, before 2026-01-16"),
        (10, "refused", "'18 Feb' is not a day written YYYY-MM-DD"),
    ]
