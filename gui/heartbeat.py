"""Does the window still answer? A beat that notices how long it was held up, and writes down where it hangs."""

from __future__ import annotations

import faulthandler
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from typing import TextIO

BEAT_MS = 250
LATE_S = 1.0
HANGS_S = 10.0


class Heartbeat(QObject):
    """Beats while the window lives. `late` carries by how many seconds a beat was late, where that is long.

    With a file, the tracebacks of all threads are written to it when no beat comes for HANGS_S.
    """

    late = Signal(float)

    def __init__(self, parent: QObject, file: TextIO | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._last = time.monotonic()
        self.longest_s = 0.0
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def begin(self) -> None:
        """Begin to beat."""
        self._last = time.monotonic()
        self._timer.start()
        self._watch()

    def beat(self) -> None:
        """Take note of how long ago the last beat was."""
        now = time.monotonic()
        gap, self._last = now - self._last - BEAT_MS / 1000, now
        self.longest_s = max(self.longest_s, gap)
        if gap > LATE_S:
            self.late.emit(gap)
        self._watch()

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()
        if self._file is not None:
            faulthandler.cancel_dump_traceback_later()

    def _watch(self) -> None:
        if self._file is not None:
            faulthandler.dump_traceback_later(HANGS_S, file=self._file)
