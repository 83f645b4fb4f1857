"""How do rows of options become a chain? Every row is judged by itself; an option stands in it once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.market.option_chain import CHAIN_FIELDS, STRIKE_UNIT, OptionChain
from core.parsing.fates import Fate
from core.parsing.findings import Finding, Findings
from core.parsing.number_column import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

POINTS = Limits(0.0, 1e7)
VOLATILITY = Limits(0.0, 1e3)
DELTA = Limits(-1.0, 1.0)
GAMMA = Limits(-1e3, 1e3)
CONTRACTS = Limits(0.0, 1e12, is_count=True)
LIMITS = {
    "bid": POINTS,
    "ask": POINTS,
    "last": POINTS,
    "iv": VOLATILITY,
    "delta": DELTA,
    "gamma": GAMMA,
    "volume": CONTRACTS,
    "open_interest": CONTRACTS,
}
UNDERLYINGS = {"SPXW": "SPX", "VIXW": "VIX", "XSPW": "XSP", "NDXP": "NDX", "RUTW": "RUT"}
"""The roots of weekly series and the index that they are on; any other root is its own underlying."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option by its terms; the strike in 1e-8 points."""

    root: str
    expiry: date
    strike_e8: int
    right: str


@dataclass
class ChainRows:
    """The options of a file as they are read row by row."""

    options: list[Option] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    values: list[tuple[float, ...]] = field(default_factory=list)
    places: dict[Option, int] = field(default_factory=dict)

    def add(self, row: int, option: Option, values: tuple[float, ...]) -> Findings:
        """Add an option with its CHAIN_FIELDS; return what is wrong with its row, and with one it contradicts."""
        place = self.places.setdefault(option, len(self.options))
        if place == len(self.options):
            self.options.append(option)
            self.rows.append(row)
            self.values.append(values)
            return {}
        name = f"{option.root} {option.expiry} {option.right} {option.strike_e8 / STRIKE_UNIT:g}"
        if np.array_equal(self.values[place], values, equal_nan=True):
            return {row: Finding(Fate.REPEATED, f"{name} stands there twice with the same values")}
        contradiction = Finding(Fate.REFUSED, f"{name} stands there twice with different values")
        return {self.rows[place]: contradiction, row: contradiction}

    def chain(self, source: str, time: datetime, found: Findings) -> OptionChain | None:
        """Return the options of the rows that are taken, by root, expiry, strike and right; None where none is."""
        out = {row for row, finding in found.items() if finding.fate not in {Fate.FLAGGED, Fate.REPEATED}}
        kept = [index for index, row in enumerate(self.rows) if row not in out]
        kept.sort(key=lambda index: _key(self.options[index]))
        if not kept:
            return None
        options = [self.options[index] for index in kept]
        values = np.array([self.values[index] for index in kept])
        return OptionChain(
            underlying=UNDERLYINGS.get(options[0].root, options[0].root),
            source=source,
            time=time,
            roots=np.array([option.root for option in options]),
            expiries=np.array([option.expiry for option in options], "datetime64[D]"),
            strikes_e8=np.array([option.strike_e8 for option in options], np.int64),
            rights=np.array([option.right for option in options]),
            columns={name: values[:, place] for place, name in enumerate(CHAIN_FIELDS)},
        )


def known_values(values: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Return the values of options with NaN for what a 0 leaves unknown.

    An ask or a last price of 0 is none. A volatility of 0 could not be computed, nor could a delta or gamma
    of 0 beside it.
    """
    found = dict(values)
    for name in ("ask", "last", "iv"):
        found[name] = np.where(found[name] == 0, np.nan, found[name])
    for name in ("delta", "gamma"):
        found[name] = np.where((found[name] == 0) & np.isnan(found["iv"]), np.nan, found[name])
    return found


def _key(option: Option) -> tuple[str, date, int, str]:
    return option.root, option.expiry, option.strike_e8, option.right
