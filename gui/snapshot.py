"""How does the window become a picture without a screen? The real one, filled with the facts of one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from gui.app import Options
from gui.context import Context
from gui.crash import CrashReporter
from gui.jobs import Closes
from gui.main_window import MainWindow
from gui.picture import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap

    from core.state import MonitorState
    from gui.jobs import Loaded


@dataclass(frozen=True)
class Look:
    """How large the picture is, in pixels, and in which theme."""

    width: int = 1600
    height: int = 900
    theme: str = "dark"


def picture_of(picture: Path, loaded: Loaded, look: Look) -> MonitorState:
    """Write the window as it stands with the facts of a moment; return the state that it shows.

    The clock stands at the moment of the facts. Raises OSError where the file cannot be written.
    """
    context = _context(picture, look, lambda: loaded.facts.now, loaded.path)
    context.show_charts(Closes(loaded.facts.past, loaded.facts.playbook))
    context.fill(loaded)
    write_picture(_grabbed(context.window), picture)
    state = context.the_store.state
    _end(context)
    if state is None:
        raise RuntimeError("nothing was evaluated")
    return state


def picture_of_start(picture: Path, journal: Path, look: Look) -> None:
    """Write the page of a first start."""
    context = _context(picture, look, lambda: datetime.now(UTC), journal)
    context.show_start("")
    write_picture(_grabbed(context.window), picture)
    _end(context)


def _context(picture: Path, look: Look, clock: object, journal: Path) -> Context:
    if QApplication.instance() is None:
        QApplication(["condor-watch"])
    options = Options(journal, None, picture.parent, clock, theme=look.theme)  # type: ignore[arg-type]
    window = MainWindow("")
    context = Context(options, window, CrashReporter(picture.parent, window), window)
    window.resize(look.width, look.height)
    return context


def _grabbed(window: MainWindow) -> QPixmap:
    """Return the window's picture once all that was asked of the layout is done."""
    for kind in (QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.LayoutRequest):
        QApplication.sendPostedEvents(None, kind)
    QApplication.processEvents()
    _place_corner(window)
    return window.grab()


def _place_corner(window: MainWindow) -> None:
    """Put the tabs of the screens at the right: a bar that is not shown gives its corner no place."""
    corner = window.bar.cornerWidget()
    if corner is not None:  # the page of a first start has none
        corner.adjustSize()
        corner.move(window.width() - corner.width(), 0)


def _end(context: Context) -> None:
    context.shut_down()
    context.window.close()
    context.window.deleteLater()
