"""Which quotes does a line hold? Every form that is meant to work, and each word that is refused for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market.quote import MAX_PRICE
from core.market.quote_line import MAX_LINE, parse_quote_line
from tests.core.market.exchange import utc

NOW = utc("2018-02-05T15:00")


def taken(text: str) -> list[tuple[str, float]]:
    return [(quote.symbol, quote.value) for quote in parse_quote_line(text, NOW).quotes]


def reasons(text: str) -> list[str]:
    return [part.reason for part in parse_quote_line(text, NOW).refused]


@pytest.mark.parametrize(
    "text",
    [
        "SPX 5012 VIX 18.4",
        "SPX=5012 VIX=18.4",
        "spx 5012\tvix=18.40\n",
        "  SPX = 5012   VIX =18.4 ",
        "SPX 5012.00 VIX 18.4",
    ],
)
def test_pairs_are_written_with_a_space_or_an_equals_sign(text: str) -> None:
    line = parse_quote_line(text, NOW)
    assert [(q.symbol, q.value, q.time, q.source) for q in line.quotes] == [
        ("SPX", 5012.0, NOW, "typed"),
        ("VIX", 18.4, NOW, "typed"),
    ]
    assert line.refused == ()


@pytest.mark.parametrize(
    ("word", "moment"),
    [
        ("2018-02-05T14:31:05Z", "2018-02-05T14:31:05"),
        ("2018-02-05T09:31", "2018-02-05T14:31"),  # New York is five hours behind in winter
        ("2018-02-05T15:31:05.250+01:00", "2018-02-05T14:31:05.250"),
    ],
)
def test_a_leading_time_is_the_time_of_all_its_quotes(word: str, moment: str) -> None:
    line = parse_quote_line(f"{word} SPX 2700 VIX 20", NOW)
    assert {quote.time for quote in line.quotes} == {utc(moment)}
    assert len(line.quotes) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2018-02-05 SPX 2700", "day without a time"),
        ("2018-02-05T25:00 SPX 2700", "not a time"),
        ("2018-02-05T15:00:01Z SPX 2700 VIX 20", "in the future"),
        ("2017-11-05T01:30 SPX 2600", "happened twice"),
        ("2018-02-05T14:00Z", "a time without a quote"),
    ],
)
def test_a_time_that_cannot_be_used_refuses_the_whole_line(text: str, why: str) -> None:
    line = parse_quote_line(text, NOW)
    assert line.quotes == ()
    assert [part.text for part in line.refused] == [text]
    assert why in line.refused[0].reason


@pytest.mark.parametrize(
    ("text", "good", "said"),
    [
        ("SPX nan VIX 18.4", [("VIX", 18.4)], ["SPX: 'nan' is not a price"]),
        ("SPX=inf VIX=18.4", [("VIX", 18.4)], ["SPX: 'inf' is not a price"]),
        ("SPX 0 VIX 18.4", [("VIX", 18.4)], ["SPX: 0 is outside"]),
        ("SPX -5012 VIX 18.4", [("VIX", 18.4)], ["SPX: -5012 is outside"]),
        ("SPX VIX 18.4", [("VIX", 18.4)], ["'SPX': the price is missing"]),
        ("5012 VIX 18.4", [("VIX", 18.4)], ["'5012' has no symbol"]),
        ("SPX 5012 VIX", [("SPX", 5012.0)], ["'VIX': the price is missing"]),
        ("SPX 5,012 VIX 18.4", [("VIX", 18.4)], ["SPX: '5,012' is not a price"]),
        ("SPX=5012=3 VIX 18.4", [("VIX", 18.4)], ["SPX: '5012=3' is not a price"]),
        ("=5 VIX=18.4", [("VIX", 18.4)], ["'' is not a symbol"]),
        ("VIX=18.4 SPX=", [("VIX", 18.4)], ["SPX: '' is not a price"]),
        ("SPX= VIX=18.4", [], ["SPX: 'VIX=18.4' is not a price"]),
        ("§ 5 VIX 18.4", [("VIX", 18.4)], ["'§' is not a symbol"]),
    ],
)
def test_what_is_refused_leaves_the_other_pairs(text: str, good: list[tuple[str, float]], said: list[str]) -> None:
    assert taken(text) == good
    assert len(reasons(text)) == len(said)
    for reason, start in zip(reasons(text), said, strict=True):
        assert reason.startswith(start)


def test_only_what_has_not_the_form_of_a_quote_is_unreadable() -> None:
    marks = {part.text: part.is_unreadable for part in parse_quote_line("SPX nan 7 VIX", NOW).refused}
    assert marks == {"SPX nan": False, "7": True, "VIX": True}


def test_an_empty_line_holds_nothing_and_a_long_one_is_refused() -> None:
    assert parse_quote_line(" \n", NOW) == parse_quote_line("", NOW)
    assert parse_quote_line("", NOW).refused == ()
    assert "longer than" in reasons("SPX 5012 " * MAX_LINE)[0]
    assert all(len(reason) < 120 for reason in reasons("A" * 4000 + " " + "9" * 90))


@given(st.text(max_size=300))
def test_any_text_comes_to_quotes_and_refusals_and_nothing_else(text: str) -> None:
    line = parse_quote_line(text, NOW)
    assert all(0 < quote.value <= MAX_PRICE and quote.time <= NOW for quote in line.quotes)
    assert bool(text.split()) == bool(line.quotes or line.refused)
