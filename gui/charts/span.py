"""Which sessions are in view? One stretch of session indices, shared by every pane."""

from __future__ import annotations

import math
from dataclasses import dataclass

RANGES = (("3M", 63), ("1Y", 252), ("5Y", 1260), ("All", 0))
"""The ranges offered: name and number of sessions, 0 for all there are."""

FEWEST_SESSIONS = 8
ROOM_AT_RIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Span:
    """Session indices from x0 to x1 over a width in pixels; session i reaches from i - 0.5 to i + 0.5."""

    x0: float
    x1: float
    width_px: float

    @property
    def sessions_per_pixel(self) -> float:
        """How many sessions share one pixel."""
        return (self.x1 - self.x0) / max(self.width_px, 1.0)

    @property
    def first(self) -> int:
        """The first session that reaches into view."""
        return math.floor(self.x0 + 0.5)

    @property
    def last(self) -> int:
        """The last session that reaches into view."""
        return math.ceil(self.x1 - 0.5)

    def pixel(self, x: float) -> float:
        """Return the pixel of a session index, counted from the left edge."""
        return (x - self.x0) / self.sessions_per_pixel

    def session_at(self, pixel: float) -> int:
        """Return the session drawn at a pixel."""
        return math.floor(self.x0 + pixel * self.sessions_per_pixel + 0.5)


def limits(length: int) -> tuple[float, float]:
    """Return how far x may reach for a number of sessions: all of them and a little room at the right."""
    reach = max(length, FEWEST_SESSIONS)
    return -0.5, reach - 0.5 + max(reach * ROOM_AT_RIGHT, 1.0)


def last_sessions(count: int, length: int) -> tuple[float, float]:
    """Return the stretch of x that shows the last `count` sessions, all of them where count is 0."""
    first, end = limits(length)
    if not count or count >= length:
        return first, end
    room = max(count * ROOM_AT_RIGHT, 1.0)
    return length - count - 0.5, length - 0.5 + room


def clamped(x0: float, x1: float, ends: tuple[float, float]) -> tuple[float, float]:
    """Return the stretch moved, and if need be cut, so that it lies inside the ends."""
    width = min(max(x1 - x0, FEWEST_SESSIONS), ends[1] - ends[0])
    start = min(max(x0, ends[0]), ends[1] - width)
    return start, start + width


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """The values from the bottom to the top of a pane, over a height in pixels counted from the top."""

    low: float
    high: float
    height_px: float

    def pixel(self, value: float) -> float:
        """Return the pixel of a value, counted from the top edge."""
        return self.height_px * (self.high - value) / (self.high - self.low)


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """Return the range with a margin at both ends; a point becomes a range around it, NaN becomes 0..1."""
    if not low <= high:
        return 0.0, 1.0
    margin = (high - low) * share or max(abs(high) * 0.01, 0.01)
    return low - margin, high + margin
