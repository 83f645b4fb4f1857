"""What does advice look at? The words of the rules at the closes, what is held, and what it is worth now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.playbook.kleene import OFF, ON, UNKNOWN
from core.playbook.verdict import TRIGGERS, Trigger
from core.valuation.greeks import LegGreeks, greeks
from core.valuation.leg_table import LegTable, leg_table
from core.valuation.leg_terms import leg_terms
from core.valuation.leg_volatility import leg_volatilities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from core.market.events import MarketEvent
    from core.playbook.parameters import Playbook
    from core.playbook.sizing import Sizing, Unsized
    from core.positions.book import Book, Condor, Holding, Layer
    from core.positions.leg import Leg
    from core.state import Past
    from core.valuation.forwards import MarketNow, MarketThen

    Words = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Ground:
    """The facts that the decision tables are asked with.

    `events` are as known now (what has not been announced has no `actual`). `rising` says of CPI and PPI whether
    their change over twelve months was higher than a month before, None where unknown. `carry_dollars` is what
    the condors gain by a day that passes, None where unknown.
    """

    now: datetime
    book: Book
    playbook: Playbook
    past: Past
    events: Sequence[MarketEvent]
    rising: Mapping[str, bool | None]
    market: MarketNow
    then: MarketThen
    sizing: Sizing | Unsized
    notional: float | None
    held_by_layer: Mapping[int, float]
    carry_dollars: float | None

    @property
    def last(self) -> int:
        """The index of the last session that has closed, -1 without one."""
        return self.past.history.length - 1

    def words(self, rule: str) -> Words:
        """Return what a rule said at each close."""
        found = self.past.triggers.rules.get(rule)
        return np.full(self.past.history.length, UNKNOWN, np.int8) if found is None else found

    def trigger(self, number: int) -> Trigger:
        """Return the market's word for a layer at the last close."""
        return self.past.triggers.trigger(number) if self.past.triggers.length else Trigger.UNKNOWN

    def closes_confirmed(self, number: int) -> int:
        """Return for how many closes without a break a layer has been confirmed."""
        states = self.past.triggers.state[number - 1] if self.past.triggers.length else np.zeros(0, np.int8)
        others = np.flatnonzero(states != TRIGGERS.index(Trigger.CONFIRMED))
        return len(states) - 1 - int(others[-1]) if len(others) else len(states)

    def day(self, index: int) -> date:
        """Return the date of a session of the past."""
        found: date = self.past.history.days[index].astype("datetime64[D]").item()
        return found

    def close_s(self, index: int) -> float:
        """Return the UTC seconds at which a session of the past closed."""
        return float(self.past.history.closes[index])

    @cached_property
    def table(self) -> LegTable:
        """Everything that is open, condors first, with what it is valued with now."""
        holdings: tuple[Holding, ...] = (*self.book.open_condors, *self.book.open_layers)
        terms = leg_terms(holdings, self.market.calendar)
        return leg_table(terms, leg_volatilities(terms, self.then, self.market.rate), self.market)

    @cached_property
    def greeks(self) -> LegGreeks:
        """The greeks of every open leg."""
        return greeks(self.table)

    def row(self, holding: Holding, leg: Leg) -> int:
        """Return the row of an open leg in the table."""
        terms = self.table.terms
        owner = next(at for at, one in enumerate(terms.holdings) if one is holding)
        rows = np.flatnonzero(terms.owner == owner).tolist()
        return next(row for row in rows if terms.legs[row].contract == leg.contract)

    @cached_property
    def _alive(self) -> frozenset[int]:
        """Which holdings of the table have a leg that has not expired."""
        terms = self.table.terms
        return frozenset(terms.owner[terms.expiry_s > self.now.timestamp()].tolist())

    @property
    def live_layers(self) -> tuple[Layer, ...]:
        """The open layers with a leg that has not expired, innermost first."""
        first = len(self.book.open_condors)
        return tuple(layer for at, layer in enumerate(self.book.open_layers, first) if at in self._alive)

    @property
    def live_condors(self) -> tuple[Condor, ...]:
        """The open condors with a leg that has not expired, by id."""
        return tuple(condor for at, condor in enumerate(self.book.open_condors) if at in self._alive)


def run_start(words: Words) -> int:
    """Return the index at which the run of ON that the last word belongs to began; -1 where it is not ON."""
    if not len(words) or words[-1] != ON:
        return -1
    others = np.flatnonzero(words != ON)
    return int(others[-1]) + 1 if len(others) else 0


def word_at_end(words: Words) -> int:
    """Return the last word, UNKNOWN where there is none."""
    return int(words[-1]) if len(words) else UNKNOWN


__all__ = ["OFF", "ON", "UNKNOWN", "Ground", "run_start", "word_at_end"]
