from __future__ import annotations

from datetime import UTC, date, datetime

from core.positions.leg import DatedFill, parse_fill
from gui.charts.live import live_days


def fill(text: str, month: int, day: int, hour: int = 16) -> DatedFill:
    return DatedFill(parse_fill(text), datetime(2018, month, day, hour, tzinfo=UTC), 1, "open")


CALL = "VIX 2018-03-21 C 19 @ 1.90"


def test_a_stretch_ends_when_nothing_is_open() -> None:
    fills = [fill(f"+4 {CALL}", 1, 12), fill(f"-1 {CALL}", 1, 20), fill(f"-3 {CALL}", 2, 6)]
    assert live_days(fills) == [(date(2018, 1, 12), date(2018, 2, 6))]


def test_another_leg_keeps_it_open_and_a_new_fill_begins_anew() -> None:
    other = "VIX 2018-04-18 C 25 @ 1.00"
    fills = [
        fill(f"+4 {CALL}", 1, 12),
        fill(f"+2 {other}", 1, 15),
        fill(f"-4 {CALL}", 1, 20),
        fill(f"-2 {other}", 1, 25),
        fill(f"+1 {CALL}", 2, 1),
    ]
    assert live_days(fills) == [
        (date(2018, 1, 12), date(2018, 1, 25)),
        (date(2018, 2, 1), date(2018, 3, 21)),
    ]  # no longer than to its expiry


def test_days_are_new_york_days() -> None:
    assert live_days([fill(f"+1 {CALL}", 1, 13, hour=2)]) == [(date(2018, 1, 12), date(2018, 3, 21))]


def test_shares_have_no_last_day() -> None:
    fills = [fill(f"+1 {CALL}", 1, 12), fill("+100 VXX @ 27", 1, 15)]
    assert live_days(fills) == [(date(2018, 1, 12), None)]


def test_a_short_leg_is_held_too_and_no_fill_is_no_stretch() -> None:
    assert live_days([fill(f"-1 {CALL}", 1, 12), fill(f"+1 {CALL}", 1, 12, 18)]) == [
        (date(2018, 1, 12), date(2018, 1, 12))
    ]
    assert live_days([]) == []
