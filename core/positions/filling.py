"""What does a holding become with more fills? Refused where they do not fit what is held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from core.positions.book import Holding
from core.positions.checks import check_closes, check_follows, check_opens
from core.positions.leg import CLOSE, OPEN, SETTLE, DatedFill, Fill

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

H = TypeVar("H", bound=Holding)
CHECKS = {OPEN: check_opens, CLOSE: check_closes, SETTLE: check_closes}
"""What must hold for each act of a fill."""


def filled(holding: H, at: datetime, act: str, fills: Sequence[Fill]) -> H:
    """Return the holding after the fills (its cash not yet moved); raises ActRefusedError, field first."""
    check_follows(holding, at)
    CHECKS[act](holding, fills)
    dated = tuple(DatedFill(fill, at, 0, act) for fill in fills)
    return replace(holding, fills=holding.fills + dated)
