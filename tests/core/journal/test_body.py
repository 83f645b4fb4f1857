"""Does a body say all that the act said, and is one that says less an error?"""

from datetime import date
from decimal import Decimal

import pytest

from core.journal.body import CONDOR_KINDS, LAYER_KINDS, Move, PositionAct, read_position, write_position
from core.journal.canonical import canonical, parse_canonical
from core.positions.leg import parse_fill
from core.positions.values import ActRefusedError

ACT = PositionAct(
    moves=(
        Move("close", parse_fill("-4 VIX 2018-03-21 C 25 @ 1.20")),
        Move("open", parse_fill("+2 VX 2018-04-18 @ 15.125")),
        Move("open", parse_fill("+100 VXX @ 27.1")),
    ),
    cash=Decimal(480) - Decimal(30250) - Decimal(2710),
    fees=Decimal("3.33"),
    condor_id=3,
    layer=1,
    root="SPX",
    expiry=date(2018, 2, 16),
    is_new=True,
    flags=("é",),
    quantity=2,
    credit=Decimal("5.2"),
    debit=Decimal("-1.05"),
    value=Decimal("23.4"),
    value_name="VRO",
)


def test_an_act_comes_back_through_its_text() -> None:
    assert read_position(parse_canonical(canonical(write_position(ACT)))) == ACT


def test_money_and_dates_are_integers_and_text() -> None:
    body = write_position(ACT)
    assert (body["cash_e8"], body["fees_e8"]) == (-3248000000000, 333000000)
    assert (body["credit_e8"], body["debit_e8"], body["value_e8"]) == (520000000, -105000000, 2340000000)
    assert body["moves"][1] == {
        "act": "open",
        "root": "VX",
        "kind": "future",
        "expiry": "2018-04-18",
        "right": "",
        "strike_e8": None,
        "quantity": 2,
        "price_e8": 1512500000,
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cash_e8", "1"),
        ("cash_e8", 1.5),
        ("moves", None),
        ("moves", [3]),
        ("flags", "x"),
        ("root", 5),
        ("expiry", "x"),
    ],
)
def test_a_body_of_another_shape_is_an_error(key: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_position(write_position(ACT) | {key: value})


@pytest.mark.parametrize("key", list(write_position(ACT)))
def test_a_body_that_says_less_is_an_error(key: str) -> None:
    body = write_position(ACT)
    del body[key]
    with pytest.raises(KeyError):
        read_position(body)


def test_more_than_eight_decimals_are_refused_with_the_field() -> None:
    move = Move("open", parse_fill("+1 VIX 2018-03-21 C 25 @ 1"))
    fill = type(move.fill)(move.fill.contract, 1, Decimal("1.000000001"))
    with pytest.raises(ActRefusedError, match=r"^price: 1\.000000001 has more than 8 decimals"):
        write_position(PositionAct((Move("open", fill),), Decimal(0), Decimal(0)))


def test_the_kinds_are_those_of_a_condor_and_of_a_layer() -> None:
    assert {kind.value for kind in CONDOR_KINDS} == {
        f"condor_{act}" for act in ("opened", "closed", "rolled", "settled")
    }
    assert {kind.value for kind in LAYER_KINDS} == {
        f"layer_{act}" for act in ("opened", "closed", "rolled", "settled")
    }
