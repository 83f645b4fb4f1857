"""What is the market at one moment? Readings by symbol, the row of measures in force, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from core.market.figure import Figure, Input
from core.market.series import BREADTH_PREFIX
from core.market.snapshot import reading
from core.measures.missing import why_missing
from core.monitor.live import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.measures.measured import Measured
    from core.monitor.live import Live
    from core.state import Facts

NO_DATA = "no market data: import SPX, VIX and VIX9D"


@dataclass(frozen=True)
class Market:
    """What the figures are read from: readings by symbol, the row of measures in force, and its moment."""

    facts: Facts
    live: Live | None
    readings: Mapping[str, Figure]

    @property
    def row(self) -> Measured:
        """The measures whose last element is in force."""
        return self.live.measured if self.live else self.facts.past.measured

    @property
    def index(self) -> int:
        """The index of the row in force, from the first session of `row`."""
        return self.row.history.length - 1

    @property
    def stale(self) -> dict[str, str]:
        """Why quoted symbols have no value in the live session, by symbol."""
        if self.live is None:
            return {}
        found = {
            name: self.readings[name].unknown for name in self.live.quotes if not self.readings[name].is_known
        }
        return found | ({"VIX9D": found["VIX"]} if self.live.vix9d_note and "VIX" in found else {})

    def missing(self, name: str) -> str:
        """Return why a measure of the row is unknown."""
        if not self.row.history.length:
            return NO_DATA
        return (
            why_missing(self.row, name, self.index, self.stale) or f"{name} cannot be computed from these values"
        )

    @property
    def row_time(self) -> datetime:
        """The moment of the row: now when live, else the close of its session."""
        if self.live is not None or not self.facts.past.history.length:
            return self.facts.now
        return self.close_time

    @property
    def close_time(self) -> datetime:
        """The moment at which the last session of the past closed."""
        return datetime.fromtimestamp(int(self.facts.past.history.closes[-1]), UTC)

    def derived(self, name: str, value: float, unit: str) -> Input:
        """Return a measure of the row as an input of another figure."""
        age = (self.facts.now - self.row_time).total_seconds()
        return Input(name, _shown(value), unit, self.row_time, "computed", age)

    def symbol_input(self, name: str, value: float, unit: str, symbol: str, note: str = "") -> Input:
        """Return a value that was made from a symbol, with the symbol's own time, source and age."""
        origins = self.readings[symbol].inputs
        if not origins:
            return replace(self.derived(name, value, unit), note=note)
        return Input(name, _shown(value), unit, origins[0].time, origins[0].source, origins[0].age_s, note)

    def breadth_input(self, rana: float) -> Input:
        """Return the count of advances and declines of the last close."""
        name, closed = BREADTH_PREFIX + self.row.universe, self.close_time
        age = (self.facts.now - closed).total_seconds()
        source = self.facts.past.history.sources.get(name, "")
        return Input(f"breadth {self.row.universe}", _shown(rana), "", closed, source, age, "the last close")


def read_market(facts: Facts, live: Live | None) -> Market:
    """Return the market at `facts.now`: each symbol's own reading, and the live session if there is one."""
    history = facts.past.history
    readings = {symbol: reading(symbol, facts.now, history, facts.quotes, facts.ages) for symbol in SYMBOLS}
    return Market(facts, live, readings)


def marked(figure: Figure, market: Market, *symbols: str) -> Figure:
    """Mark a figure provisional if it moves with a live quote, amber if one of its quotes is."""
    live = market.live is not None and bool({*market.live.quotes} & {*symbols})
    amber = any(market.readings[symbol].is_amber for symbol in symbols if symbol in market.readings)
    if (live, amber) == (figure.is_provisional, figure.is_amber):
        return figure
    return replace(figure, is_provisional=live, is_amber=amber)


def _shown(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
