"""Are typed values read strictly, and is each refusal about its field?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.positions.values import ActRefusedError
from gui.entry.typed import (
    StillEmptyError,
    typed_count,
    typed_date,
    typed_decimal,
    typed_decimal_or_none,
    typed_moment,
    typed_pair,
    typed_session,
)
from tests.gui.states import NOW, sessions_of_2018


@pytest.mark.parametrize(
    ("text", "value"), [("13.40", "13.40"), (" -0.5 ", "-0.5"), (".25", "0.25"), ("5.", "5"), ("+3", "3")]
)
def test_plain_digits_are_exact(text: str, value: str) -> None:
    assert typed_decimal("credit", text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1e3", "1,000", "13.40 $", "\uff11\uff13", "1_0", "--1", "0x10", "1.123456789"]
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        typed_decimal("credit", text)
    assert refused.value.field == "credit"


def test_an_empty_field_is_a_hint_not_a_mistake() -> None:
    with pytest.raises(StillEmptyError) as missing:
        typed_decimal("credit", "  ")
    assert missing.value.field == "credit"
    assert typed_decimal_or_none("margin", " ") is None
    assert typed_decimal_or_none("margin", "5") == 5


@pytest.mark.parametrize("text", ["1.5", "two", "1e2", "\u0663"])
def test_a_count_is_whole(text: str) -> None:
    assert typed_count("quantity", "4") == 4
    with pytest.raises(ActRefusedError):
        typed_count("quantity", text)


def test_dates_must_exist_and_sessions_must_trade() -> None:
    assert typed_date("expiry", "2018-03-16") == date(2018, 3, 16)
    with pytest.raises(ActRefusedError):
        typed_date("expiry", "16.3.2018")
    assert typed_session("expiry", "2018-03-16", sessions_of_2018()) == date(2018, 3, 16)
    with pytest.raises(ActRefusedError, match="2018-03-17 is not a trading session"):
        typed_session("expiry", "2018-03-17", sessions_of_2018())
    with pytest.raises(ActRefusedError, match="not a trading session"):
        typed_session("expiry", "2018-03-30", sessions_of_2018())  # Good Friday


def test_times_are_new_york_and_never_in_the_future() -> None:
    calendar = sessions_of_2018()
    assert typed_moment("at", "2018-01-12 10:30", calendar, NOW) == datetime(2018, 1, 12, 15, 30, tzinfo=UTC)
    assert typed_moment("at", "2018-01-12", calendar, NOW) == datetime(2018, 1, 12, 21, 0, tzinfo=UTC)
    with pytest.raises(ActRefusedError, match="future"):
        typed_moment("at", "2018-02-02 14:06", calendar, NOW)
    with pytest.raises(ActRefusedError, match="clock"):
        typed_moment("at", "2018-03-11 02:30", calendar, NOW.replace(month=5))


def test_a_pair_of_strikes() -> None:
    assert typed_pair("puts", "2550", "2600") == (2550, 2600)
    with pytest.raises(StillEmptyError):
        typed_pair("puts", "2550", "")
