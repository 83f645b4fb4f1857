"""How does a test open the real window? A journal of its own, a clock that stands, nobody's settings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from gui.app import Application, Options
from tests.gui.market_files import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WAIT_MS = 20_000


def options_of(folder: Path, journal: Path, **more: object) -> Options:
    """Return options that keep everything inside the folder."""
    return Options(journal, folder / "settings.json", folder / "state", lambda: NOW, **more)  # type: ignore[arg-type]


@contextmanager
def opened(qtbot: QtBot, options: Options, *, until: str = "filled") -> Iterator[Application]:
    """Open the window, wait until so much of it is painted, and close it at the end; no error may be hidden."""
    seen: list[str] = []
    troubles: list[str] = []
    application = Application(options._replace(watch=seen.append))
    application.reporter.happened.connect(lambda _text, details: troubles.append(details))
    qtbot.addWidget(application.window)
    application.window.show()
    try:
        qtbot.waitUntil(lambda: until in seen, timeout=WAIT_MS)
        yield application
    finally:
        application.window.close()
        application.shut_down()
    assert troubles == []
