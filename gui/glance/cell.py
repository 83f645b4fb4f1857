"""How is one cell of the strip drawn? A caption, a big value with a small unit, two small lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.glance.face import Detail
from gui.marks import paint_mark
from gui.widgets import elided_at_words, scaled_font, set_tooltip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from gui.glance.face import Face
    from gui.theme import Theme

SIDE_PX, TOP_PX, GAP_PX = 10, 6, 5
DETAIL_LINES = 2
SHRINKS_TO = 0.6
PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True)
class _Type:
    """The three sizes of text, with their metrics."""

    small: QFont
    big: QFont
    unit: QFont
    small_box: QFontMetricsF
    big_box: QFontMetricsF
    unit_box: QFontMetricsF

    @staticmethod
    def of(font: QFont) -> _Type:
        """Return the sizes that follow from the widget's font."""
        small, big, unit = scaled_font(font, 0.95), scaled_font(font, 2.1, is_bold=True), scaled_font(font, 1.1)
        return _Type(small, big, unit, QFontMetricsF(small), QFontMetricsF(big), QFontMetricsF(unit))


class GlanceCell(QWidget):
    """One cell: shows a Face, asks for a layer when it stands for one. Its width grows, never shrinks."""

    layer_requested = Signal(int)

    def __init__(self, face: Face, theme: Theme) -> None:
        super().__init__()
        self._face, self._theme = face, theme
        self._type = _Type.of(self.font())
        self._width = 0.0
        self.setObjectName(f"glance_{face.key}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if face.layer:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._take(face)

    @property
    def face(self) -> Face:
        """What the cell shows."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show another face; nothing is repainted where it is the same."""
        if face != self._face:
            self._take(face)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def _take(self, face: Face) -> None:
        self._face = face
        set_tooltip(self, face.tooltip)
        self.setAccessibleName(face.spoken)
        self._grow()
        self.update()

    def _grow(self) -> None:
        needed = max(self._value_width(), *(self._detail_width(d) for d in self._face.details), 0.0)
        needed = max(needed, self._type.small_box.horizontalAdvance(self._face.caption)) + 2 * SIDE_PX
        if needed > self._width:
            self._width = needed
            self.updateGeometry()

    def _value_width(self) -> float:
        mark = self._type.big_box.capHeight() + GAP_PX if self._face.mark else 0.0
        unit = self._type.unit_box.horizontalAdvance(self._face.unit) + GAP_PX if self._face.unit else 0.0
        return mark + self._type.big_box.horizontalAdvance(self._face.value) + unit

    def _detail_width(self, detail: Detail) -> float:
        mark = self._type.small_box.capHeight() + GAP_PX if detail.mark else 0.0
        return mark + self._type.small_box.horizontalAdvance(detail.text)

    def sizeHint(self) -> QSize:
        """Return room for all lines in full."""
        lines = (1 + DETAIL_LINES) * self._type.small_box.height() + self._type.big_box.height()
        return QSize(int(self._width) + 1, int(lines) + 2 * TOP_PX)

    def minimumSizeHint(self) -> QSize:
        """Return room for a squeezed value and cut lines: the strip never makes the window wider."""
        return QSize(int(self._value_width() * SHRINKS_TO) + 2 * SIDE_PX + 1, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._type, self._width = _Type.of(self.font()), 0.0
            self._grow()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the layer that a click on its cell means."""
        if self._face.layer and event.button() == Qt.MouseButton.LeftButton:
            self.layer_requested.emit(self._face.layer)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do on Enter and Space what a click does."""
        if self._face.layer and event.key() in PRESS_KEYS:
            self.layer_requested.emit(self._face.layer)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines on common baselines, so that the cells of the strip align."""
        painter = QPainter(self)
        self._paint_ground(painter)
        top = TOP_PX + self._type.small_box.ascent()
        self._paint_text(painter, QPointF(SIDE_PX, top), self._face.caption, self._type.small, "text_muted")
        top += self._type.small_box.descent() + self._type.big_box.ascent()
        self._paint_value(painter, top)
        top += self._type.big_box.descent() + self._type.small_box.ascent()
        for detail in self._face.details or self._reason_lines():
            self._paint_detail(painter, top, detail)
            top += self._type.small_box.height()
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._face.fill:
            ground = QColor(self._colour(self._face.fill))
            ground.setAlphaF(0.22)
            painter.fillRect(self.rect(), ground)
            painter.fillRect(QRectF(0, self.height() - 4, self.width(), 4), self._colour(self._face.fill))
        painter.setPen(self._colour("accent" if self.hasFocus() else "border"))
        painter.drawLine(self.width() - 1, TOP_PX, self.width() - 1, self.height() - TOP_PX)
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _paint_value(self, painter: QPainter, baseline: float) -> None:
        """Draw the value line, squeezed into the cell where it would not fit."""
        room, needed = self.width() - 2 * SIDE_PX, self._value_width()
        painter.save()
        if needed > room > 0:
            painter.translate(SIDE_PX, baseline)
            painter.scale(room / needed, room / needed)
            painter.translate(-SIDE_PX, -baseline)
        self._paint_value_line(painter, baseline)
        painter.restore()

    def _paint_value_line(self, painter: QPainter, baseline: float) -> None:
        left, face = float(SIDE_PX), self._face
        if face.mark:
            side = self._type.big_box.capHeight()
            box = QRectF(left, baseline - side, side, side)
            paint_mark(painter, box, face.mark.shape, self._colour(face.mark.role))
            left += side + GAP_PX
        left = self._paint_text(painter, QPointF(left, baseline), face.value, self._type.big, face.role)
        if face.unit:
            self._paint_text(painter, QPointF(left + GAP_PX, baseline), face.unit, self._type.unit, face.role)

    def _paint_detail(self, painter: QPainter, baseline: float, detail: Detail) -> None:
        left = float(SIDE_PX)
        if detail.mark:
            side = self._type.small_box.capHeight() + 1
            box = QRectF(left, baseline - side, side, side)
            paint_mark(painter, box, detail.mark.shape, self._colour(detail.mark.role))
            left += side + GAP_PX
        room = self.width() - left - SIDE_PX / 2
        text = elided_at_words(self._type.small_box, detail.text, room)
        self._paint_text(painter, QPointF(left, baseline), text, self._type.small, detail.role)

    def _reason_lines(self) -> list[Detail]:
        """Return the reason on at most two lines of the cell's width, the last cut where it does not fit."""
        words, lines = self._face.reason.split(), [""]
        for word in words:
            longer = f"{lines[-1]} {word}".strip()
            is_last = len(lines) == DETAIL_LINES
            if (
                is_last
                or not lines[-1]
                or self._type.small_box.horizontalAdvance(longer) <= self.width() - 2 * SIDE_PX
            ):
                lines[-1] = longer
            else:
                lines.append(word)
        return [Detail(line, role="unknown") for line in lines]

    def _paint_text(self, painter: QPainter, start: QPointF, text: str, font: QFont, role: str) -> float:
        """Draw the text from the start of its baseline and return where it ends."""
        painter.setFont(font)
        painter.setPen(self._colour(role))
        painter.drawText(start, text)
        return start.x() + QFontMetricsF(font).horizontalAdvance(text)

    def _colour(self, role: str) -> QColor:
        return QColor(getattr(self._theme, role))
