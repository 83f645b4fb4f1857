"""How is a what-if told from the market? A hatched frame around the pictures, a line that says what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.banner import ElidedLabel
from gui.formats import time_text
from gui.widgets import plain_label, push_button, scaled_font

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.risk_state import RiskState
    from gui.theme import Theme

FRAME_PX = 6
BACK_TIP = "Free every control: back to the market as it is"


class WhatIfFrame(QFrame):
    """A margin that is hatched while a what-if is shown; it is there all the time, so that nothing jumps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.is_what_if = False
        self.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)

    def mark(self, *, what_if: bool) -> None:
        """Hatch the frame, or not."""
        if what_if != self.is_what_if:
            self.is_what_if = what_if
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hatch the four sides."""
        super().paintEvent(event)
        if not self.is_what_if:
            return
        painter = QPainter(self)
        brush = QBrush(QColor(self.theme.amber), Qt.BrushStyle.BDiagPattern)
        width, height, side = self.width(), self.height(), FRAME_PX - 1
        for box in (
            QRect(0, 0, width, side),
            QRect(0, height - side, width, side),
            QRect(0, 0, side, height),
            QRect(width - side, 0, side, height),
        ):
            painter.fillRect(box, brush)


class StatusLine(QWidget):
    """Says whether the market or a what-if is shown, and that a newer picture is being computed."""

    def __init__(self, theme: Theme, reset: Callable[[], None]) -> None:
        super().__init__()
        self.theme = theme
        self._is_what_if = False
        self.setAutoFillBackground(True)
        self.title, self.text = plain_label(), ElidedLabel()
        self.title.setFont(scaled_font(self.font(), 1.0, is_bold=True))
        self.busy = plain_label(name="whether a newer picture is being computed")
        self.back = push_button("Back to the market (Esc)", reset, tip=BACK_TIP)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.addWidget(self.title)
        row.addWidget(self.text, 1)
        row.addWidget(self.busy)
        row.addWidget(self.back)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.set_theme(theme)

    def show_state(self, state: RiskState) -> None:
        """Say what is shown."""
        self._is_what_if = state.asked.is_what_if
        of = f", condor {state.asked.condor_id} alone" if state.asked.condor_id else ""
        made_up = "SIMULATED " if state.is_simulated else ""
        if self._is_what_if:
            self.title.setText(f"{made_up}WHAT-IF")
            self.text.show_text(f"{state.asked.words}{of}: not the market")
        else:
            self.title.setText(f"{made_up}Market")
            self.text.show_text(f"as it stands {time_text(state.as_of)}{of}")
        self.set_theme(self.theme)

    def say_busy(self, text: str) -> None:
        """Say that the picture is an older one, "" where it is not."""
        self.busy.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme: the what-if's on its own ground."""
        self.theme = theme
        palette = QPalette()
        if self._is_what_if:
            palette.setColor(QPalette.ColorRole.Window, QColor(theme.alert_banner))
            palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.alert_banner_text))
        self.setPalette(palette)
        for label in (self.title, self.text, self.busy):
            label.setPalette(palette)
        self.back.setVisible(self._is_what_if)
