"""How does a chart stand in a document? As SVG: lines, steps and dots over days, legible in black and white."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

WIDTH, HEIGHT = 980, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 30, 26
"""Pixels around the plot: room for the scale, the legend and the dates."""
TICKS = 5
MOST_DATES, LABEL_APART = 8, 13
GROUND, GRID, INK = "#ffffff", "#d8d8d8", "#333333"


@dataclass(frozen=True)
class Line:
    """One series over days (datetime64[D]): `values` float64, NaN leaves a gap. `dash` as SVG writes it."""

    name: str
    days: NDArray[np.datetime64]
    values: NDArray[np.float64]
    colour: str
    dash: str = ""
    is_steps: bool = False
    has_dots: bool = False


@dataclass(frozen=True)
class Chart:
    """Series on one scale in `unit`; `levels` are named lines across."""

    title: str
    unit: str
    lines: Sequence[Line]
    levels: Sequence[tuple[str, float]] = field(default=())


@dataclass(frozen=True)
class _Scales:
    first: int
    last: int
    low: float
    high: float

    def x(self, day: int) -> float:
        return LEFT + (day - self.first) / max(self.last - self.first, 1) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def svg_of(chart: Chart) -> str:
    """Return the chart as SVG, "" where no series has a value."""
    scales = _scales(chart)
    if scales is None:
        return ""
    parts = [*_grid(chart, scales), *_levels(chart, scales)]
    for line in chart.lines:
        parts += _drawn(line, scales)
    parts += _legend(chart)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="11" role="img">'
    )
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
    return head + f"<title>{escape(chart.title)}</title>" + ground + "".join(parts) + "</svg>"


def _scales(chart: Chart) -> _Scales | None:
    days = [line.days[np.isfinite(line.values)].astype(np.int64) for line in chart.lines]
    values = [line.values[np.isfinite(line.values)] for line in chart.lines]
    if not any(len(found) for found in values):
        return None
    every, moments = np.concatenate(values), np.concatenate(days)
    low, high = float(every.min()), float(every.max())
    step = _step(max(high - low, abs(high) / 100, 0.01))
    low, high = np.floor(low / step) * step, np.ceil(high / step) * step
    return _Scales(int(moments.min()), int(moments.max()), float(low), float(max(high, low + step)))


def _step(span: float) -> float:
    """Return a round distance of ticks: 1, 2 or 5 times a power of ten."""
    raw = span / TICKS
    power = 10.0 ** np.floor(np.log10(raw))
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw))


def _grid(chart: Chart, scales: _Scales) -> Iterator[str]:
    step = _step(max(scales.high - scales.low, 0.01))
    decimals = 0 if step >= 1 else 2
    for number in range(round((scales.high - scales.low) / step) + 1):
        value = scales.low + number * step
        y = scales.y(value)
        if y < TOP - 1:
            continue
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>'
        label = f"{value:,.{decimals}f}"
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{label}</text>'
    yield f'<text x="{LEFT - 6}" y="{TOP - 14}" text-anchor="end" fill="{INK}">{escape(chart.unit)}</text>'
    for day in _dates(scales):
        x = scales.x((day - date(1970, 1, 1)).days)
        anchor = "end" if x > WIDTH - RIGHT - 30 else "middle"
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{GRID}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}" fill="{INK}">{day.isoformat()}</text>'


def _dates(scales: _Scales) -> list[date]:
    """Return the days that are named below: firsts of months, no more than fit; else the first and the last."""
    first, last = (date(1970, 1, 1) + timedelta(days=number) for number in (scales.first, scales.last))
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [day for day in months if first <= day <= last]
    if len(inside) < 2:
        return [first, last]
    every = -(-len(inside) // MOST_DATES)
    return inside[::every]


def _levels(chart: Chart, scales: _Scales) -> Iterator[str]:
    named = float("inf")
    for name, value in chart.levels:
        if scales.low <= value <= scales.high:
            y = scales.y(value)
            ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            yield f'<line {ends} stroke="{INK}" stroke-dasharray="2 4"/>'
            if abs(named - y) >= LABEL_APART:
                named = y
                yield f'<text x="{LEFT + 4}" y="{y - 3:.1f}" fill="{INK}">{escape(name)}</text>'


def _drawn(line: Line, scales: _Scales) -> Iterator[str]:
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    for run in _runs(line):
        points = [(scales.x(day), scales.y(value)) for day, value in run]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_stepped(points) if line.is_steps else points))
        yield f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="1.6"{dash}/>'
        if line.has_dots or len(run) == 1:
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>' for x, y in points)


def _runs(line: Line) -> Iterator[list[tuple[int, float]]]:
    """Yield the unbroken pieces of a line."""
    run: list[tuple[int, float]] = []
    for day, value in zip(line.days.astype(np.int64), line.values, strict=True):
        if np.isfinite(value):
            run.append((int(day), float(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found = points[:1]
    for (_, before), (x, y) in pairwise(points):
        found += [(x, before), (x, y)]
    return found


def _legend(chart: Chart) -> Iterator[str]:
    x = float(LEFT)
    for line in chart.lines:
        if not line.name or not np.isfinite(line.values).any():
            continue
        dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
        yield f'<line x1="{x}" x2="{x + 24}" y1="12" y2="12" stroke="{line.colour}" stroke-width="2"{dash}/>'
        yield f'<text x="{x + 29}" y="16" fill="{INK}">{escape(line.name)}</text>'
        x += 46 + 6.2 * len(line.name)
