"""How long until the window is painted? Shell and charts of the real command, beside bare windows, each from zero.

Every number is the median of fresh processes, the kinds taking turns, from the start of the process (as its parent
sees it) to the end of the event loop's turn that painted. The journal holds thirty years of simulated daily data
and ten hedged condors. Memory is the resident set at that moment.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
ROUNDS = 7
HEAVY = ("numpy", "pandas", "scipy", "talib", "sqlite_utils", "pyqtgraph")
GOALS = (
    ("shell", "bare window", 1.2),
    ("charts filled", "bare pyqtgraph panes", 1.25),
)

PREPARE = """
import json, os, sys, time
BEGAN, HEAVY = float(sys.argv[1]), sys.argv[2].split(",")
def mark(name):
    took = 1000 * (time.monotonic() - BEGAN)
    pages = int(open("/proc/self/statm").read().split()[1]) if os.path.exists("/proc/self/statm") else 0
    loaded = [module for module in HEAVY if module in sys.modules]
    print(json.dumps({"what": name, "ms": took, "mb": pages * 4096 / 1e6, "loaded": loaded}), flush=True)
"""

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        after.start()
def painted():
    mark("bare window")
    app.quit()
app = QApplication([])
window = Window()
after = QTimer(window, singleShot=True)
after.timeout.connect(painted)
window.resize(1600, 900)
window.show()
app.exec()
"""

PANES = """
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
from PySide6.QtCore import QObject, QTimer
import numpy as np
import pyqtgraph as pg
app = pg.mkQApp()
values = np.cumsum(np.random.default_rng(7).normal(0, 1, (4, 7560)), axis=1)
window = pg.GraphicsLayoutWidget(size=(1600, 900))
plots = [window.addPlot(row, 0) for row in range(4)]
for plot, line in zip(plots, values):
    plot.plot(line)
    plot.setXLink(plots[0])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == event.Type.Paint:
            after.start()
        return False
def painted():
    mark("bare pyqtgraph panes")
    app.quit()
watch = Watch()
after = QTimer(window, singleShot=True)
after.timeout.connect(painted)
window.viewport().installEventFilter(watch)
window.show()
app.exec()
"""

OURS = """
import cli.window
cli.window.has_screen = lambda: True  # draw offscreen as if on a screen
import gui.app
run = gui.app.run
def watch(what):
    mark({"shell": "shell", "charts": "charts filled", "filled": "everything filled"}[what])
    if what == "filled":
        from PySide6.QtWidgets import QApplication
        QApplication.instance().quit()
gui.app.run = lambda options: run(options._replace(watch=watch))
from cli.main import main
raise SystemExit(main(["--journal", sys.argv[3]]))
"""


def marks_of(code: str, *words: str, home: str) -> list[dict[str, object]]:
    """Return what one fresh process said while it started."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
        **{f"XDG_{name}_HOME": home for name in ("DATA", "STATE", "CONFIG")},
    }
    command = [sys.executable, "-c", PREPARE + code, str(time.monotonic()), ",".join(HEAVY), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(journal: Path, home: str, rounds: int = ROUNDS) -> dict[str, list[dict[str, object]]]:
    """Return the marks by name, one for each round; a first round only warms the disk's cache."""
    found: dict[str, list[dict[str, object]]] = {}
    for number in range(rounds + 1):
        marks = marks_of(BARE, home=home) + marks_of(PANES, home=home) + marks_of(OURS, str(journal), home=home)
        for mark in marks if number else ():
            found.setdefault(str(mark["what"]), []).append(mark)
    return found


def table(found: dict[str, list[dict[str, object]]]) -> list[str]:
    """Return the medians, the ratios to what they are compared with, and what was loaded by then."""
    middle = {name: statistics.median(float(str(mark["ms"])) for mark in marks) for name, marks in found.items()}
    lines = []
    for name, marks in found.items():
        memory = statistics.median(float(str(mark["mb"])) for mark in marks)
        loaded = ", ".join(str(one) for one in marks[-1]["loaded"]) or "-"  # type: ignore[attr-defined]
        lines.append(f"  {name:24s} {middle[name]:7.0f} ms  {memory:6.0f} MB   loaded: {loaded}")
    for ours, peer, goal in GOALS:
        lines.append(f"  {ours} / {peer}: {middle[ours] / middle[peer]:.2f} (goal at most {goal})")
    return lines


def run() -> list[str]:
    """Return the table as lines."""
    from benchmarks.thirty_years import make_journal

    with TemporaryDirectory() as folder:
        journal = Path(folder, "journal.db")
        make_journal(journal, datetime.now(UTC))
        found = measure(journal, folder)
    return [f"Start: median of {ROUNDS} fresh processes each, 1600 x 900", *table(found)]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print("\n".join(run()))
