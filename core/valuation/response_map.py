"""Which VIX response is assumed for a move of SPX: low, base and high, and where are they from?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.measures.spot_vol import BASE, HIGH, LOW, Response

if TYPE_CHECKING:
    from datetime import date

NAMES = ("low", "base", "high")
MAP_NOTE = (
    "VIX = VIX0 (SPX/SPX0)^-b within 9 to 90, assumed: b 4.5 down, 3.4 up (low 2.5 and 2.0, high 7.0 and 4.5); "
    "a VX future moves 1/sqrt(1 + days left/10) of VIX"
)


@dataclass(frozen=True, slots=True)
class ResponseMap:
    """The three responses in use and what they rest on.

    `fitted_on` is the day of the fit, `first` to `last` its window of `sessions` daily changes; None and 0 for the
    assumption of playbook 4.3.
    """

    low: Response
    base: Response
    high: Response
    note: str
    fitted_on: date | None = None
    first: date | None = None
    last: date | None = None
    sessions: int = 0

    @property
    def is_fitted(self) -> bool:
        """Whether the slopes come from the user's own history."""
        return self.fitted_on is not None

    @property
    def responses(self) -> tuple[Response, Response, Response]:
        """The responses in the order of NAMES."""
        return self.low, self.base, self.high


ASSUMED = ResponseMap(LOW, BASE, HIGH, MAP_NOTE)


def stacked(responses: tuple[Response, ...], axes: int = 1) -> Response:
    """Return one response whose slopes run along the first axis, with so many axes of length one behind it."""
    shape = (len(responses), *(1,) * axes)
    return Response(
        np.array([one.b_down for one in responses], np.float64).reshape(shape),
        np.array([one.b_up for one in responses], np.float64).reshape(shape),
    )
