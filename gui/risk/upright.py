"""How does a part get room that can be taller than the screen? It scrolls up and down, never sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Upright(QScrollArea):
    """Holds a part whose whole width is always seen: a number cut in two would be read as another one."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(part)

    def minimumSizeHint(self) -> QSize:
        """Return the width that the part needs, and room for the bar that scrolls it."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._part.minimumSizeHint().width() + bar, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when the part needs one."""
        if watched is self._part and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
