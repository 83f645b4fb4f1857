"""How does a small table look? A grid of labels that wraps nothing and is as wide as its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gui.widgets import plain_label, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from gui.cells import Cell, Rows
    from gui.theme import Theme

GAP_PX = 11


class Grid(QWidget):
    """One table. Labels are kept where rows and titles stay; only texts that changed are set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: Rows | None = None
        self._labels: list[list[QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 2, 8, 6)
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def show_rows(self, rows: Rows) -> None:
        """Show the table."""
        if rows == self._rows:
            return
        before, self._rows = self._rows, rows
        self.setAccessibleName(rows.name)
        if before is None or (before.titles, len(before.rows)) != (rows.titles, len(rows.rows)):
            self._make(rows)
        for labels, cells in zip(self._labels, rows.rows, strict=True):
            for label, cell in zip(labels, cells, strict=True):
                self._show(label, cell)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme, rows, self._rows = theme, self._rows, None
        if rows is not None:
            self.show_rows(rows)

    def texts(self) -> list[list[str]]:
        """Return what is written, row by row."""
        return [[label.text() for label in labels] for labels in self._labels]

    def _make(self, rows: Rows) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column, title in enumerate(rows.titles):
            label = plain_label(title)
            set_text_colour(label, self._theme.text_muted)
            is_number = bool(rows.rows) and rows.rows[0][column].is_number
            self._grid.addWidget(label, 0, column, _side(is_number=is_number))
        self._labels = [
            [self._put(row, column, cell) for column, cell in enumerate(cells)]
            for row, cells in enumerate(rows.rows, 1)
        ]

    def _put(self, row: int, column: int, cell: Cell) -> QLabel:
        label = plain_label()
        label.setFont(scaled_font(self.font(), 1.0))
        self._grid.addWidget(label, row, column, _side(is_number=cell.is_number))
        return label

    def _show(self, label: QLabel, cell: Cell) -> None:
        label.setText(cell.text)
        set_text_colour(label, getattr(self._theme, cell.role))
        set_tooltip(label, cell.tooltip)


def _side(*, is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
