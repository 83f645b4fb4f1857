"""Does a leg settle at the value that a payoff diagram gives, in its own index's points?"""

from decimal import Decimal

import pytest

from core.market.times import parse_moment
from core.positions.book import Layer
from core.positions.filling import filled
from core.positions.leg import OPEN, Fill, cash_of, parse_fill
from core.positions.settlement import settled_price, settlement_fills, settlement_named, settles_to
from core.positions.values import ActRefusedError

AT = parse_moment("2018-01-10 10:00")


def layer(*texts: str) -> Layer:
    return filled(Layer(number=1), AT, OPEN, [parse_fill(f"{text} @ 1") for text in texts])


@pytest.mark.parametrize(
    ("text", "value", "points"),
    [
        ("+1 SPX 2018-02-16 P 2625", "2600.25", "24.75"),
        ("+1 SPX 2018-02-16 P 2625", "2625", "0"),
        ("+1 SPX 2018-02-16 C 2625", "2600.25", "0"),
        ("+1 SPX 2018-02-16 C 2600", "2600.00000001", "0.00000001"),
        ("-3 VIX 2018-02-14 C 20", "25.06", "5.06"),
        ("+1 VX 2018-02-14", "25.06", "25.06"),
    ],
)
def test_the_price_is_the_intrinsic_value(text: str, value: str, points: str) -> None:
    (leg,) = layer(text).legs
    assert settled_price(leg.contract, Decimal(value)) == Decimal(points)
    name = leg.contract.terms.settlement.value
    assert settlement_fills([leg], Decimal(value), name) == (Fill(leg.contract, -leg.quantity, Decimal(points)),)


def test_a_future_gains_its_change_in_all() -> None:
    opening = parse_fill("+2 VX 2018-02-14 @ 12.425")
    (leg,) = filled(Layer(number=1), AT, OPEN, [opening]).legs
    assert cash_of([opening]) == 0
    cash = cash_of(settlement_fills([leg], Decimal("25.06"), "VRO"), [leg])
    assert cash == 2 * 1000 * (Decimal("25.06") - Decimal("12.425")) == 25_270


def test_shares_do_not_settle() -> None:
    (leg,) = layer("+1 VXX").legs
    with pytest.raises(ActRefusedError, match=r"^expiry: VXX does not expire"):
        settled_price(leg.contract, Decimal(27))


@pytest.mark.parametrize(
    ("field", "texts", "value", "name"),
    [
        ("value", ("+1 VX 2018-02-14",), "NaN", "VRO"),
        ("value", ("+1 VX 2018-02-14",), "0", "VRO"),
        ("value_name", ("+1 VX 2018-02-14",), "20", "SET"),
        ("value_name", ("+1 VX 2018-02-14",), "20", "VRO" * 20),
        ("expiry", (), "20", "VRO"),
        ("root", ("+1 SPXW 2018-02-16 P 2625", "+1 XSP 2018-02-16 P 262"), "260", "close"),
        ("value", ("+1 XSP 2018-02-16 P 262",), "2600", "close"),
    ],
)
def test_a_value_of_something_else_is_refused(field: str, texts: tuple[str, ...], value: str, name: str) -> None:
    with pytest.raises(ActRefusedError, match=f"^{field}: "):
        settlement_fills(layer(*texts).legs, Decimal(value), name)


def test_spx_and_spxw_close_on_one_index_xsp_on_its_own() -> None:
    contracts = [
        leg.contract
        for leg in layer("+1 SPXW 2018-02-16 P 2625", "+1 XSP 2018-02-16 P 262", "+1 VX 2018-02-14").legs
    ]
    assert [settles_to(contract) for contract in contracts] == ["SPX", "XSP", "VIX"]
    assert [settlement_named(name) for name in ("VRO", "VRO, imported", " SET , typed")] == ["VRO", "VRO", "SET"]
