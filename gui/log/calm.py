"""How does the window stay quick while another thread makes a million objects? They are kept from the collector.

`gui/garbage.py` has garbage collected in the window's thread alone, once a second: it would look through all that
an export has made since, and the window would stand still for half a second. What is frozen is not looked
through; `end` gives it back. Nothing is destroyed by freezing, so no widget can die of it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 50


class Calm(QObject):
    """Between `begin` and `end` what is alive is frozen again and again, in the thread that made this object."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(gc.freeze)

    def begin(self) -> None:
        """Keep what is made from here on from the collector."""
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Give all of it back to the collector."""
        self._timer.stop()
        gc.unfreeze()
