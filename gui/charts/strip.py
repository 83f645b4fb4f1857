"""How does a row of states become a picture? One state a pixel column, in the pattern of that state."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage

from core.playbook.verdict import TRIGGERS, Trigger

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gui.charts.levels import Levels
    from gui.charts.span import Span
    from gui.theme import Theme

    Grid = NDArray[np.uint32]

BY_PRESSURE = (Trigger.OFF, Trigger.UNKNOWN, Trigger.ARMED, Trigger.BLOCKED, Trigger.CONFIRMED)
"""Where several sessions share a pixel, the last of these that occurs is drawn."""

HATCH_PX, DOT_PX = 7, 4
_PRESSURE_OF = np.array([BY_PRESSURE.index(trigger) for trigger in TRIGGERS], dtype=np.float64)


def pressures(states: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return how pressing each state is: its place in BY_PRESSURE, from its place in TRIGGERS."""
    return _PRESSURE_OF[states]


def columns(levels: Levels, span: Span, width: int) -> NDArray[np.int64]:
    """Return the pressure drawn in each of `width` pixel columns over the span; OFF where no session is.

    A state that lasted one session is seen at every zoom, whatever shares its pixel, unless that presses more.
    """
    per_pixel = (span.x1 - span.x0) / width
    edges, highest = levels.highest(span.first, span.last, per_pixel)
    shown = np.zeros(width, np.int64)
    if not len(highest):
        return shown
    if per_pixel < 1:
        session = np.floor(span.x0 + (np.arange(width) + 0.5) * per_pixel + 0.5).astype(np.int64) - int(edges[0])
        inside = (session >= 0) & (session < len(highest))
        shown[inside] = highest[session[inside]]
        return shown
    for ends in (edges[:-1], edges[1:] - 1):
        pixel = np.floor((ends - span.x0) / per_pixel).astype(np.int64)
        inside = (pixel >= 0) & (pixel < width)
        np.maximum.at(shown, pixel[inside], highest[inside].astype(np.int64))
    return shown


def runs(shown: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the runs of equal columns begin, and where they end (one past)."""
    begins = np.flatnonzero(np.diff(shown, prepend=-1))
    return begins, np.append(begins[1:], len(shown))


@lru_cache(maxsize=4)
def patterns(theme: Theme, width: int, height: int) -> tuple[Grid, Grid]:
    """Return the full picture of each state, shape (states, width, height), and its one colour, as 0xffRRGGBB."""
    x, y = np.mgrid[0:width, 0:height]
    rising, falling = (x + y) % HATCH_PX == 0, (x - y) % HATCH_PX == 0
    dots = (x % DOT_PX == 0) & (y % DOT_PX == 0)
    nothing, full = np.zeros_like(dots), np.ones_like(dots)
    drawn = np.stack((nothing, dots, rising, rising | falling, full))
    roles = [f"trigger_{trigger.value}" for trigger in BY_PRESSURE]
    ground = np.uint32(QColor(theme.panel).rgb())
    colours = np.array([QColor(getattr(theme, role)).rgb() for role in roles], np.uint32)
    return np.where(drawn, colours[:, None, None], ground), colours


def picture(shown: NDArray[np.int64], pictures: Grid, colours: Grid) -> QImage:
    """Return the row as an image: each run in its pattern, with an outline in its colour."""
    width, height = pictures.shape[1:]
    pixels = pictures[shown, np.arange(width)]
    begins, ends = runs(shown)
    for edge in (begins, ends - 1):
        pixels[edge] = colours[shown[edge], None]
    pixels[:, 0] = pixels[:, -1] = colours[shown]
    return QImage(pixels.T.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()
