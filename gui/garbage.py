"""In which thread does Python collect garbage? Only in the window's: no widget may die in another one.

Python collects cycles in whichever thread happens to allocate. With a second thread at work that thread would
destroy the remains of closed dialogs and charts, and Qt then crashes now and then, far from the cause.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GuiThreadCollector(QObject):
    """Between `begin` and `end` nothing is collected but by this object's timer, in the thread that made it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """Take collecting over."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Give collecting back as it was."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @staticmethod
    def collect() -> None:
        """Collect the oldest generation that has grown past its threshold, as Python itself would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
