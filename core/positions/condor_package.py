"""Which fills stand for four legs traded as one? A package has a net price; its legs have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.positions.contract import Contract, Kind
from core.positions.leg import Fill

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from core.positions.book import Condor
    from core.positions.leg import Leg


def opening_package(
    root: str, expiry: date, quantity: int, puts: tuple[Decimal, Decimal], calls: tuple[Decimal, Decimal]
) -> tuple[Fill, ...]:
    """Return the fills that open a condor: long put, short put, short call, long call, without prices."""
    terms = (("P", puts[0], 1), ("P", puts[1], -1), ("C", calls[0], -1), ("C", calls[1], 1))
    return tuple(
        Fill(Contract(root, Kind.OPTION, expiry, right, strike), side * quantity) for right, strike, side in terms
    )


def closing_package(legs: Sequence[Leg], count: int) -> tuple[Fill, ...]:
    """Return the fills that take `count` condors off, without prices."""
    return tuple(Fill(leg.contract, -count if leg.quantity > 0 else count) for leg in legs)


def package_cash(fills: Sequence[Fill], net_points: Decimal, count: int) -> Decimal:
    """Return the dollars that a net price a condor brings in (positive) or costs."""
    return net_points * count * fills[0].contract.multiplier


def strikes_of(condor: Condor) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    """Return ((long put, short put), (short call, long call)) of a complete condor."""
    strike = {
        (leg.contract.right, leg.quantity > 0): leg.contract.strike
        for leg in condor.legs
        if leg.contract.strike is not None
    }
    return (strike["P", True], strike["P", False]), (strike["C", False], strike["C", True])
