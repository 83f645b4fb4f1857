"""Was the value that settles a contract imported? SET and VRO under their own names, the close from the index."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from core.positions.contract import XSP_PER_SPX, Settlement
from db.market_store import load_history
from db.sessions import load_calendar

if TYPE_CHECKING:
    import sqlite3

    from core.positions.contract import Contract

CENT = Decimal("0.01")


def imported_settlement(connection: sqlite3.Connection, contract: Contract) -> Decimal | None:
    """Return the settlement value of a contract in points of its own underlying, None where it is not imported.

    SET and VRO are never taken from a close or an open: only what was imported under their own names counts.
    """
    history = load_history(connection, load_calendar(connection))
    settlement = contract.terms.settlement
    symbol = contract.terms.underlying if settlement is Settlement.CLOSE else settlement.value
    at = np.flatnonzero(history.days == np.datetime64(contract.expiry))
    if contract.expiry is None or not len(at) or not history.has(symbol):
        return None
    value = float(history.column(symbol)[at[0]])
    if not np.isfinite(value):
        return None
    exact = Decimal(repr(value)).quantize(CENT)
    return exact / XSP_PER_SPX if contract.root == "XSP" else exact
