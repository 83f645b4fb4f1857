"""What is held? Condors, hedge layers and the account, as they follow from the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from core.positions.leg import DatedFill, Leg, open_legs, opened_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

LAYER_NUMBERS = (1, 2, 3, 4)
DEFAULT_LAYER_NAMES = {1: "L1 inner", 2: "L2 middle", 3: "L3 outer", 4: "L4 last rung"}


@dataclass(frozen=True)
class Holding:
    """What a condor and a layer have in common: fills, and the cash they moved.

    `cash` in dollars before fees, positive received; `fees` in dollars, positive paid. `earlier_cash` is how
    much of both together belongs to earlier times that a layer was held and closed again. `flags` are those
    recorded with the last entry; the log keeps the earlier ones.
    """

    fills: tuple[DatedFill, ...] = ()
    cash: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    earlier_cash: Decimal = field(default=Decimal(0), kw_only=True)
    opened_at: datetime | None = None
    flags: tuple[str, ...] = ()

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The legs that are open."""
        return open_legs(self.fills)

    @property
    def is_open(self) -> bool:
        """Whether any leg is open."""
        return bool(self.legs)

    @property
    def net_cash(self) -> Decimal:
        """Dollars received less dollars paid, after fees."""
        return self.cash - self.fees

    @property
    def sunk(self) -> Decimal:
        """What the value of the open legs adds to for the profit: net cash, futures as if paid for in full."""
        return self.net_cash - opened_for(self.legs)


@dataclass(frozen=True)
class Condor(Holding):
    """An iron condor (or the part of one that is on so far) of one root and expiry."""

    id: int = 0
    root: str = "SPX"
    expiry: date | None = None

    @property
    def quantity(self) -> int:
        """The number of condors open: the largest count over its legs."""
        return max((abs(leg.quantity) for leg in self.legs), default=0)

    @property
    def is_complete(self) -> bool:
        """Whether all four legs are on in equal number."""
        return len(self.legs) == 4 and len({abs(leg.quantity) for leg in self.legs}) == 1

    @property
    def wings(self) -> tuple[Decimal | None, Decimal | None]:
        """The widths of the put and the call wing in points, None for one that is not on."""
        return self._wing("P"), self._wing("C")

    def _wing(self, right: str) -> Decimal | None:
        long, short = self.leg(right, 1), self.leg(right, -1)
        if long is None or short is None or long.contract.strike is None or short.contract.strike is None:
            return None
        return abs(long.contract.strike - short.contract.strike)

    def leg(self, right: str, side: int) -> Leg | None:
        """Return the long (side 1) or short (side -1) leg of the puts ("P") or calls ("C")."""
        for leg in self.legs:
            if leg.contract.right == right and leg.quantity * side > 0:
                return leg
        return None


@dataclass(frozen=True)
class Layer(Holding):
    """The hedge held in one layer, for the whole book or for one condor."""

    number: int = 0
    condor_id: int | None = None


LayerKey = tuple[int, int | None]
Owner = tuple[int | None, int | None]
"""(layer number or None, condor id or None): a condor is (None, id)."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A proposal that was accepted and not yet acted on: its key, its words, and when."""

    key: str
    what: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """The account as entered: dollars at a moment. `notional` is what sizing uses."""

    time: datetime
    equity: Decimal
    cash: Decimal
    notional: Decimal
    margin: Decimal | None = None


@dataclass(frozen=True)
class Book:
    """All positions after some entry of the journal. Keys: condor id; (layer number, condor id or None).

    `intents` are what was accepted of the proposals and not followed by an act on the same position.
    """

    condors: Mapping[int, Condor] = field(default_factory=dict)
    layers: Mapping[LayerKey, Layer] = field(default_factory=dict)
    layer_names: Mapping[int, str] = field(default_factory=lambda: dict(DEFAULT_LAYER_NAMES))
    account: Account | None = None
    acknowledged: frozenset[str] = frozenset()
    last_seq: int = 0
    last_hash: str = ""
    intents: Mapping[Owner, Intent] = field(default_factory=dict)

    def layers_of(self, condor_id: int) -> tuple[Layer, ...]:
        """Return the layers that belong to one condor, by number."""
        return tuple(layer for key, layer in sorted(self.layers.items(), key=_order) if key[1] == condor_id)

    def layers_numbered(self, number: int) -> tuple[Layer, ...]:
        """Return every holding of one layer number: the book's own and those of condors."""
        return tuple(layer for key, layer in sorted(self.layers.items(), key=_order) if key[0] == number)

    @property
    def open_condors(self) -> tuple[Condor, ...]:
        """The condors with a leg on, by id."""
        return tuple(condor for _, condor in sorted(self.condors.items()) if condor.is_open)

    @property
    def open_layers(self) -> tuple[Layer, ...]:
        """The layers with a leg on, by number."""
        return tuple(layer for _, layer in sorted(self.layers.items(), key=_order) if layer.is_open)


def _order(item: tuple[LayerKey, Layer]) -> tuple[int, int]:
    number, condor_id = item[0]
    return number, condor_id or 0
