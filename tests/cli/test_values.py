"""What is a number, a pair of strikes, a moment? Read, refused as unacceptable, or not readable at all."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.usage import UsageError
from cli.values import as_of_moment, date_of, decimal_of, event_moment, integer_of, pair_of
from core.refusal import RefusedError
from tests.core.histories import calendar

NOW = datetime(2018, 2, 5, 17, 30, tzinfo=UTC)  # Monday 12:30 in New York


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**14), max_value=10**14))
def test_a_plain_number_is_exact(number: Decimal) -> None:
    assert decimal_of("x", f"{number:f}") == number
    assert decimal_of("x", f"  {number:f} ") == number


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "Infinity", "1e5", "1E-5", "0.123456789", "1" * 16])
def test_a_number_that_cannot_be_an_amount_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="x: "):
        decimal_of("x", text)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_one_of_two_errors(text: str) -> None:
    with contextlib.suppress(RefusedError, UsageError):
        assert decimal_of("x", text).is_finite()


@pytest.mark.parametrize("text", ["", "abc", "1,5", "5 5", "0x10", "٣", "--5", "1_000"])
def test_what_is_no_number_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        decimal_of("x", text)


def test_whole_numbers_and_pairs() -> None:
    assert integer_of("x", "12.00") == 12
    with pytest.raises(RefusedError):
        integer_of("x", "1.5")
    assert pair_of("x", "2600/2625.5") == (Decimal(2600), Decimal("2625.5"))
    for text in ("2600", "1/2/3", "", "a/b"):
        with pytest.raises(UsageError):
            pair_of("x", text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-02-02", datetime(2018, 2, 2, 21, 0, tzinfo=UTC)),
        ("2017-11-24", datetime(2017, 11, 24, 18, 0, tzinfo=UTC)),  # the day after Thanksgiving closes at 13:00
        ("2017-07-03", datetime(2017, 7, 3, 17, 0, tzinfo=UTC)),  # in summer time
        ("2018-02-05T09:45", datetime(2018, 2, 5, 14, 45, tzinfo=UTC)),
        ("2018-02-05 09:45:30", datetime(2018, 2, 5, 14, 45, 30, tzinfo=UTC)),
        ("2018-02-05T09:45Z", datetime(2018, 2, 5, 9, 45, tzinfo=UTC)),
        ("2018-02-05T09:45+01:00", datetime(2018, 2, 5, 8, 45, tzinfo=UTC)),
        (None, NOW),
    ],
)
def test_when_something_happened(text: str | None, moment: datetime) -> None:
    assert event_moment(text, calendar(), NOW) == moment


@pytest.mark.parametrize(
    "text", ["2018-02-05", "2018-02-05T12:31", "2018-02-06", "1989-12-29", "2018-02-30", "2018-02-03"]
)
def test_what_has_not_happened_or_cannot_have_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="--at"):
        event_moment(text, calendar(), NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-02-02", datetime(2018, 2, 3, 4, 59, 59, tzinfo=UTC)),
        ("2018-02-05", NOW),  # today: as far as it has come
        ("2018-02-05T09:45", datetime(2018, 2, 5, 14, 45, tzinfo=UTC)),
        (None, NOW),
    ],
)
def test_where_to_look_from(text: str | None, moment: datetime) -> None:
    assert as_of_moment(text, NOW) == moment


@pytest.mark.parametrize("text", ["2018-02-06", "2018-02-05T12:31", "2018-02-30"])
def test_nobody_looks_from_the_future(text: str) -> None:
    with pytest.raises(RefusedError, match="--as-of"):
        as_of_moment(text, NOW)


def test_a_word_for_a_day_is_a_usage_error() -> None:
    for text in ("today", "05.02.2018", "2018"):
        with pytest.raises(UsageError):
            date_of("--from", text)
        with pytest.raises(UsageError):
            as_of_moment(text, NOW)
