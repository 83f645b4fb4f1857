"""What is every part of a risk picture computed on? The positions as arrays, the market, the point looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, known, unknown
from core.measures.spot_vol import Response, vix_at
from core.positions.book import Layer
from core.risk_state import RESPONSES
from core.valuation.leg_terms import ON_SPX, ON_VIX
from core.valuation.response_map import stacked
from core.valuation.revalue import Group, group_of, profits, unknown_of
from core.valuation.surface import STANDARD, Surface

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

    from core.monitor.risk_book import RiskBook
    from core.positions.book import Holding
    from core.risk_state import RiskAsked
    from core.valuation.forwards import MarketNow
    from core.valuation.leg_table import LegTable

    Floats = NDArray[np.float64]

CONDORS = 0
"""The condors among the groups; layer `numbers[k]` is group k + 1."""


@dataclass(frozen=True, eq=False)
class Ground:
    """The positions that count, the market now, and the what-if.

    `table` has every open leg of `book.holdings` in their order, in the market that the map runs from: as quoted,
    or moved to the VIX that is asked for. `quoted` is SPX as quoted, NaN where unknown; `spx`, `vix` and `moment`
    are the point that is looked at.
    """

    asked: RiskAsked
    book: RiskBook
    table: LegTable
    market: MarketNow
    quoted: float
    spx: float
    vix: float
    moment: datetime
    surface: Surface = STANDARD

    @property
    def now(self) -> datetime:
        """The moment that everything is looked at from."""
        return self.market.now

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The layer numbers that have a leg or cash, ascending."""
        return tuple(sorted({layer.number for layer in self.book.layers}))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The condors, then each layer number."""
        condors = self.group("condors", lambda one: not isinstance(one, Layer))
        return (condors, *(self.group(f"L{number}", _in_layers(frozenset({number}))) for number in self.numbers))

    @cached_property
    def whole(self) -> Group:
        """Everything that counts."""
        return self.group("all", lambda _one: True)

    def with_layers(self, numbers: frozenset[int]) -> Group:
        """Return the condors with some of the layers."""
        inside = _in_layers(numbers)
        return self.group("", lambda one: not isinstance(one, Layer) or inside(one))

    @cached_property
    def body(self) -> float:
        """Where the put side ends and the call side begins: the mean of the condors' strikes, else SPX."""
        terms = self.table.terms
        rows = self.groups[CONDORS].rows
        return float((terms.strike[rows] / terms.spx_weight[rows]).mean()) if len(rows) else self.spx

    def group(self, name: str, is_in: Callable[[Holding], bool]) -> Group:
        """Return the legs and the cash of some of the holdings."""
        return group_of(self.table.terms, name, [at for at, one in enumerate(self.book.holdings) if is_in(one)])

    def why(self, group: Group, when: datetime) -> str:
        """Return why the P/L of a group is unknown at a moment, "" where it is known."""
        return unknown_of(self.table, group, when) or self.why_nowhere

    @property
    def why_nowhere(self) -> str:
        """Why no level of SPX or VIX can be looked at, "" where one can."""
        levels = (("SPX", self.table.spx0), ("VIX", self.table.vix0))
        missing = [f"no {name} value" for name, level in levels if math.isnan(level)]
        return " and ".join(missing)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Every approximation that the picture rests on, each once."""
        market = self.market
        found = [market.responses.note, self.surface.note, f"rate {market.rate:.2%} a year: {market.rate_note}"]
        found += [market.curve_note, *self.table.warning]
        return tuple(dict.fromkeys(note for note in found if note))

    @property
    def row(self) -> int:
        """The row of the response that is asked for, among low, base and high."""
        return RESPONSES.index(self.asked.response)

    @property
    def response(self) -> Response:
        """The response that is asked for."""
        return self.market.responses.responses[self.row]

    @cached_property
    def band(self) -> Response:
        """The low, base and high response: slopes of shape (3, 1), a row of levels each."""
        return stacked(self.market.responses.responses)

    def line(self, spx: ArrayLike, response: Response) -> Floats:
        """Return VIX at levels of SPX by the response map."""
        return vix_at(spx, self.table.spx0, self.table.vix0, response)

    def profits(self, spx: ArrayLike, vix: ArrayLike, when: datetime, response: Response | None = None) -> Floats:
        """Return the dollars of each group at levels of SPX and VIX: (groups, *levels), NaN where unknown."""
        found = response or self.response
        return profits(self.table, self.groups, spx, vix, when, surface=self.surface, response=found)

    def settled_on_the_way(self, when: datetime) -> tuple[str, ...]:
        """Return the legs that settle before the moment: the P/L there assumes a way for SPX and VIX."""
        terms = self.table.terms
        settled = np.flatnonzero((terms.expiry_s < when.timestamp()) & self.table.is_valued).tolist()
        on_vix = [terms.legs[at].text for at in settled if terms.on[at] == ON_VIX]
        contracts = [terms.legs[at].contract for at in settled if terms.on[at] == ON_SPX]
        on_spx = [f"{one.root} legs of {one.expiry}" for one in contracts]
        return tuple(dict.fromkeys((*on_vix, *on_spx)))

    def dollars(self, value: float, reason: str, formula: str, note: str = "") -> Figure:
        """Return dollars as a figure with the market's inputs, unknown for the reason."""
        if not math.isfinite(value):
            why = reason or self.why_nowhere or "it cannot be computed from these values"
            return unknown(why, "$", formula, self.market.inputs)
        return known(value + 0.0, "$", formula, self.market.inputs, note)  # no minus nothing


def _in_layers(numbers: frozenset[int]) -> Callable[[Holding], bool]:
    return lambda one: isinstance(one, Layer) and one.number in numbers
