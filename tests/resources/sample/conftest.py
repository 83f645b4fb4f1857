"""The simulated market as the demo shows it, on a calendar of VX expiries made without the exchange's."""

import numpy as np
import pytest
from numpy.typing import NDArray

from resources.sample.market import SimulatedMarket, simulate
from resources.sample.parameters import SESSIONS


@pytest.fixture(scope="session")
def days_left() -> NDArray[np.int64]:
    """Return calendar days left of eight futures that expire every 28 days, for weekdays only."""
    session = np.arange(SESSIONS)
    day = 7 * (session // 5) + session % 5
    first = 28 - (day + 12) % 28
    return np.asarray(first[:, None] + 28 * np.arange(8))


@pytest.fixture(scope="session")
def market(days_left: NDArray[np.int64]) -> SimulatedMarket:
    return simulate(days_left)
