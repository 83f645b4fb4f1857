"""What does a position gain at the horizon? Every leg valued at every level of SPX in one evaluation."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, VIX_CAP, VIX_FLOOR, Response, spx_at, vix_at, vx_at
from core.positions.contract import XSP_PER_SPX, is_vix_linked
from core.valuation.black76 import price

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from core.positions.leg import Leg


@dataclass(frozen=True, slots=True)
class HorizonLeg:
    """One open leg at the horizon: on `spx_weight * SPX` or, with a weight of zero, on a VX future.

    `dollars` a point, signed (quantity x multiplier); `sign` 1 call, -1 put; a future is a call struck at
    zero. `forward` is the VX future now, `days_left` its days after the horizon. `share` is the part of the
    way to the horizon at which the leg settles, 1 where it is alive then. With `sigma` (share a year) and
    `years` left the leg is worth Black-76, else intrinsic.
    """

    dollars: float
    sign: int
    strike: float
    spx_weight: float = 0.0
    forward: float = 0.0
    days_left: float = 0.0
    share: float = 1.0
    sigma: float = 0.0
    years: float = 0.0
    discount: float = 1.0

    @property
    def is_vix(self) -> bool:
        """Whether the leg follows VIX rather than SPX."""
        return self.spx_weight == 0

    @property
    def is_priced(self) -> bool:
        """Whether the leg has time value at the horizon."""
        return self.sigma > 0 and self.years > 0


@dataclass(frozen=True)
class Block:
    """Legs that are valued together: `columns` has one array of shape (legs, 1) a field of HorizonLeg."""

    is_vix: bool
    is_priced: bool
    share: float
    columns: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Payoff:
    """A position at the horizon: dollars of `cash` so far, and its legs. `spx0` and `vix0` are now's levels."""

    cash: float
    legs: tuple[HorizonLeg, ...]
    blocks: tuple[Block, ...]
    spx0: float
    vix0: float


def payoff_of(
    legs: Iterable[HorizonLeg], cash: float, spx0: float = float("nan"), vix0: float = float("nan")
) -> Payoff:
    """Return the position with its legs stacked into blocks; both levels are needed where a leg follows VIX."""
    held = tuple(legs)
    groups = groupby(sorted(held, key=_kind), key=_kind)
    return Payoff(cash, held, tuple(_block(list(group)) for _, group in groups), spx0, vix0)


def own_terms(leg: Leg) -> HorizonLeg:
    """Return a leg at intrinsic, as its contract says: on SPX in SPX points (XSP: a tenth), else on VIX."""
    contract = leg.contract
    on_spx = 1.0 / XSP_PER_SPX if contract.root == "XSP" else 1.0
    return HorizonLeg(
        dollars=float(leg.quantity * contract.multiplier),
        sign=-1 if contract.right == "P" else 1,
        strike=float(contract.strike or 0),
        spx_weight=0.0 if is_vix_linked(contract) else on_spx,
    )


def profit(payoff: Payoff, spx: NDArray[np.float64], response: Response = BASE) -> NDArray[np.float64]:
    """Return the dollars gained or lost at the horizon at each level of SPX, both of shape (n,).

    The slopes of `response` may be arrays of that shape: each level under its own response.
    """
    total = np.full(spx.shape, payoff.cash, np.float64)
    for block in payoff.blocks:
        total += block.columns["dollars"][:, 0] @ _values(block, _underlying(block, payoff, spx, response))
    return total


def kinks(payoff: Payoff, responses: Iterable[Response]) -> NDArray[np.float64]:
    """Return the SPX levels, ascending, at which the profit has a corner: strikes and the VIX map's clamps."""
    found = [leg.strike / leg.spx_weight for leg in payoff.legs if not leg.is_vix and not leg.is_priced]
    vix_legs = [leg for leg in payoff.legs if leg.is_vix]
    for response in responses:
        for leg in vix_legs:
            corners = [VIX_FLOOR, VIX_CAP] if leg.is_priced else [VIX_FLOOR, VIX_CAP, leg.strike]
            levels = spx_at(corners, payoff.spx0, payoff.vix0, response)
            found.extend(payoff.spx0 + (levels - payoff.spx0) / leg.share)
    levels = np.unique(np.array(found, np.float64))
    return levels[np.isfinite(levels) & (levels > 0)]


def _kind(leg: HorizonLeg) -> tuple[bool, bool, float]:
    return leg.is_vix, leg.is_priced, leg.share


def _block(legs: list[HorizonLeg]) -> Block:
    names = [field.name for field in fields(HorizonLeg)]
    columns = {name: np.array([[getattr(leg, name)] for leg in legs], np.float64) for name in names}
    return Block(*_kind(legs[0]), columns)


def _underlying(block: Block, payoff: Payoff, spx: NDArray[np.float64], response: Response) -> NDArray[np.float64]:
    """Return what the block's legs are on, shape (legs, n)."""
    if not block.is_vix:
        return block.columns["spx_weight"] * spx
    path = payoff.spx0 + (spx - payoff.spx0) * block.share
    vix = vix_at(path, payoff.spx0, payoff.vix0, response)
    return vx_at(block.columns["forward"], payoff.vix0, vix, block.columns["days_left"])


def _values(block: Block, underlying: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what one contract of each leg is worth, in points, shape (legs, n)."""
    column = block.columns
    if not block.is_priced:
        return np.maximum(column["sign"] * (underlying - column["strike"]), 0.0)
    terms = (column[name] for name in ("strike", "sigma", "years", "sign", "discount"))
    return price(underlying, *terms)
