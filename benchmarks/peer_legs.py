"""Which legs is optionlab asked about? The condors of the engine's book, bare: it knows one underlying."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.valuation_book import NOW, RATE, SPX, book, market, table_of
from core.positions.book import Condor
from core.valuation.break_evens import break_evens_at_expiry
from core.valuation.greeks import greeks
from core.valuation.revalue import group_of

CONDORS = 10
REPEATS = 20


def bare_condors() -> tuple[dict[str, Any], list[tuple[float, ...]], float]:
    """Return the condors as optionlab takes them, our break-evens, and our seconds for greeks and those."""
    condors = [one for one in book(CONDORS) if isinstance(one, Condor)]
    table, _ = table_of([*condors])
    groups = [group_of(table.terms, "", [index]) for index in range(len(condors))]
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        greeks(table)
        found = break_evens_at_expiry(table, groups, market())
        times.append(perf_counter() - start)
    legs = {
        "spx": SPX,
        "rate": RATE,
        "condors": [_condor(one, table.sigma[table.terms.owner == index]) for index, one in enumerate(condors)],
    }
    return legs, [one.points for one in found], float(np.median(times))


def _condor(condor: Condor, sigma: np.ndarray) -> dict[str, Any]:
    """Return one condor: each leg at a point, for it takes none at nothing, and the credit on the short put."""
    prices = {("P", -1): 1.0 + float(condor.net_cash) / (100 * condor.quantity)}
    return {
        "days": (condor.expiry - NOW.date()).days if condor.expiry else 0,
        "volatility": float(sigma.mean()),
        "legs": [
            {
                "type": "put" if leg.contract.right == "P" else "call",
                "strike": float(leg.contract.strike or 0),
                "premium": prices.get((leg.contract.right, 1 if leg.quantity > 0 else -1), 1.0),
                "n": abs(leg.quantity) * 100,
                "action": "buy" if leg.quantity > 0 else "sell",
            }
            for leg in condor.legs
        ],
    }
