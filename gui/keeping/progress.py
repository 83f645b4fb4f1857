"""How far is long work, and may it be ended? A small box that appears when it takes longer than a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from db.journal_errors import CancelledError
from gui.widgets import plain_label, push_button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

APPEARS_MS = 300


class ProgressBox(QDialog):
    """One piece of work. `tell` is called by the thread that does it, and ends it once Cancel was pressed."""

    told = Signal(int)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Condor Watch")
        self._is_cancelled = False
        self.label = plain_label(text, wraps=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(text)
        self.count = plain_label(name="How far")
        self.cancel_button = push_button("&Cancel", self.cancel, tip="Nothing is changed by work that is ended")
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        column.addLayout(row)
        self.setMinimumWidth(420)
        self.told.connect(self._show_count)
        self._appear = QTimer(self, singleShot=True, interval=APPEARS_MS)
        self._appear.timeout.connect(self.show)
        self._appear.start()

    def tell(self, count: int) -> None:
        """Take note of how far the work is; raises CancelledError to end it. Called in any thread."""
        if self._is_cancelled:
            raise CancelledError("ended before it was done; nothing was changed")
        self.told.emit(count)

    def cancel(self) -> None:
        """Let the work end at its next step."""
        self._is_cancelled = True
        self.cancel_button.setEnabled(False)
        self.label.setText("Ending…")

    def reject(self) -> None:
        """Escape and the closing of the box cancel."""
        self.cancel()

    def end(self) -> None:
        """Take the box away: the work is over."""
        self._appear.stop()
        self.hide()
        self.deleteLater()

    def _show_count(self, count: int) -> None:
        if count:
            self.count.setText(f"{count:,} steps")
