"""Is volatility dear? VIX against its neighbours in time, and against what SPX has done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def ratio(near: Floats, far: Floats) -> Floats:
    """Return near / far, as of VIX9D / VIX or VIX / VIX3M: above 1 the nearer term is the dearer (stress)."""
    return near / far


def vrp_points(implied_pct: Floats, realised_pct: Floats) -> Floats:
    """Return the volatility risk premium VIX - RV20 in volatility points: above 0 options are dear."""
    return implied_pct - realised_pct


def vrp_variance(implied_pct: Floats, realised_pct: Floats) -> Floats:
    """Return the variance risk premium VIX^2 - RV20^2, in squared percent a year (Carr and Wu, Bollerslev et al.).

    Realised variance is that of the last 20 sessions, so this is the premium of looking back, not a forecast.
    """
    return implied_pct**2 - realised_pct**2
