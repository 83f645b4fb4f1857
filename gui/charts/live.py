"""When was a layer held? The days between the fill that opened it and the one that left nothing open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.times import exchange_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.positions.contract import Contract
    from core.positions.leg import DatedFill


def live_days(fills: Iterable[DatedFill]) -> list[tuple[date, date | None]]:
    """Return the first and last New York day of each stretch with a leg open; None while it still is.

    A leg protects no longer than to its expiry, whenever its settlement is entered.
    """
    held: dict[Contract, int] = {}
    stretches: list[tuple[date, date | None]] = []
    for dated in fills:
        was_open = any(held.values())
        contract = dated.fill.contract
        held[contract] = held.get(contract, 0) + dated.fill.quantity
        day = exchange_date(dated.time)
        if not was_open and any(held.values()):
            stretches.append((day, None))
        elif was_open and not any(held.values()):
            stretches[-1] = (stretches[-1][0], day)
    expiries = [contract.expiry for contract, quantity in held.items() if quantity]
    if stretches and expiries and None not in expiries:
        stretches[-1] = (stretches[-1][0], max(expiry for expiry in expiries if expiry is not None))
    return stretches
