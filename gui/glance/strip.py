"""How does the market and the book stand? One row of cells above everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.glance.cell import GlanceCell
from gui.glance.faces import faces_of
from gui.widgets import plain_label, scaled_font

if TYPE_CHECKING:
    from core.state import MonitorState
    from gui.theme import Theme

SIMULATED = "SIMULATED  market and book made up by the program: no real prices"


class GlanceStrip(QFrame):
    """One row of cells. `layer_requested` asks for a layer's explanation. Shows nothing until a state comes."""

    layer_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glance_strip")
        self.setAccessibleName("Market and book at a glance")
        self.setAutoFillBackground(True)
        self._theme = theme
        self._cells: dict[str, GlanceCell] = {}
        self._banner = plain_label(SIMULATED, name="Simulated data")
        self._banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._banner.setAutoFillBackground(True)
        self._banner.setFont(scaled_font(self._banner.font(), 1.0, is_bold=True))
        self._banner.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        column.addLayout(self._row)
        self.set_theme(theme)

    def show_state(self, state: MonitorState) -> None:
        """Show a state; cells that say the same as before are not repainted."""
        self._banner.setVisible(state.is_simulated)
        for face in faces_of(state):
            cell = self._cells.get(face.key)
            if cell is None:
                cell = self._cells[face.key] = GlanceCell(face, self._theme)
                cell.layer_requested.connect(self.layer_requested)
                self._row.addWidget(cell)
            else:
                cell.show_face(face)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.setPalette(_ground(theme.panel, theme.text))
        self._banner.setPalette(_ground(theme.simulated_banner, theme.simulated_banner_text))
        for cell in self._cells.values():
            cell.set_theme(theme)

    def cell(self, key: str) -> GlanceCell:
        """Return the cell with this key: spx, vix, edr, breadth, curve, layer1..layer4, nearest, age."""
        return self._cells[key]

    @property
    def is_simulated(self) -> bool:
        """Whether the banner says that the data are simulated."""
        return not self._banner.isHidden()


def _ground(background: str, text: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(background))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    return palette
