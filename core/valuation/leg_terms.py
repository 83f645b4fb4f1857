"""Which legs are open, and what do their contracts say? One array a term, made once for a book."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.market.calendar import OutsideCalendarError
from core.positions.book import Condor, Layer
from core.positions.contract import SPX_ROOTS, XSP_PER_SPX, Kind, expiry_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.market.calendar import SessionCalendar
    from core.positions.book import Holding
    from core.positions.contract import Contract
    from core.positions.leg import Leg

    Floats = NDArray[np.float64]

OPTION, FUTURE, SHARE = 0, 1, 2
ON_SPX, ON_VIX, ON_FUND = 0, 1, 2
_KINDS = {Kind.OPTION: OPTION, Kind.FUTURE: FUTURE, Kind.SHARE: SHARE}


@dataclass(frozen=True, eq=False)
class LegTerms:
    """All open legs of some holdings, in their order, one element a leg: what the contracts say, no market.

    `owner` is the index of the holding, `layer` its number (0: a condor's own leg), `condor` the id of the
    condor that it is or belongs to (0: the whole book). `quantity` is signed, `multiplier` dollars a point.
    `kind` is OPTION, FUTURE or SHARE, `on` ON_SPX, ON_VIX or ON_FUND. `sign` is 1 for calls and -1 for puts; a
    future and a share are calls struck at zero. `strike` is in points of the leg's own underlying,
    `spx_weight` what that is worth of SPX (XSP 0.1; 0 off SPX). `expiry_s` are the UTC seconds at which the
    settlement value is struck, to the minute, morning or afternoon; infinite for shares. `settles` numbers the
    distinct `expiries`: (on, date, fund), the last "" but for funds. `problem` says why a leg can never be valued.
    """

    holdings: tuple[Holding, ...]
    legs: tuple[Leg, ...]
    owner: NDArray[np.intp]
    layer: NDArray[np.int64]
    condor: NDArray[np.int64]
    quantity: Floats
    multiplier: Floats
    kind: NDArray[np.int8]
    on: NDArray[np.int8]
    sign: Floats
    strike: Floats
    spx_weight: Floats
    expiry_s: Floats
    settles: NDArray[np.intp]
    expiries: tuple[tuple[int, date | None, str], ...]
    problem: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.legs)

    @cached_property
    def dollars(self) -> Floats:
        """Signed dollars a point of each leg: quantity x multiplier."""
        return self.quantity * self.multiplier

    @cached_property
    def settles_s(self) -> tuple[float, ...]:
        """The UTC seconds of each of `expiries`, of an option that is too far ahead NaN."""
        moments = dict(zip(self.settles.tolist(), self.expiry_s.tolist(), strict=True))
        return tuple(moments[number] for number in range(len(self.expiries)))

    @cached_property
    def own_weight(self) -> Floats:
        """What a point of SPX is in points of an SPX leg, 1 for the others."""
        return np.where(self.on == ON_SPX, self.spx_weight, 1.0)


def leg_terms(holdings: Sequence[Holding], calendar: SessionCalendar) -> LegTerms:
    """Return the open legs of condors and layers as arrays; a holding without open legs has none in it."""
    legs = tuple(leg for holding in holdings for leg in holding.legs)
    counts = [len(holding.legs) for holding in holdings]
    contracts = [leg.contract for leg in legs]
    moments = {contract: _moment(contract, calendar) for contract in dict.fromkeys(contracts)}
    pairs = [(_on(contract), contract.expiry, _fund(contract)) for contract in contracts]
    numbered = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    return LegTerms(
        holdings=tuple(holdings),
        legs=legs,
        owner=np.repeat(np.arange(len(counts)), counts),
        layer=np.repeat(np.array([_layer_of(one) for one in holdings], np.int64), counts),
        condor=np.repeat(np.array([_condor_of(one) for one in holdings], np.int64), counts),
        quantity=np.array([leg.quantity for leg in legs], np.float64),
        multiplier=np.array([one.multiplier for one in contracts], np.float64),
        kind=np.array([_KINDS[one.kind] for one in contracts], np.int8),
        on=np.array([on for on, *_ in pairs], np.int8),
        sign=np.array([-1.0 if one.right == "P" else 1.0 for one in contracts], np.float64),
        strike=np.array([float(one.strike or 0) for one in contracts], np.float64),
        spx_weight=np.array([_spx_weight(one) for one in contracts], np.float64),
        expiry_s=np.array([moments[one][0] for one in contracts], np.float64),
        settles=np.array([numbered[pair] for pair in pairs], np.intp),
        expiries=tuple(numbered),
        problem=tuple(moments[one][1] for one in contracts),
    )


def outliving(terms: LegTerms) -> NDArray[np.intp]:
    """Return the rows of legs that may be alive when the condors expire: all but the condors' own."""
    return np.flatnonzero(terms.layer > 0)


def _layer_of(holding: Holding) -> int:
    return holding.number if isinstance(holding, Layer) else 0


def _condor_of(holding: Holding) -> int:
    if isinstance(holding, Condor):
        return holding.id
    return (holding.condor_id or 0) if isinstance(holding, Layer) else 0


def _on(contract: Contract) -> int:
    if contract.root in SPX_ROOTS:
        return ON_SPX
    return ON_VIX if contract.terms.underlying == "VIX" else ON_FUND


def _fund(contract: Contract) -> str:
    return contract.root if _on(contract) == ON_FUND else ""


def _spx_weight(contract: Contract) -> float:
    if contract.root not in SPX_ROOTS:
        return 0.0
    return 1.0 / XSP_PER_SPX if contract.root == "XSP" else 1.0


def _moment(contract: Contract, calendar: SessionCalendar) -> tuple[float, str]:
    """Return the seconds at which a contract settles, and why it can never be valued ("" where it can)."""
    if _on(contract) == ON_FUND and contract.kind is Kind.OPTION:
        return math.nan, f"{contract.text}: no model of an option on a fund"
    try:
        moment = expiry_moment(contract, calendar)
    except OutsideCalendarError as outside:
        return math.nan, f"{contract.text}: {outside}"
    return (math.inf if moment is None else moment.timestamp()), ""
