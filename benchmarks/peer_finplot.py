"""How long does finplot take to show one point more in four panes? Runs in the environment of the peers."""

import json
import sys
from time import perf_counter

import finplot as fplt
import numpy as np
import pandas as pd
from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QApplication

PANES, WARM_UP = 4, 3


class PaintCounter(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QObject) -> None:
        """Watch the widget."""
        super().__init__(widget)
        self.painted = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count."""
        self.painted += event.type() == QEvent.Type.Paint
        return False


def times_of(count: int, frames: int) -> list:
    """Return the times in ms from a new point to the painted frame."""
    rng = np.random.default_rng(7)
    values = np.exp(np.cumsum(rng.normal(0, 0.01, (PANES, count + frames + WARM_UP)), axis=1))
    index = pd.date_range("1990-01-01", periods=values.shape[1], freq="h")
    axes = fplt.create_plot("peer", rows=PANES, maximize=False, init_zoom_periods=count)
    plots = [fplt.plot(pd.Series(values[row, :count], index[:count]), ax=ax) for row, ax in enumerate(axes)]
    window = axes[0].vb.win
    window.resize(1600, 900)
    fplt.show(qt_exec=False)
    viewport = window.centralWidget.scene().views()[0].viewport()
    counter, times = PaintCounter(viewport), []
    QApplication.processEvents()
    for step in range(1, frames + WARM_UP + 1):
        before, start = counter.painted, perf_counter()
        for row, plot in enumerate(plots):
            plot.update_data(pd.Series(values[row, : count + step], index[: count + step]))
        viewport.update()
        while counter.painted == before:
            QApplication.processEvents()
        times.append((perf_counter() - start) * 1000)
        QApplication.processEvents()
    fplt.close()
    return times[WARM_UP:]


def main() -> None:
    """Answer on standard output: the times by the number of points."""
    given = json.load(sys.stdin)
    print(json.dumps({"times": {size: times_of(size, given["frames"]) for size in given["sizes"]}}))


main()
