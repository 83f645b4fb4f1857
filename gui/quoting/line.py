"""How is a quote typed in without leaving the charts? One line at the foot of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.market.quote_line import HINT, parse_quote_line
from gui.banner import ElidedLabel
from gui.formats import number_text, time_text
from gui.widgets import line_field, plain_label, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gui.theme import Theme

TIP = "Symbol and price, as many pairs as you like, then Enter. Taken at once as of now, or of a time before them."


class QuoteLine(QWidget):
    """A line to type quotes in. `entered` carries the quotes that were taken; what was refused stays typed.

    `refused` carries the reasons. `left` says that the keyboard is wanted elsewhere again: after quotes that were
    taken, and on Escape.
    """

    entered = Signal(tuple)
    refused = Signal(tuple)
    left = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._clock = theme, clock
        self._is_refusal = False
        self.field = line_field("Quotes", hint=HINT, chars=30)
        self.field.setAcceptDrops(False)
        self.field.setMaximumWidth(2 * self.field.minimumWidth())
        set_tooltip(self.field, TIP)
        self.answer = ElidedLabel()
        self.field.returnPressed.connect(self.take)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.field)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 6, 1)
        row.addWidget(plain_label("&Quote", buddy=self.field))
        row.addWidget(self.field)
        row.addWidget(self.answer, 1)

    def take(self) -> None:
        """Take what is typed."""
        now = self._clock()
        line = parse_quote_line(self.field.text(), now)
        reasons = tuple(part.reason for part in line.refused)
        self.field.setText(" ".join(part.text for part in line.refused))
        if reasons:
            self.say(f"✕ {'; '.join(reasons)}", is_refusal=True)
            self.refused.emit(reasons)
        elif line.quotes:
            said = ", ".join(f"{quote.symbol} {number_text(quote.value)}" for quote in line.quotes)
            self.say(f"{said} at {time_text(line.quotes[0].time, now)}")
        if line.quotes:
            self.entered.emit(line.quotes)
            if not reasons:
                self.left.emit()

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Say something beside the line."""
        self._is_refusal = is_refusal
        self.answer.show_text(text)
        self.field.setAccessibleDescription(text if is_refusal else TIP)
        self._colour()

    def set_why_not(self, reason: str) -> None:
        """Say why no quote can be taken, "" where one can."""
        self.field.setEnabled(not reason)
        set_tooltip(self.field, reason or TIP)

    def focus(self) -> None:
        """Put the cursor into the line, all that is typed selected."""
        self.field.setFocus()
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        set_text_colour(self.answer, self._theme.red if self._is_refusal else self._theme.text_muted)
