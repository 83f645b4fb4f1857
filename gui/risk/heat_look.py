"""How does a dollar become a colour? Two hues that colour-blind eyes keep apart, the panel's own at zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from gui.formats import number_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gui.theme import Theme

STEPS = 128
THOUSAND, MILLION = 1_000.0, 1_000_000.0
FULL_AT_PERCENTILE = 92.0
WEAKEST = 0.10


def heat_colours(theme: Theme) -> NDArray[np.uint8]:
    """Return the colours from the greatest loss to the greatest gain, shape (2 STEPS, 4).

    They step at zero, so that a small gain is told from a small loss.
    """
    panel, loss, gain = (_rgb(getattr(theme, role)) for role in ("panel", "loss", "gain"))
    share = WEAKEST + (1 - WEAKEST) * np.linspace(0, 1, STEPS)[:, None]
    losses, gains = panel + (loss - panel) * share[::-1], panel + (gain - panel) * share
    opaque = np.full((2 * STEPS, 1), 255.0)
    return np.hstack((np.vstack((losses, gains)), opaque)).round().astype(np.uint8)


def reach_of(dollars: NDArray[np.float64]) -> float:
    """Return the dollars at which the colour is full: most of the picture lies below them."""
    known = np.abs(dollars[np.isfinite(dollars)])
    return float(np.percentile(known, FULL_AT_PERCENTILE)) or 1.0 if len(known) else 1.0


def short_dollars(value: float) -> str:
    """Return dollars as a few signs: +1.2k, -3.7k, +12k, -250, 0."""
    size = abs(value)
    if size >= MILLION:
        return f"{number_text(value / MILLION, 1, is_signed=True)}M"
    if size >= THOUSAND:
        return f"{number_text(value / THOUSAND, 1 if size < 10 * THOUSAND else 0, is_signed=True)}k"
    return number_text(value, 0, is_signed=True)


def _rgb(colour: str) -> NDArray[np.float64]:
    found = QColor(colour)
    return np.array([found.red(), found.green(), found.blue()], np.float64)
