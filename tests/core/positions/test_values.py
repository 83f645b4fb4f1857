"""Is each impossible value refused with its field first, and each possible one taken?"""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from core.positions.values import (
    ActRefusedError,
    check_above_zero,
    check_count,
    check_not_negative,
    check_number,
    check_points,
    check_text,
    checked_moment,
)
from core.refusal import RefusedError

NO_NUMBERS = ("NaN", "-NaN", "sNaN", "Infinity", "-Infinity")


@pytest.mark.parametrize("check", [check_number, check_points, check_above_zero, check_not_negative])
@pytest.mark.parametrize("text", [*NO_NUMBERS, "1e1000000", "-1e1000000", "10000000001"])
def test_what_is_no_number_or_absurd_is_refused(check: object, text: str) -> None:
    with pytest.raises(ActRefusedError, match=r"^credit: ") as caught:
        check("credit", Decimal(text))
    assert isinstance(caught.value, RefusedError)
    assert (caught.value.field, str(caught.value)) == ("credit", f"credit: {caught.value.reason}")
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (check_points, ("-10000000", "0", "10000000"), ("10000000.01",)),
        (check_above_zero, ("0.00000001", "10000000"), ("0", "-0.0", "-1")),
        (check_not_negative, ("0", "-0", "10000000000"), ("-0.00000001",)),
    ],
)
def test_the_limits_themselves(check: object, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    for text in good:
        check("x", Decimal(text))
    for text in bad:
        with pytest.raises(ActRefusedError):
            check("x", Decimal(text))


def test_a_count_is_one_to_a_million() -> None:
    check_count("quantity", 1)
    check_count("quantity", 1_000_000)
    for count in (0, -1, 1_000_001):
        with pytest.raises(ActRefusedError, match=r"^quantity: "):
            check_count("quantity", count)


def test_a_moment_has_a_zone_and_a_plausible_year() -> None:
    berlin = timezone(timedelta(hours=1))
    assert checked_moment("at", datetime(2018, 2, 5, 22, tzinfo=berlin)) == datetime(2018, 2, 5, 21, tzinfo=UTC)
    assert checked_moment("at", datetime(2018, 2, 5, 22, tzinfo=berlin)).tzinfo is UTC
    bad = (datetime(2018, 2, 5), datetime(1, 1, 1, tzinfo=berlin), datetime(9999, 12, 31, 23, tzinfo=UTC))  # noqa: DTZ001
    for moment in bad:
        with pytest.raises(ActRefusedError, match=r"^at: "):
            checked_moment("at", moment)


def test_text_must_be_storable() -> None:
    check_text("note", "Zeile 1\nZeile 2 \U0001f4c8")
    for text in ("x" * 20_001, "\0", "\udc80"):
        with pytest.raises(ActRefusedError, match=r"^note: "):
            check_text("note", text)
