"""What is the risk of the book, seen from a moment and a what-if? The records of the risk screen and `risk`.

Dollars are profit and loss against what was paid and received so far, after fees; positive is a gain. Arrays
are float64 and NaN where unknown. Responses always come in the order of RESPONSES: low, base, high.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import numpy as np
    from numpy.typing import NDArray

    from core.market.figure import Figure
    from core.positions.leg import Fill
    from core.valuation.break_evens import BreakEvens, HedgeLegBreakEven
    from core.valuation.response_map import ResponseMap
    from core.valuation.zones import Zone

    Floats = NDArray[np.float64]

LOW, BASE, HIGH = "low", "base", "high"
RESPONSES = (LOW, BASE, HIGH)
CURVES, MIGRATION, HEAT, GAUGES, HEDGES = "curves", "migration", "heat", "gauges", "hedges"
PARTS = frozenset({CURVES, MIGRATION, HEAT, GAUGES, HEDGES})
"""What can be asked for by itself, so that a slider need not wait for the heat map."""


@dataclass(frozen=True, slots=True)
class ProposedFill:
    """A fill that is only proposed, and whose it would be.

    With `layer` (1 to 4) it belongs to that layer, of the whole book or of condor `condor_id`; without one to
    the condor `condor_id` itself. Its price is in points and must be given.
    """

    fill: Fill
    layer: int | None = None
    condor_id: int | None = None


@dataclass(frozen=True, slots=True)
class RiskAsked:
    """What is looked at, and the what-if: each None means as it is now.

    `spx` in points. `vix` in points; None is what the response map gives at that SPX (at the quoted SPX: VIX as
    quoted). `days` are calendar days forward (fractions too), `day` an exchange date and means its close; the
    day wins. `response` is one of RESPONSES. `layers` are the layer numbers that count, None all of them.
    `condor_id` narrows the book to one condor with its own layers. `ticket` counts as entered now. `ssr` (skew
    stickiness ratio, 0 sticky delta to 1 sticky strike and beyond) lets SPX volatilities follow SPX along their
    skew in place of VIX.
    """

    spx: float | None = None
    vix: float | None = None
    days: float | None = None
    day: date | None = None
    response: str = BASE
    layers: frozenset[int] | None = None
    condor_id: int | None = None
    ticket: tuple[ProposedFill, ...] = ()
    parts: frozenset[str] = PARTS
    ssr: float | None = None

    @property
    def is_what_if(self) -> bool:
        """Whether anything differs from the market and the book as they are."""
        moved = (self.spx, self.vix, self.days, self.day, self.layers, self.ssr)
        return any(value is not None for value in moved) or self.response != BASE or bool(self.ticket)

    @property
    def words(self) -> str:
        """What differs, in one line; "" where nothing does."""
        told = [
            f"SPX {self.spx:,.2f}" if self.spx is not None else "",
            f"VIX {self.vix:.2f}" if self.vix is not None else "",
            f"on {self.day}" if self.day else f"in {self.days:g} days" if self.days is not None else "",
            f"{self.response} VIX response" if self.response != BASE else "",
            f"layers {_numbers(self.layers)}" if self.layers is not None else "",
            f"{len(self.ticket)} proposed fill{'s' if len(self.ticket) > 1 else ''}" if self.ticket else "",
            f"SSR {self.ssr:g}" if self.ssr is not None else "",
        ]
        return ", ".join(part for part in told if part)


def _numbers(layers: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(layers))) or "none"


@dataclass(frozen=True, slots=True)
class SideExtreme:
    """The worst and the best P/L below the condors' body ("put") or above it ("call"), and at which SPX."""

    side: str
    worst: Figure
    worst_at: float
    best: Figure
    best_at: float


@dataclass(frozen=True, slots=True)
class ResponseZones:
    """What one response of VIX makes of a hedged curve: its break-evens, ascending, zones and sides."""

    response: str
    points: tuple[float, ...]
    zones: tuple[Zone, ...]
    sides: tuple[SideExtreme, ...]


@dataclass(frozen=True, eq=False)
class RiskCurve:
    """P/L against SPX at one moment.

    `key` is "now", "day" (one day on), "chosen" (the what-if's moment), "layer:2027-01-20" (an expiry of hedge
    legs before the condors') or "expiry" (the last condor's). `bare` is the condors alone, `hedged` with the
    layers that count: dollars of shape (3, n), a row a response, on the state's `grid`. `break_evens` hold
    every root of the asked response with its zones, the roots of low and high, and the notes; `responses` the
    zones and sides of all three, hedged, with extremes on the levels of the grid, () where unknown.
    `path_dependent` names the legs that settle before the moment, () if none: then the curve assumes a way
    there. All NaN with `unknown` set where it cannot be known.
    """

    key: str
    label: str
    moment: datetime
    bare: Floats
    hedged: Floats
    bare_break_evens: BreakEvens
    break_evens: BreakEvens
    sides: tuple[SideExtreme, ...] = ()
    path_dependent: tuple[str, ...] = ()
    unknown: str = ""
    responses: tuple[ResponseZones, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakEvenComparison:
    """One bare break-even at the condors' expiry beside what the hedge makes of it (playbook 4.4, 004-13).

    `first_order` is BE' = BE -+ H(BE)/slope, with `gain` = H(BE) the hedge's dollars there and `terms` its
    delta, gamma, vega (of the option's own volatility), theta and the rest. `full` are all hedged roots on that
    side under the asked response, `low` and `high` under the other two, ascending.
    """

    side: str
    bare: float
    gain: Figure
    terms: Mapping[str, Figure]
    first_order: Figure
    full: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """The book at the condors' expiry with the layers so far: none, then one layer more in each row.

    `name` is "bare", "+L1", "+L1+L2".. `gained_put` and `gained_call` are the points by which the break-even
    nearest to the condors' body moved away from it (negative: towards it) against the bare condor; `paid` the
    dollars that the layers cost (positive) and `paid_per_point` of the put side. `least` is the least P/L on the
    levels looked at, `least_at` its SPX, `least_side` "put" or "call". `words` say what changed, the worse too.
    """

    name: str
    layers: tuple[int, ...]
    break_evens: BreakEvens
    gained_put: Figure
    gained_call: Figure
    paid: Figure
    paid_per_point: Figure
    least: Figure
    least_at: float
    least_side: str
    words: str


@dataclass(frozen=True, slots=True)
class EdrBand:
    """SPX less and plus so many EDRs, for `sessions` sessions: EDR x multiple x sqrt(sessions), points."""

    multiple: float
    sessions: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class HeatMap:
    """P/L in dollars over SPX and VIX at one moment, without any assumption about how they move together.

    `dollars` has shape (len(vix), len(spx)), hedged; its zero contour are the break-evens. `cloud_spx` and
    `cloud_vix` (k,) are where the last histories of as many `sessions` would have gone from here, of `cloud_from`
    to `cloud_to`; empty with `cloud_unknown` set. `line_vix` (3, len(spx)) is VIX by the response map.
    """

    key: str
    label: str
    moment: datetime
    spx: Floats
    vix: Floats
    dollars: Floats
    line_vix: Floats
    sessions: int
    cloud_spx: Floats
    cloud_vix: Floats
    cloud_from: date | None
    cloud_to: date | None
    path_dependent: tuple[str, ...] = ()
    cloud_unknown: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure of neutrality against its bounds.

    `key` is "delta" (dollars for SPX -1 %, VIX as it is), "delta_condor" (SPX delta for each condor, VIX legs by
    the map), "vega" (dollars for VIX +1 point), "offset" (percent of the condors' short vega that the layers
    offset) or "theta" (dollars a day). `low` and `high` are the bounds in the unit of the value, None where there
    is none; `bound` names the playbook's parameter, or says why there is none. `before` is without the proposed
    ticket, None without one. `is_within` is None where value or bounds are unknown.
    """

    key: str
    name: str
    value: Figure
    low: Figure | None
    high: Figure | None
    is_within: bool | None
    bound: str
    before: Figure | None = None
    was_within: bool | None = None


@dataclass(frozen=True, slots=True)
class GreekRow:
    """Net greeks of a part of the book in common units.

    `group` is "book", "condors", "layer" or "expiry", `name` what it is called. `delta` in dollars for SPX +1 %
    (VIX as it is), `gamma` the change of that for 1 % more, `vega` in dollars for VIX +1 point (a VIX leg: delta x
    multiplier x beta of its future; an SPX leg: its vega x 0.8 sqrt(30/days)), `theta` in dollars a calendar day,
    `value` the dollars that it could be closed for by the model, `time_value` what of it is above intrinsic: what
    a short position has yet to earn (negative) and a long one yet to lose.
    """

    group: str
    name: str
    value: Figure
    delta: Figure
    gamma: Figure
    vega: Figure
    theta: Figure
    time_value: Figure | None = None


@dataclass(frozen=True, slots=True)
class Repricing:
    """Dollars gained from the point looked at if VIX went to a level at once, SPX by the map's inverse (001-9).

    `by_layer` has each layer number that holds something.
    """

    vix: float
    spx: Figure
    condors: Figure
    by_layer: Mapping[int, Figure]
    total: Figure


@dataclass(frozen=True, slots=True)
class HedgeAlignment:
    """Where one open holding of a layer pays for itself, and how that lies in the nearest condor's put wing.

    `rho` = (SPX break-even - long put)/(short put - long put), aligned within 0..1; `strike` is the VIX strike
    that would break even at rho 0.5 for the same premium (points of VIX).
    """

    layer: int
    condor_id: int | None
    text: str
    break_even: HedgeLegBreakEven
    rho: Figure
    is_aligned: bool | None
    strike: Figure


@dataclass(frozen=True, slots=True)
class LegSource:
    """One open leg: what it is worth now, and where its volatility and its forward come from."""

    owner: str
    text: str
    mark: Figure
    volatility_pct: Figure
    volatility_source: str
    forward: Figure
    forward_source: str
    delta: Figure


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The market that is looked at: as quoted, or as asked for. `bare` and `hedged` are the dollars there."""

    spx: Figure
    vix: Figure
    moment: datetime
    bare: Figure
    hedged: Figure


@dataclass(frozen=True, eq=False)
class RiskState:
    """The whole risk picture; what `asked.parts` left out is empty (`heat` None).

    `grid` (n,) are the levels of SPX of every curve, ascending. `before` is the same book without the proposed
    ticket (its curves, greeks and legs, where those are asked for), None without one. `unknown` are the reasons
    why anything is missing, each once; `notes` name every approximation.
    """

    as_of: datetime
    is_simulated: bool
    playbook_name: str
    playbook_hash: str
    asked: RiskAsked
    spx: Figure
    vix: Figure
    point: RiskPoint
    spot_vol: ResponseMap
    edr_bands: tuple[EdrBand, ...]
    grid: Floats
    curves: tuple[RiskCurve, ...] = ()
    comparisons: tuple[BreakEvenComparison, ...] = ()
    migration: tuple[MigrationRow, ...] = ()
    heat: HeatMap | None = None
    gauges: tuple[Gauge, ...] = ()
    greeks: tuple[GreekRow, ...] = ()
    repricing: tuple[Repricing, ...] = ()
    alignments: tuple[HedgeAlignment, ...] = ()
    legs: tuple[LegSource, ...] = ()
    before: RiskState | None = None
    notes: tuple[str, ...] = field(default=())
    unknown: tuple[str, ...] = field(default=())

    def curve(self, key: str) -> RiskCurve | None:
        """Return a curve by its key, None where it was not asked for."""
        return next((curve for curve in self.curves if curve.key == key), None)


@dataclass(frozen=True, eq=False)
class Scenario:
    """P/L in dollars over a grid of shocks at one moment: shape (len(vix), len(spx)).

    `spx_shocks_pct` in percent of SPX, `vix_shocks` in points of VIX, from the market as quoted; `spx` and `vix`
    are the levels. VIX is never taken below zero. All NaN with `unknown` set where it cannot be known.
    """

    as_of: datetime
    is_simulated: bool
    moment: datetime
    spx_shocks_pct: Floats
    vix_shocks: Floats
    spx: Floats
    vix: Floats
    bare: Floats
    hedged: Floats
    path_dependent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: str = ""
