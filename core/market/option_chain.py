"""What did a whole chain of options cost at one moment? One row an option, NaN where the source had no value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

CHAIN_FIELDS = ("bid", "ask", "last", "iv", "delta", "gamma", "volume", "open_interest")
STRIKE_UNIT = 100_000_000


@dataclass(frozen=True, eq=False)
class OptionChain:
    """The options of one underlying as they were quoted at a UTC moment, by root, expiry, strike and right.

    `roots` and `rights` ("C", "P") are texts, `expiries` datetime64[D], the exchange's dates, `strikes_e8` int64
    in 1e-8 points. `columns` are CHAIN_FIELDS: prices in points, `iv` as a fraction a year, volume and open
    interest in contracts. A bid of 0 is a bid of 0; an ask, a last price or a volatility of 0 is unknown.
    """

    underlying: str
    source: str
    time: datetime
    roots: NDArray[np.str_]
    expiries: NDArray[np.datetime64]
    strikes_e8: NDArray[np.int64]
    rights: NDArray[np.str_]
    columns: Mapping[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.rights)
