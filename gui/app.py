"""In which order does the window come to life? Empty first, then the journal's thread, the charts, the rest.

Nothing but Qt's widgets is imported up here: the first paint waits for this file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

import resources
from gui.crash import CrashReporter
from gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gui.jobs import Closes, Loaded
    from gui.live.owner import RunCommand

GROUND = re.compile(r'^background = "(#[0-9a-f]{6})"$', re.MULTILINE)
THEME = re.compile(r'"window\.theme": "(\w+)"', re.ASCII)
THEMES = Path(resources.__path__[0], "themes")


class Options(NamedTuple):
    """What a window is started with. A NamedTuple, for dataclasses cost 3 ms before the first paint.

    `settings` None: the defaults hold and nothing is saved. `make_journal` makes the journal first (the demo
    does) and returns where. `load_commands` imports what does the commands of other processes, None where they are
    not taken. `watch` is told of "shell", "charts" and "filled" as they are painted.
    """

    journal: Path
    settings: Path | None
    state_folder: Path
    clock: Callable[[], datetime]
    playbook: str | None = None
    theme: str | None = None
    make_journal: Callable[[datetime], Path] | None = None
    load_commands: Callable[[], RunCommand] | None = None
    watch: Callable[[str], None] = lambda _what: None


def run(options: Options) -> int:
    """Show the window until it is closed; return the exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app = QApplication.instance() or QApplication(["condor-watch"])
    application = Application(options)
    application.window.show()
    try:
        return int(app.exec())
    finally:
        application.shut_down()


class Application(QObject):
    """The composition root: makes the one store, desk and window, and hands them to those who need them."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self._is_over = False
        self.reporter = CrashReporter(options.state_folder, self)
        self.reporter.install()
        self.window = MainWindow(first_ground(options))
        self.window.painted.connect(self._furnish)

    def _furnish(self) -> None:
        """Put the frame's parts into the painted window, and begin to open the journal."""
        if self._is_over:  # the window was closed before its first paint was through
            return
        self.options.watch("shell")
        from gui.context import Context

        self._begin_heartbeat()
        self.context = Context(self.options, self.window, self.reporter, self)
        self.context.desk.closes_read.connect(self._on_closes)
        self.context.desk.loaded.connect(self._on_loaded)
        self.context.desk.refused.connect(self.context.show_start)
        self.window.closing.connect(self.context.remember_layout)
        if self.options.make_journal is not None:
            self.context.begin(self.options.make_journal)
        elif self.options.journal.exists():
            self.context.open(self.options.journal)
        else:
            self.context.show_start("")
            return
        QTimer.singleShot(0, self.context.make_charts)

    def _begin_heartbeat(self) -> None:
        """Keep what a crash or a hang leaves; a window that was only drawn as a picture needs neither."""
        from gui.heartbeat import Heartbeat

        self.heartbeat = Heartbeat(self, self.reporter.watch_for_crashes())
        self.heartbeat.late.connect(lambda seconds: self.reporter.note(f"no answer for {seconds:.1f} s"))
        self.heartbeat.begin()

    def _on_closes(self, closes: Closes) -> None:
        """Fill the charts and paint them, before anything else is read."""
        self.context.show_charts(closes)
        self.options.watch("charts")

    def _on_loaded(self, loaded: Loaded) -> None:
        """Fill everything; the charts first where the closes had not been kept."""
        from gui.jobs import Closes

        if not self.context.shows_charts:
            self._on_closes(Closes(loaded.facts.past, loaded.facts.playbook))
        self.context.fill(loaded)
        self.context.keep_past()
        self.window.repaint()
        self.options.watch("filled")

    def shut_down(self) -> None:
        """Stop what runs, close the journal, and give the hooks back; nothing begins any more."""
        self._is_over = True
        if hasattr(self, "context"):
            self.context.shut_down()
            self.heartbeat.end()
        self.reporter.remove()


def first_ground(options: Options) -> str:
    """Return the ground of the theme in force, for the one paint that comes before settings and theme are read.

    Both are read in earnest, with complaints, right after that paint.
    """
    name = options.theme
    if name is None and options.settings is not None and options.settings.is_file():
        chosen = THEME.search(options.settings.read_text("utf-8", errors="replace"))
        name = chosen[1] if chosen else None
    file = THEMES / f"{name or 'dark'}.toml"
    found = GROUND.search(file.read_text("utf-8")) if file.is_file() else None
    return found[1] if found else ""
