"""Is a short call covered exactly when some pairing with long ones covers it, and are odd expiries told?"""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market.calendar import SessionCalendar
from core.market.times import parse_moment
from core.positions.book import Layer
from core.positions.contract import Contract, Kind
from core.positions.filling import filled
from core.positions.flags import expiry_flags, share_side, uncovered
from core.positions.leg import OPEN, Leg, parse_fill
from tests.core.histories import calendar

DAY = date(2018, 1, 1)


def call(offset: int, quantity: int) -> Leg:
    return Leg(Contract("VIX", Kind.OPTION, DAY + timedelta(offset), "C", Decimal(25)), quantity, ())


def uncovered_by_pairing(legs: list[Leg]) -> int:
    """Give each short, latest expiry first, the latest long that is left; what gets none is uncovered."""
    longs = sorted((leg.contract.expiry for leg in legs for _ in range(leg.quantity)), reverse=True)
    shorts = sorted((leg.contract.expiry for leg in legs for _ in range(-leg.quantity)), reverse=True)
    naked = 0
    for short in shorts:
        if longs and longs[0] >= short:
            longs.pop(0)
        else:
            naked += 1
    return naked


@given(st.lists(st.builds(call, st.integers(0, 5), st.integers(-3, 3).filter(bool)), max_size=10))
def test_coverage_is_that_of_a_pairing_by_hand(legs: list[Leg]) -> None:
    assert uncovered(legs) == uncovered_by_pairing(legs)


@pytest.mark.parametrize(
    ("text", "is_odd"),
    [
        ("+1 VIX 2018-06-20 C 25", False),
        ("+1 VIX 2024-06-18 C 25", False),  # the Tuesday before Juneteenth
        ("+1 VX 2019-03-19", False),  # Good Friday moved the anchor
        ("+1 VX 2019-03-20", True),
        ("+1 VXM 2018-06-13", True),
        ("+1 SPX 2018-06-15 P 2500", False),
        ("+1 SPX 2018-06-18 P 2500", True),
        ("+1 SPXW 2018-06-18 P 2500", False),
        ("+1 VXX 2018-06-13 C 30", False),
        ("+1 VXX", False),
    ],
)
def test_an_expiry_that_its_root_does_not_have_is_told(text: str, is_odd: bool) -> None:
    fill = parse_fill(f"{text} @ 1")
    layer = filled(Layer(number=1), parse_moment("2018-01-10 10:00"), OPEN, [fill])
    assert bool(list(expiry_flags(layer, calendar()))) is is_odd


def test_a_calendar_that_ends_too_early_says_so() -> None:
    whole = calendar()
    ends = int((whole.days < np.datetime64("2019-01-01")).sum())
    short = SessionCalendar(whole.days[:ends], whole.opens[:ends], whole.closes[:ends])
    fill = parse_fill("+1 VX 2018-12-19 @ 15")  # 30 days before a Friday of January 2019
    layer = filled(Layer(number=1), parse_moment("2018-01-10 10:00"), OPEN, [fill])
    (flag,) = expiry_flags(layer, short)
    assert "the calendar ends too early" in flag


def test_inverse_shares_count_the_other_way() -> None:
    assert [share_side(root) for root in ("VXX", "UVXY", "SVXY", "SVIX")] == [1, 1, -1, -1]
