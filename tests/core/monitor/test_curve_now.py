"""Is each VX future known by its expiry, from settlements while they hold and from quotes by their own day?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from core.market.calendar import vix_expiries_after
from core.monitor.curve_now import curve_at, curve_row, monthly_expiries, moved_curve, settled_curve
from tests.core.histories import calendar
from tests.core.monitor.scene import SESSIONS, close_of, facts, market, open_of, quote, with_last

CLOSED, NOON = close_of(SESSIONS - 1), open_of(SESSIONS, 150)
EXPIRIES = vix_expiries_after(market().days[-1].item(), 8, calendar())


def test_settlements_are_those_of_the_next_eight_expiries() -> None:
    found = settled_curve(market(), SESSIONS - 1)
    assert found == {expiry: market().columns[f"VX{n}"][-1] for n, expiry in enumerate(EXPIRIES, 1)}


def test_a_missing_settlement_leaves_its_expiry_out() -> None:
    found = curve_at(facts(CLOSED, history=with_last(market(), VX3=np.nan)), CLOSED)
    assert set(found) == {*EXPIRIES} - {EXPIRIES[2]}


def test_settlements_hold_until_the_next_close() -> None:
    for moment in (CLOSED, NOON, close_of(SESSIONS) - timedelta(seconds=1)):
        assert len(curve_at(facts(moment), moment)) == 8
    assert curve_at(facts(close_of(SESSIONS)), close_of(SESSIONS)) == {}


def test_an_earlier_moment_sees_the_settlements_of_then() -> None:
    now = facts(NOON, quote("VX1", 99.0, NOON))
    then = close_of(100, minutes=60)
    day = market().days[100].item()
    first = vix_expiries_after(day, 1, calendar())[0]
    assert curve_at(now, then)[first] == market().columns["VX1"][100]
    assert curve_at(now, close_of(100) - timedelta(minutes=1)) == settled_curve(market(), 99)


def test_a_quote_is_of_the_expiry_that_its_own_day_numbers() -> None:
    before = next(i for i in range(SESSIONS - 1, 0, -1) if market().days[i + 1 - 1].item() in _settlement_days())
    # at noon of a settlement day VX1 is the next month's future
    noon = open_of(before, 150)
    found = curve_at(facts(noon, quote("VX1", 33.0, noon)), noon)
    expiry = vix_expiries_after(market().days[before].item(), 1, calendar())[0]
    assert found[expiry] == 33.0


def _settlement_days() -> set[date]:
    return {day for month in range(1, 8) for day in vix_expiries_after(date(2010, month, 1), 1, calendar())}


def test_the_row_of_a_settlement_day_moves_up_by_one() -> None:
    settles = next(i for i in range(SESSIONS - 1, 0, -1) if market().days[i].item() in _settlement_days())
    noon = open_of(settles, 150)
    row = curve_row(facts(noon), market().days[settles].item())
    for number in range(1, 8):
        assert row[f"VX{number}"] == market().columns[f"VX{number + 1}"][settles - 1]
    assert "VX8" not in row


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 10, 1), date(2026, 12, 30)])
def test_near_the_end_of_the_calendar_there_are_fewer(day: date) -> None:
    found = monthly_expiries(day, calendar())  # it ends with 2026
    assert list(found) == sorted(found)
    assert len(found) < 8 or day.month == 3
    assert all(day < expiry < date(2026, 12, 20) for expiry in found)


def test_a_newer_vix_moves_the_settlements_but_not_what_is_quoted() -> None:
    now = facts(NOON, quote("VX2", 30.0, NOON))
    vix_then, day = float(market().columns["VIX"][-1]), NOON.date()
    moved, note = moved_curve(now, vix_then + 10)
    for n, expiry in enumerate(EXPIRIES, 1):
        beta = 1 / (1 + (expiry - day).days / 10) ** 0.5
        expected = 30.0 if n == 2 else float(market().columns[f"VX{n}"][-1]) + 10 * beta
        assert moved[expiry] == pytest.approx(expected, abs=1e-9)
    assert note.startswith(f"VX settlements of {market().days[-1]} moved by beta")


def test_without_a_vix_of_the_settlement_nothing_is_moved() -> None:
    now = facts(NOON, history=with_last(market(), VIX=np.nan))
    assert moved_curve(now, 40.0) == (curve_at(now, NOON), "")
