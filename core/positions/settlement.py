"""What is a position worth when it settles? Intrinsic value at the published settlement value, exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.positions.contract import XSP_PER_SPX, Contract, Kind
from core.positions.leg import Fill
from core.positions.values import MAX_NAME_LENGTH, ActRefusedError, check_above_zero, check_text, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.positions.leg import Leg

_XSP_MISTAKEN = 5
"""A value this many times the highest XSP strike is taken for one of SPX itself."""


def settles_to(contract: Contract) -> str:
    """Return the index or share whose value settles the contract: XSP's own is SPX / 10."""
    return contract.root if contract.root == "XSP" else contract.terms.underlying


def settled_price(contract: Contract, value: Decimal) -> Decimal:
    """Return the points at which a contract settles: intrinsic of an option, the value itself of a future."""
    if contract.kind is Kind.SHARE or contract.expiry is None:
        raise ActRefusedError("expiry", f"{contract.root} does not expire")
    if contract.strike is None:
        return value
    gain = value - contract.strike if contract.right == "C" else contract.strike - value
    return max(gain, Decimal(0))


def settlement_named(value_name: str) -> str:
    """Return SET, close or VRO of a name that may say behind a comma where the value came from."""
    return value_name.partition(",")[0].strip()


def settlement_fills(legs: Sequence[Leg], value: Decimal, value_name: str) -> tuple[Fill, ...]:
    """Return the fills that settle the legs at the value, in points of the contracts' own index.

    Refused: a value that is no number above zero, a value name that is
    not what the contracts settle to, legs on different indices.
    """
    check_above_zero("value", value)
    check_text("value_name", value_name, MAX_NAME_LENGTH)
    require(bool(legs), "expiry", f"nothing held settles to {value_name} then")
    for leg in legs:
        to = leg.contract.terms.settlement
        require(
            to == settlement_named(value_name),
            "value_name",
            f"{leg.contract.text} settles to {to}, not {value_name}",
        )
    indices = sorted({settles_to(leg.contract) for leg in legs})
    require(len(indices) == 1, "root", f"name one: {' and '.join(indices)} each have a value of their own")
    _check_xsp(legs, value)
    return tuple(Fill(leg.contract, -leg.quantity, settled_price(leg.contract, value)) for leg in legs)


def _check_xsp(legs: Sequence[Leg], value: Decimal) -> None:
    highest = max((leg.contract.strike or value for leg in legs), default=value)
    mistaken = legs[0].contract.root == "XSP" and value > highest * _XSP_MISTAKEN
    require(not mistaken, "value", f"{value} is one of SPX: XSP settles to SPX / {XSP_PER_SPX}")
