"""Is a leg read as it was written or refused, and do fills net to the legs that a hand count leaves?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.positions.contract import Contract, Kind
from core.positions.leg import OPEN, DatedFill, Fill, LegRefusedError, cash_of, open_legs, opened_for, parse_fill

AT = datetime(2018, 1, 10, 15, tzinfo=UTC)
CALL = Contract("VIX", Kind.OPTION, date(2018, 3, 21), "C", Decimal(25))


def dated(*quantities_and_prices: tuple[int, str | None]) -> list[DatedFill]:
    return [
        DatedFill(Fill(CALL, quantity, None if price is None else Decimal(price)), AT, seq, "open")
        for seq, (quantity, price) in enumerate(quantities_and_prices)
    ]


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        ("+4 VIX 2018-03-21 C 25 @ 1.20", Fill(CALL, 4, Decimal("1.20"))),
        (" -4 vix 2018-03-21 c 25.0@0.45 ", Fill(CALL, -4, Decimal("0.45"))),
        ("1 VX 2018-03-21 @ 15.10", Fill(Contract("VX", Kind.FUTURE, date(2018, 3, 21)), 1, Decimal("15.10"))),
        ("-9 VXX @ 27.1", Fill(Contract("VXX", Kind.SHARE), -9, Decimal("27.1"))),
    ],
)
def test_a_leg_is_read(text: str, fill: Fill) -> None:
    assert parse_fill(text) == fill


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("0 VIX 2018-03-21 C 25 @ 1.20", "quantity"),
        ("+1 VIX 2018-03-21 C 0 @ 1.20", "strike"),
        ("+1 VIX C 25 @ 1.20", "expiry"),
        ("+1 VIX 2018-02-30 C 25 @ 1.20", "expiry"),
        ("+1 ABC 2018-03-21 C 25 @ 1.20", "root"),
        ("+1 VIX 2018-03-21 @ 1.20", "root"),
        ("+1 SPX @ 1.20", "root"),
        ("+1 VIX 2018-03-21 C 25 @ nan", "write it like"),
        ("+1 VIX 2018-03-21 C 25 @ 1e5", "write it like"),
        ("+\u0661 VIX 2018-03-21 C 25 @ 1", "write it like"),
        ("+1 VIX 2018-03-21 C 25", "write it like"),
        ("", "write it like"),
    ],
)
def test_a_leg_that_cannot_be_read_is_refused_in_words(text: str, names: str) -> None:
    with pytest.raises(LegRefusedError, match=names):
        parse_fill(text)


@given(st.lists(st.integers(-9, 9).filter(bool), max_size=12))
def test_the_open_quantity_is_the_sum(quantities: list[int]) -> None:
    legs = open_legs(dated(*((quantity, "1") for quantity in quantities)))
    assert sum(leg.quantity for leg in legs) == sum(quantities)
    assert len(legs) == (1 if sum(quantities) else 0)


@pytest.mark.parametrize(
    ("fills", "quantity", "price"),
    [
        (((4, "1.20"), (4, "1.40")), 8, "1.30"),
        (((4, "1.20"), (-3, "9.00")), 1, "1.20"),
        (((4, "1.20"), (-6, "2.00")), -2, "2.00"),  # sold through zero: opened anew by the sale
        (((4, "1.20"), (-4, "2.00"), (1, "3.00")), 1, "3.00"),
        (((-2, "1.00"), (-1, "1.30")), -3, "1.10"),
        (((2, "1.00"), (1, None)), 3, None),
    ],
)
def test_the_opening_price_is_the_average_of_what_opened(fills: tuple, quantity: int, price: str | None) -> None:
    (leg,) = open_legs(dated(*fills))
    assert (leg.quantity, leg.price) == (quantity, None if price is None else Decimal(price))


def test_cash_is_points_times_dollars_a_point() -> None:
    future = Fill(Contract("VX", Kind.FUTURE, date(2018, 3, 21)), -2, Decimal("15.10"))
    assert cash_of([Fill(CALL, 4, Decimal("1.20")), future]) == -480  # opening a future moves no cash
    assert cash_of([]) == 0
    with pytest.raises(LegRefusedError, match="no price"):
        cash_of([Fill(CALL, 4)])


def test_what_is_closed_is_taken_from_the_oldest_fills() -> None:
    def dated(text: str, seq: int) -> DatedFill:
        return DatedFill(parse_fill(text), datetime(2018, 2, 1, 15, seq, tzinfo=UTC), seq, OPEN)

    fills = [
        dated("+1 VX 2018-03-21 @ 10", 1),
        dated("+1 VX 2018-03-21 @ 20", 2),
        dated("-1 VX 2018-03-21 @ 30", 3),
    ]
    (leg,) = open_legs(fills)
    assert (leg.quantity, leg.price) == (1, 20)
    (leg,) = open_legs([*fills, dated("+1 VX 2018-03-21 @ 25", 4)])
    assert (leg.quantity, leg.price) == (2, Decimal("22.5"))  # 20 and 25 are left
    assert opened_for([leg]) == 45_000
    # by hand: sold 3 at 31, of which 20 and 25 close (+11 and +6) and one is opened short
    assert cash_of([parse_fill("-3 VX 2018-03-21 @ 31")], [leg]) == 17_000


def test_a_leg_keeps_its_place_while_it_is_reduced() -> None:
    texts = ("+2 VIX 2018-03-21 C 25 @ 1", "-2 VIX 2018-03-21 C 35 @ 0.4", "-1 VIX 2018-03-21 C 25 @ 2")
    fills = [
        DatedFill(parse_fill(t), datetime(2018, 2, 1, 15, n, tzinfo=UTC), n, OPEN) for n, t in enumerate(texts)
    ]
    assert [leg.text for leg in open_legs(fills)] == ["+1 VIX 2018-03-21 C 25", "-2 VIX 2018-03-21 C 35"]
