from datetime import UTC, datetime

import pytest

from gui.quoting.typed import typed_quotes

NOW = datetime(2018, 2, 2, 19, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["SPX 5012 VIX 18.4", "SPX=5012 VIX=18.4", "spx = 5012  vix= 18.4", " SPX 5012\tVIX=18.4 "]
)
def test_both_ways_of_writing_give_the_same_quotes(text: str) -> None:
    typed = typed_quotes(text, NOW)
    assert [(quote.symbol, quote.value, quote.time) for quote in typed.quotes] == [
        ("SPX", 5012.0, NOW),
        ("VIX", 18.4, NOW),
    ]
    assert typed.refused == ""
    assert typed.reasons == ()


@pytest.mark.parametrize(
    ("text", "refused", "reason"),
    [
        ("SPX nan VIX 18.4", "SPX nan", "'nan' is not a price"),
        ("SPX 5,012 VIX 18.4", "SPX 5,012", "'5,012' is not a price"),
        ("SPX -1 VIX 18.4", "SPX -1", "outside"),
        ("SPX 1e3 VIX 18.4", "SPX 1e3", "'1e3' is not a price"),
        ("VIX 18.4 SPX", "SPX", "SPX: the price is missing"),
        ("5012 18 VIX 18.4", "5012 18", "'5012' stands where a symbol should"),
        ("S%X 5012 VIX 18.4", "S%X 5012", "is not a symbol"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason_and_the_rest_is_taken(
    text: str, refused: str, reason: str
) -> None:
    typed = typed_quotes(text, NOW)
    assert [(quote.symbol, quote.value) for quote in typed.quotes] == [("VIX", 18.4)]
    assert typed.refused == refused
    assert len(typed.reasons) == 1
    assert reason in typed.reasons[0]


def test_an_empty_line_is_neither_taken_nor_refused() -> None:
    typed = typed_quotes("   ", NOW)
    assert (typed.quotes, typed.refused, typed.reasons) == ((), "", ())
