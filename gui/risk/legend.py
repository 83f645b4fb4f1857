"""Which curve is which, and what does each say where the reader looks? A switch and four values for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from core.risk_state import RESPONSES
from gui.formats import UNKNOWN_TEXT, number_text, profit_text, time_text
from gui.risk.cell import sign_role
from gui.risk.curve_look import FIRST_SHOWN
from gui.widgets import plain_label, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from core.risk_state import RiskCurve, RiskState
    from gui.risk.curve_look import CurveLook
    from gui.theme import Theme

SWATCH = QSize(26, 12)
TITLES = ("", "hedged", "low … high VIX", "bare", "marks")
TIPS = (
    "Show or hide the curve",
    "P/L with the layers that count, at the SPX above",
    "P/L under the low and the high VIX response: the band",
    "P/L of the condors alone: dotted",
    "Mark this curve's break-evens: filled hedged, hollow bare",
)


@dataclass(frozen=True, slots=True)
class Row:
    """The widgets of one curve."""

    switch: QCheckBox
    values: tuple[QLabel, ...]
    mark: QRadioButton


class Legend(QWidget):
    """The curves of a picture with their values at one level. `changed` comes when another choice is made."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.shown: frozenset[str] = FIRST_SHOWN
        self.marked = "expiry"
        self.rows: dict[str, Row] = {}
        self._marks = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 0, 6, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.where = plain_label(name="SPX of the values")
        self.heads = [self.where, *(plain_label(title) for title in TITLES[1:])]
        for place, (head, tip) in enumerate(zip(self.heads, TIPS, strict=True)):
            set_tooltip(head, tip)
            self._grid.addWidget(head, 0, place, _side(place))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme; the swatches come with the next picture."""
        self.theme = theme
        for head in self.heads[1:]:
            set_text_colour(head, theme.text_muted)

    def show_state(self, state: RiskState, looks: dict[str, CurveLook]) -> None:
        """Have a row for each curve of the picture."""
        if [*self.rows] != [curve.key for curve in state.curves]:
            self._make_rows(state)
        for curve in state.curves:
            self._show_curve(curve, looks[curve.key])

    def _make_rows(self, state: RiskState) -> None:
        for row in self.rows.values():
            self._marks.removeButton(row.mark)
            for widget in (row.switch, *row.values, row.mark):
                self._grid.removeWidget(widget)
                widget.deleteLater()
        keys = [curve.key for curve in state.curves]
        if self.marked not in keys and keys:
            self.marked = keys[-1]
        self.rows = {key: self._make_row(key, place + 1) for place, key in enumerate(keys)}

    def _make_row(self, key: str, place: int) -> Row:
        switch, mark = QCheckBox(), QRadioButton()
        switch.setChecked(key in self.shown)
        switch.setIconSize(SWATCH)
        mark.setChecked(key == self.marked)
        self._marks.addButton(mark)
        values = tuple(plain_label() for _ in TITLES[1:-1])
        for column, widget in enumerate((switch, *values, mark)):
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._grid.addWidget(widget, place, column, _side(column))
        switch.toggled.connect(lambda on: self._show(key, on=on))
        mark.toggled.connect(lambda on: self._mark(key, on=on))
        return Row(switch, values, mark)

    def _show_curve(self, curve: RiskCurve, look: CurveLook) -> None:
        row = self.rows[curve.key]
        for button in (row.switch, row.mark):
            button.setPalette(_outlined(self.theme))
        way = f"path-dependent: {'; '.join(curve.path_dependent)} settles before" if curve.path_dependent else ""
        row.switch.setText(curve.label)
        row.switch.setAccessibleName(f"{curve.label}{', path-dependent' if way else ''}")
        row.switch.setIcon(swatch(look, self.theme))
        row.mark.setAccessibleName(f"mark the break-evens of {curve.label}")
        told = [time_text(curve.moment), way, f"unknown: {curve.unknown}" if curve.unknown else ""]
        set_tooltip(row.switch, "\n".join(line for line in told if line))

    def _show(self, key: str, *, on: bool) -> None:
        self.shown = self.shown | {key} if on else self.shown - {key}
        self.changed.emit()

    def _mark(self, key: str, *, on: bool) -> None:
        if on:
            self.marked = key
            self.changed.emit()

    def show_values(self, state: RiskState, index: int | None, *, is_pointed: bool) -> None:
        """Show each curve's dollars at a place of the grid, None for none."""
        spx = number_text(float(state.grid[index]), 1) if index is not None else UNKNOWN_TEXT
        self.where.setText(f"at SPX {spx}{' (pointed at)' if is_pointed else ''}")
        for curve in state.curves:
            self._show_values(curve, RESPONSES.index(state.asked.response), index)

    def words(self) -> str:
        """Return all of it in words, for those who hear the screen."""
        said = [
            f"{row.switch.accessibleName()} {row.values[0].text()}, bare {row.values[-1].text()}"
            for row in self.rows.values()
        ]
        return "; ".join([self.where.text(), *said])

    def _show_values(self, curve: RiskCurve, row: int, index: int | None) -> None:
        labels = self.rows[curve.key].values
        texts = [UNKNOWN_TEXT] * len(labels)
        hedged = None
        if index is not None:
            hedged, low, high, bare = (
                float(value) for value in (*curve.hedged[[row, 0, -1], index], curve.bare[row, index])
            )
            texts = [
                profit_text(hedged, 0),
                f"{profit_text(low, 0)} to {profit_text(high, 0)}",
                profit_text(bare, 0),
            ]
        for label, text in zip(labels, texts, strict=True):
            label.setText(text)
        set_text_colour(labels[0], getattr(self.theme, sign_role(hedged)))


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if 0 < column < len(TITLES) - 1 else Qt.AlignmentFlag.AlignLeft


def _outlined(theme: Theme) -> QPalette:
    """Return a palette in which Fusion draws the outline of boxes from a colour that is seen."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.text_muted))
    return palette


def swatch(look: CurveLook, theme: Theme) -> QIcon:
    """Return a piece of the curve's line."""
    pixmap = QPixmap(SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setPen(look.hedged_pen(theme))
    painter.drawLine(QLineF(0, SWATCH.height() / 2, SWATCH.width(), SWATCH.height() / 2))
    painter.end()
    return QIcon(pixmap)
