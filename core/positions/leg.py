"""What is a fill, and which legs remain open after a list of fills?"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.market.times import TimeRefusedError, parse_date
from core.positions.contract import FUTURE_ROOTS, OPTION_ROOTS, SHARE_ROOTS, Contract, Kind
from core.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

MAX_QUANTITY = 1_000_000
OPEN, CLOSE, SETTLE = "open", "close", "settle"
_LEG = re.compile(
    r"(?P<quantity>[+-]?\d{1,7})\s+(?P<root>[A-Za-z]{2,6})"
    r"(?:\s+(?P<expiry>\d{4}-\d{2}-\d{2}))?"
    r"(?:\s+(?P<right>[CPcp])\s+(?P<strike>\d{1,6}(?:\.\d{1,4})?))?"
    r"\s*@\s*(?P<price>-?\d{1,7}(?:\.\d{1,8})?)",
    re.ASCII,
)


class LegRefusedError(RefusedError):
    """A leg that cannot exist; the message names the field and the reason."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A signed quantity of one contract that changed hands.

    `price` in points, None where only the net price of a package is known; negative `quantity` is sold.
    """

    contract: Contract
    quantity: int
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DatedFill:
    """A fill with the entry that recorded it, its moment, and `act`: OPEN, CLOSE or SETTLE."""

    fill: Fill
    time: datetime
    seq: int
    act: str


@dataclass(frozen=True, slots=True)
class Leg:
    """An open position in one contract: its signed quantity and the fills that opened it."""

    contract: Contract
    quantity: int
    opened_by: tuple[DatedFill, ...]

    @property
    def price(self) -> Decimal | None:
        """Average opening price in points, None where a fill had none of its own."""
        prices = [(dated.fill.price, abs(dated.fill.quantity)) for dated in self.opened_by]
        if any(price is None for price, _ in prices):
            return None
        total = sum((price * count for price, count in prices if price is not None), Decimal(0))
        return total / sum(count for _, count in prices)

    @property
    def text(self) -> str:
        """The leg as it is shown: `+4 VIX 2018-03-21 C 25`."""
        return f"{self.quantity:+d} {self.contract.text}"


def parse_fill(text: str) -> Fill:
    """Return the fill written as "+4 VIX 2018-03-21 C 25 @ 1.20", "+1 VX 2018-03-21 @ 15.10", "+9 VXX @ 27.1".

    Raises LegRefusedError naming the field.
    """
    match = _LEG.fullmatch(text.strip())
    if not match:
        raise LegRefusedError(f'leg {text!r}: write it like "+4 VIX 2018-03-21 C 25 @ 1.20"')
    quantity = int(match["quantity"])
    if not 0 < abs(quantity) <= MAX_QUANTITY:
        raise LegRefusedError(f"leg {text!r}: quantity must not be zero")
    return Fill(_contract(match, text), quantity, Decimal(match["price"]))


def _contract(match: re.Match[str], text: str) -> Contract:
    root = match["root"].upper()
    if match["right"]:
        _require(root in OPTION_ROOTS, text, f"root {root} has no options that can be held here")
        _require(bool(match["expiry"]), text, "an option needs an expiry")
        strike = Decimal(match["strike"])
        _require(strike > 0, text, "strike must be above zero")
        return Contract(root, Kind.OPTION, _expiry(match, text), match["right"].upper(), strike)
    if match["expiry"]:
        _require(root in FUTURE_ROOTS, text, f"root {root} with an expiry and no strike is not a future (VX, VXM)")
        return Contract(root, Kind.FUTURE, _expiry(match, text))
    _require(root in SHARE_ROOTS, text, f"root {root} is not a VIX share that can be held here")
    return Contract(root, Kind.SHARE)


def _expiry(match: re.Match[str], text: str) -> date:
    try:
        return parse_date(match["expiry"])
    except TimeRefusedError as error:
        raise LegRefusedError(f"leg {text!r}: expiry {error}") from None


def _require(condition: bool, text: str, reason: str) -> None:
    if not condition:
        raise LegRefusedError(f"leg {text!r}: {reason}")


def open_legs(fills: Iterable[DatedFill]) -> tuple[Leg, ...]:
    """Return the legs that remain after the fills, in the order in which they were first opened.

    What is closed is taken from the oldest fills first, so that `opened_by` adds up to the open quantity.
    """
    open_lots: dict[Contract, deque[DatedFill]] = {}
    for dated in fills:
        take_fill(open_lots, dated)
    return tuple(
        Leg(contract, sum(lot.fill.quantity for lot in lots), tuple(lots)) for contract, lots in open_lots.items()
    )


def take_fill(open_lots: dict[Contract, deque[DatedFill]], dated: DatedFill) -> None:
    """Let a fill close the oldest open lots of its contract; what is left of it becomes one, in place."""
    lots = open_lots.setdefault(dated.fill.contract, deque())
    left = dated.fill.quantity + sum(quantity for quantity, _ in _close_oldest(lots, dated.fill.quantity))
    if left:
        lots.append(_resized(dated, left))
    if not lots:
        del open_lots[dated.fill.contract]


def _close_oldest(lots: deque[DatedFill], quantity: int) -> list[tuple[int, Decimal | None]]:
    """Take what a fill closes from the oldest lots; return (quantity as held, opening price) of each part."""
    closed: list[tuple[int, Decimal | None]] = []
    while lots and lots[0].fill.quantity * quantity < 0:
        oldest = lots.popleft()
        held = oldest.fill.quantity
        part = min(held, -quantity) if held > 0 else max(held, -quantity)
        closed.append((part, oldest.fill.price))
        quantity += part
        if part != held:
            lots.appendleft(_resized(oldest, held - part))
    return closed


def _resized(dated: DatedFill, quantity: int) -> DatedFill:
    return (
        dated if dated.fill.quantity == quantity else replace(dated, fill=replace(dated.fill, quantity=quantity))
    )


def cash_of(fills: Iterable[Fill], held: Iterable[Leg] = ()) -> Decimal:
    """Return the dollars that priced fills bring in (positive) or cost (negative), before fees.

    Options and shares are paid for in full. A future is not: opening one moves no cash, closing or settling one
    brings the difference to what it was opened at, oldest first, out of the `held` legs.
    """
    total = Decimal(0)
    lots = {leg.contract: deque(leg.opened_by) for leg in held}
    for fill in fills:
        if fill.price is None:
            raise LegRefusedError(f"leg {fill.contract.text}: no price")
        if fill.contract.kind is Kind.FUTURE:
            closed = _close_oldest(lots.get(fill.contract, deque()), fill.quantity)
            points = sum((part * (fill.price - (price or Decimal(0))) for part, price in closed), Decimal(0))
        else:
            points = -fill.price * fill.quantity
        total += points * fill.contract.multiplier
    return total


def opened_for(legs: Iterable[Leg]) -> Decimal:
    """Return the dollars at which open futures were opened: what their value must exceed to gain.

    No cash moved for them, so profit = cash so far - this + value of the open legs.
    """
    lots = (lot.fill for leg in legs if leg.contract.kind is Kind.FUTURE for lot in leg.opened_by)
    return sum((lot.quantity * lot.contract.multiplier * (lot.price or Decimal(0)) for lot in lots), Decimal(0))
