"""Which quotes are refused before they reach a calculation?"""

import pytest

from core.market.quote import QuoteRefusedError, parse_quote
from tests.core.market.exchange import utc

NOW = utc("2018-02-05T15:00")


def test_a_plain_price_is_a_quote() -> None:
    quote = parse_quote(" vix ", "18.40", NOW)
    assert (quote.symbol, quote.value, quote.time, quote.source) == ("VIX", 18.4, NOW, "typed")


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "inf",
        "-inf",
        "1e400",
        "1e5",
        "1_000",
        "\u0663",
        "\uff11\uff12",
        "(5.00)",
        "\u22125",
        "0",
        "-1",
        "1,5",
        "",
        "5 6",
        "1e7",
        "99999999",
    ],
)
def test_what_is_no_price_is_refused_with_the_symbol(text: str) -> None:
    with pytest.raises(QuoteRefusedError, match="VIX"):
        parse_quote("VIX", text, NOW)


@pytest.mark.parametrize("symbol", ["", " ", "V IX", "VIX\n;", "\uff36", "A" * 25, "-VIX"])
def test_what_is_no_symbol_is_refused(symbol: str) -> None:
    with pytest.raises(QuoteRefusedError, match="not a symbol"):
        parse_quote(symbol, "18.4", NOW)
