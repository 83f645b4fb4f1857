"""G14: what if the window is closed while it works? It ends by itself, with 0, and no error is written."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.iofault import figures_of
from tests.faults.kit import SOUND, Figures, new_journal, next_draft, timed

MUTANT = "abandons_its_thread"


def run(runs: int, seed: int = 13, build: str = SOUND) -> Figures:
    """Open and close the window `runs` times at random moments, in one process of its own without a screen."""
    if "CLOSING" not in os.environ:
        code = (
            f"from tests.faults import closing_window; print(closing_window.run({runs}, {seed}, {build!r}).line())"
        )
        environment = os.environ | {"CLOSING": "1", "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-X", "faulthandler", "-W", "ignore", "-c", code],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        if done.returncode:
            figures = Figures("window closed", build, runs=runs)
            figures.fail(f"it ended with {done.returncode}: {done.stderr[-600:]}")
            return figures
        return figures_of(done.stdout)
    return _closed(runs, seed, build)


def _closed(runs: int, seed: int, build: str) -> Figures:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from gui.app import Application, Options
    from tests.faults.kit import now

    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)  # type: ignore[attr-defined]
    figures, dice = Figures("window closed", build), random.Random(seed)
    figures.more = {"furnished": 0, "filled": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, timed(figures):
        journal = Path(folder, "journal.db")
        new_journal(journal)
        for _ in range(runs):
            seen: list[str] = []
            options = Options(journal, None, Path(folder, "state"), now, watch=seen.append)
            application = Application(options)
            application.reporter.happened.connect(lambda _text, details: figures.fail(details[-400:]))
            application.window.show()
            loop = QEventLoop()
            QTimer.singleShot(dice.randrange(0, 400), loop.quit)
            loop.exec()
            _work(application, figures, "filled" in seen)
            application.window.close()
            if build == MUTANT:  # a broken build: what it is made of goes while its thread runs
                application.context.desk._thread.deleteLater()
                application.context.desk._thread = None
            application.shut_down()
            figures.runs += 1
            figures.more["furnished"] += "shell" in seen
            figures.more["filled"] += "filled" in seen
    return figures


def _work(application: object, figures: Figures, is_filled: bool) -> None:
    """Begin work that is not done when the window closes: an entry, a check, a backup."""
    if not is_filled:
        return
    context = application.context  # type: ignore[attr-defined]
    book = context.the_store.facts.book
    context.menus.recorder.record(next_draft(book), lambda: None, figures.fail)
    context.menus.keeping.check()
    context.menus.keeping.back_up()
