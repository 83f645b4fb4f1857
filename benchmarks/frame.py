"""How long does a frame take? One session more in all four charts, beside QPainter, pyqtgraph and finplot.

The floor is a bare widget that paints the same five antialiased lines, reduced in numpy to two points a pixel,
and nothing else: no axis, text or state. The peer is pyqtgraph as it comes: four plots with linked x axes. All in
one process, in one run, window 1600 x 900. Times are from the new value to the painted frame, in ms; ratios are
of the medians.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIZES = (1_000, 9_000, 100_000, 1_000_000)
WIDTH, HEIGHT = 1600, 900
PANES, LINES = 4, 5
RUN_OF_A_STATE = 20  # sessions, as in thirty years of real triggers
WARM_UP = 3
FRAMES, FRAMES_OF_SLOW_PEER = 60, 6
FINPLOT_SIZES = (9_000,)


def series(count: int) -> Floats:
    """Return four series of `count` and some more values: seeded walks with spikes, shape (4, count + frames)."""
    rng = np.random.default_rng(7)
    walks = np.cumsum(rng.normal(0, 0.01, (PANES, count + FRAMES + WARM_UP)), axis=1)
    return np.exp(walks - walks.mean(axis=1, keepdims=True)) + (rng.random(walks.shape) < 0.002) * 0.5


class PaintCounter(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        """Watch the widget."""
        super().__init__(widget)
        self.painted = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count."""
        self.painted += event.type() == QEvent.Type.Paint
        return False


def frame_times(step: Callable[[], None], painted_on: QWidget, frames: int) -> list[float]:
    """Return the time in ms from each step to the end of the paint that it asked for."""
    counter, times = PaintCounter(painted_on), []
    for _ in range(frames + WARM_UP):
        before, start = counter.painted, perf_counter()
        step()
        while counter.painted == before:
            QApplication.processEvents()
        times.append((perf_counter() - start) * 1000)
        QApplication.processEvents()
    return times[WARM_UP:]


class Floor(QWidget):
    """A widget that paints five polylines in four panes and nothing else."""

    def __init__(self, values: Floats, count: int) -> None:
        """Take the series; the first `count` of them are shown."""
        super().__init__()
        self.values, self.count = values, count
        self.resize(WIDTH, HEIGHT)

    def step(self) -> None:
        """Show one more."""
        self.count += 1
        self.update()

    def paintEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("white"), 1))
        for number in range(LINES):
            painter.drawPath(self._path(self.values[number % PANES, : self.count], number % PANES))
        painter.end()

    def _path(self, values: Floats, row: int) -> Any:
        from pyqtgraph.functions import arrayToQPath

        if len(values) > 2 * WIDTH:
            starts = np.linspace(0, len(values), WIDTH, endpoint=False).astype(np.int64)
            least, greatest = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
            values = np.column_stack((least, greatest)).ravel()
        low, high = float(values.min()), float(values.max())
        y = HEIGHT / PANES * (row + (high - values) / (high - low))
        return arrayToQPath(np.linspace(0, WIDTH, len(values)), y)


def time_floor(values: Floats, count: int) -> list[float]:
    """Return the floor's frame times."""
    widget = Floor(values, count)
    widget.show()
    QApplication.processEvents()
    times = frame_times(widget.step, widget, FRAMES)
    widget.close()
    return times


def time_pyqtgraph(values: Floats, count: int) -> list[float]:
    """Return the frame times of four plots as pyqtgraph makes them."""
    import pyqtgraph as pg

    window = pg.GraphicsLayoutWidget()
    window.resize(WIDTH, HEIGHT)
    plots = [window.addPlot(row=row, col=0) for row in range(PANES)]
    for plot in plots[1:]:
        plot.setXLink(plots[0])
    x = np.arange(values.shape[1], dtype=np.float64)
    curves = [plot.plot(x[:count], values[row, :count]) for row, plot in enumerate(plots)]
    window.show()
    QApplication.processEvents()
    shown = [count]

    def step() -> None:
        shown[0] += 1
        for row, curve in enumerate(curves):
            curve.setData(x[: shown[0]], values[row, : shown[0]])

    frames = FRAMES if count < 100_000 else FRAMES_OF_SLOW_PEER
    times = frame_times(step, window.viewport(), frames)
    window.close()
    return times


def time_charts(values: Floats, count: int) -> list[float]:
    """Return the frame times of our charts with all sessions in view: five lines and four rows of states."""
    from core.playbook.verdict import TRIGGERS
    from gui.charts.stack import PaneStack
    from gui.theme import load_theme

    stack = PaneStack(load_theme("dark"))
    stack.view.resize(WIDTH, HEIGHT)
    curves = (stack.edr.edr, stack.vix.vix, stack.vix.mean, stack.breadth.ad, stack.breadth.spx)
    for number, curve in enumerate(curves):
        curve.fill(values[number % PANES, :count])
    rng = np.random.default_rng(11)
    states = rng.integers(0, len(TRIGGERS), (PANES, values.shape[1] // RUN_OF_A_STATE + 1))
    states = np.repeat(states, RUN_OF_A_STATE, axis=1)
    stack.layers.timeline.fill(states[:, :count].astype(np.int8))
    stack.dates.fill(np.datetime64("0001-01-01") + np.arange(values.shape[1]))
    stack.length = stack.closes = count
    stack.show_last(0)
    stack.view.show()
    QApplication.processEvents()

    def step() -> None:
        index = stack.length
        for number, curve in enumerate(curves):
            curve.put(index, values[number % PANES, index])
            curve.closes = index + 1
        for row in range(PANES):
            stack.layers.timeline.put(row, index, TRIGGERS[states[row, index]])
        stack.length = index + 1
        stack.show_last(0)

    times = frame_times(step, stack.view.viewport(), FRAMES)
    stack.view.close()
    return times


def line(name: str, times: list[float], floor: float) -> str:
    """Return one row of the table."""
    median, p95 = statistics.median(times), float(np.percentile(times, 95))
    return f"  {name:34s} median {median:8.2f} ms   p95 {p95:8.2f} ms   {median / floor:6.2f} x floor"


def run() -> list[str]:
    """Return the table as lines."""
    app = QApplication.instance() or QApplication([])
    lines = [f"Frame: one session more in four panes of {WIDTH} x {HEIGHT}, {app.platformName()}"]
    for count in SIZES:
        values = series(count)
        floor, ours, peer = time_floor(values, count), time_charts(values, count), time_pyqtgraph(values, count)
        base = statistics.median(floor)
        lines.append(f"{count:,} sessions")
        lines.append(line("bare QPainter, 5 lines", floor, base))
        lines.append(line("our charts, 5 lines + 4 state rows", ours, base))
        lines.append(line("bare pyqtgraph, 4 plots", peer, base))
        lines.append(f"  pyqtgraph / ours {statistics.median(peer) / statistics.median(ours):.1f}")
        if count in FINPLOT_SIZES:
            lines.append(finplot_line(count, statistics.median(ours)))
    return lines


def finplot_line(count: int, ours: float) -> str:
    """Return finplot's frame of four panes beside ours, or why it was left out."""
    from benchmarks.peers import finplot_times

    times = finplot_times((count,), FRAMES_OF_SLOW_PEER * 5)
    if isinstance(times, str):
        return f"  finplot left out: {times}"
    median = statistics.median(times[count])
    return f"  finplot, 4 plots {'':18s}median {median:8.2f} ms   finplot / ours {median / ours:.1f} (goal: 8)"


if __name__ == "__main__":
    print("\n".join(run()))
