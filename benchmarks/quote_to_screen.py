"""How long from a quote to the painted frame? The whole window, four charts, ten condors with four layers each.

Thirty years of simulated daily data. A quote is posted as the feed would post it, at any moment of a frame; the
time ends when everything that it changed is painted. Beside it: how much of that is the evaluation alone.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from PySide6.QtWidgets import QApplication

from benchmarks.frame import PaintCounter
from core.market.quote import Quote
from core.monitor.evaluate import evaluate
from gui.app import Application, Options

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.context import Context

QUOTES, WARM_UP = 200, 20
WIDTH, HEIGHT = 1600, 900
FRAME_S = 0.016


class StandingClock:
    """A clock that stands inside a session, so that quotes are live; each quote is a second later."""

    def __init__(self, now: datetime) -> None:
        """Stand at a moment."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def step(self) -> datetime:
        """Move on by a second."""
        self.now = datetime.fromtimestamp(self.now.timestamp() + 1, UTC)
        return self.now


def opened(journal: Path, clock: StandingClock, folder: Path) -> Application:
    """Return the window with the journal in it, everything painted."""
    seen: list[str] = []
    application = Application(Options(journal, None, folder, clock, watch=seen.append))
    application.window.resize(WIDTH, HEIGHT)
    application.window.show()
    while "filled" not in seen:
        QApplication.processEvents()
    return application


def quote_times(context: Context, clock: StandingClock) -> list[float]:
    """Return the times in ms from each posted quote to the end of the paints that it asked for."""
    state = context.the_store.state
    if state is None or state.spx.value is None or context.panes is None:
        raise RuntimeError("the journal has no SPX")
    level, random_ = state.spx.value, random.Random(7)
    painted: tuple[QWidget, ...] = (context.panes.strip.cell("spx"), context.panes.charts.stack.view.viewport())
    counters = [PaintCounter(widget) for widget in painted]
    times = []
    for _ in range(QUOTES + WARM_UP):
        level *= 1 + random_.gauss(0, 0.0005)
        _idle(random_.random() * FRAME_S)
        before = [counter.painted for counter in counters]
        start = perf_counter()
        context.the_store.post([Quote("SPX", round(level, 2), clock.step(), "feed")])
        while any(counter.painted == count for counter, count in zip(counters, before, strict=True)):
            QApplication.processEvents()
        times.append((perf_counter() - start) * 1000)
    return times[WARM_UP:]


def _idle(seconds: float) -> None:
    """Let the window do what is left to do, for so long: quotes do not wait for the frame before them."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        QApplication.processEvents()


def evaluation_times(context: Context) -> list[float]:
    """Return the times in ms of the evaluation alone."""
    facts = context.the_store.facts
    if facts is None:
        raise RuntimeError("no journal is open")
    times = []
    for _ in range(50):
        start = perf_counter()
        evaluate(facts)
        times.append((perf_counter() - start) * 1000)
    return times


def run() -> list[str]:
    """Return the table as lines."""
    from benchmarks.thirty_years import make_journal, session_after

    app = QApplication.instance() or QApplication([])
    with TemporaryDirectory() as folder:
        journal, now = Path(folder, "journal.db"), datetime.now(UTC)
        make_journal(journal, now)
        clock = StandingClock(session_after(journal))
        application = opened(journal, clock, Path(folder))
        times, alone = quote_times(application.context, clock), evaluation_times(application.context)
        application.window.close()
        application.shut_down()
    return [
        f"Quote to painted frame: {QUOTES} quotes, window {WIDTH} x {HEIGHT}, {app.platformName()}",
        _line("quote to screen", times) + "   (goal: p50 at most 16.6, p99 at most 33)",
        _line("of which evaluation", alone),
    ]


def _line(name: str, times: list[float]) -> str:
    p50, p99 = np.percentile(times, (50, 99))
    return f"  {name:22s} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms"


if __name__ == "__main__":
    print("\n".join(run()))
