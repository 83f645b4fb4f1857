"""Are times counted to the minute, and are prices that cannot be used left out?"""

from datetime import UTC, date, datetime

import pytest

from core.valuation.forwards import days_between, missing_vx, present, years_between

START = datetime(2018, 6, 18, 13, 30, tzinfo=UTC)


def test_time_is_counted_to_the_minute() -> None:
    assert days_between(START, datetime(2018, 6, 20, 1, 31, tzinfo=UTC)) == pytest.approx(1.5 + 1 / 1440)
    assert years_between(START, datetime(2018, 8, 30, 13, 30, tzinfo=UTC)) == pytest.approx(73 / 365)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 0.0, -1.0])
def test_what_is_no_price_is_absent(value: float | None) -> None:
    assert present(value) is None


def test_a_price_is_present() -> None:
    assert present(18.8) == 18.8


def test_a_missing_future_is_told_from_a_missing_curve() -> None:
    assert missing_vx(date(2018, 7, 25), {}) == "no VX curve"
    assert missing_vx(date(2018, 7, 25), {date(2018, 7, 18): 18.8}) == "no VX future of 2018-07-25 in the data"
