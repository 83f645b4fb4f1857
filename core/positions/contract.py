"""What can be held? Options, futures and shares with their multiplier, settlement and last moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING

from core.market.times import new_york

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from core.market.calendar import SessionCalendar

MORNING = time(9, 30)


class Kind(StrEnum):
    """The three kinds of instrument."""

    OPTION = "option"
    FUTURE = "future"
    SHARE = "share"


class Settlement(StrEnum):
    """Which published value settles an instrument (Cboe contract specifications; playbook 4.1)."""

    SET = "SET"  # special opening quotation of SPX, morning of expiry
    CLOSE = "close"  # closing value of the underlying, afternoon of expiry
    VRO = "VRO"  # special opening quotation of VIX, morning of expiry
    NONE = ""  # shares do not expire


@dataclass(frozen=True, slots=True)
class Root:
    """What all contracts of one root have in common: dollars a point and the settlement value."""

    symbol: str
    underlying: str
    multiplier: int
    settlement: Settlement


SPX_ROOTS = frozenset({"SPX", "SPXW", "XSP"})
VIX_FUTURES = frozenset({"VX", "VXM"})
VIX_SHARES = frozenset({"VXX", "VXZ", "VIXY", "VIXM", "UVXY", "UVIX", "SVXY", "SVIX"})
SHORT_VIX_SHARES = frozenset({"SVXY", "SVIX"})
OPTION_ROOTS = {
    "SPX": Root("SPX", "SPX", 100, Settlement.SET),
    "SPXW": Root("SPXW", "SPX", 100, Settlement.CLOSE),
    "XSP": Root("XSP", "SPX", 100, Settlement.CLOSE),
    "VIX": Root("VIX", "VIX", 100, Settlement.VRO),
} | {share: Root(share, share, 100, Settlement.CLOSE) for share in sorted(VIX_SHARES)}
FUTURE_ROOTS = {
    "VX": Root("VX", "VIX", 1000, Settlement.VRO),
    "VXM": Root("VXM", "VIX", 100, Settlement.VRO),
}
SHARE_ROOTS = {share: Root(share, share, 1, Settlement.NONE) for share in sorted(VIX_SHARES)}
XSP_PER_SPX = 10


@dataclass(frozen=True, slots=True)
class Contract:
    """One instrument. `right` is "C" or "P"; `strike` in points of its own underlying."""

    root: str
    kind: Kind
    expiry: date | None = None
    right: str = ""
    strike: Decimal | None = None

    @property
    def terms(self) -> Root:
        """Multiplier and settlement of the contract's root."""
        table = {Kind.OPTION: OPTION_ROOTS, Kind.FUTURE: FUTURE_ROOTS, Kind.SHARE: SHARE_ROOTS}
        return table[self.kind][self.root]

    @property
    def multiplier(self) -> int:
        """Dollars a point."""
        return self.terms.multiplier

    @property
    def text(self) -> str:
        """The contract as it is written in a leg: `VIX 2018-03-21 C 25`."""
        parts = [self.root, self.expiry.isoformat() if self.expiry else "", self.right]
        parts.append(f"{self.strike.normalize():f}" if self.strike is not None else "")
        return " ".join(part for part in parts if part)


def expiry_moment(contract: Contract, calendar: SessionCalendar) -> datetime | None:
    """Return the UTC moment at which the contract's settlement value is struck, None for shares."""
    if contract.expiry is None:
        return None
    if contract.terms.settlement in (Settlement.SET, Settlement.VRO):
        return new_york(contract.expiry, MORNING)
    return calendar.close_of(contract.expiry)


def is_vix_linked(contract: Contract) -> bool:
    """Whether the instrument follows VIX rather than SPX."""
    return contract.root not in SPX_ROOTS
