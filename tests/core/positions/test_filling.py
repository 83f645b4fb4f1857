"""Does a holding take fills that fit and stay as it was when they do not?"""

from decimal import Decimal

import pytest

from core.market.times import parse_moment
from core.positions.book import Layer
from core.positions.filling import filled
from core.positions.leg import CLOSE, OPEN, SETTLE, Fill, parse_fill
from core.positions.values import ActRefusedError

AT = parse_moment("2018-01-10 10:00")
CALL = parse_fill("+4 VIX 2018-03-21 C 25 @ 1.20")


def test_fills_are_added_behind_the_earlier_ones() -> None:
    empty = Layer(number=1)
    one = filled(empty, AT, OPEN, [CALL])
    two = filled(one, AT, SETTLE, [Fill(CALL.contract, -4, Decimal(0))])
    assert (empty.fills, len(one.fills), len(two.fills)) == ((), 1, 2)
    assert [(dated.act, dated.time) for dated in two.fills] == [("open", AT), ("settle", AT)]
    assert (one.is_open, two.is_open, two.number) == (True, False, 1)


@pytest.mark.parametrize("act", [CLOSE, SETTLE])
def test_nothing_is_taken_off_that_is_not_on(act: str) -> None:
    with pytest.raises(ActRefusedError, match=r"^leg: VIX 2018-03-21 C 25 is not held"):
        filled(Layer(number=1), AT, act, [CALL])
