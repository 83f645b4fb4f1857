"""How do the few figures look that must be read at once? A row of cards: caption, big value, one line below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets import plain_label, scaled_font, set_text_colour, set_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from gui.theme import Theme

VALUE_FACTOR, SMALL_FACTOR = 1.7, 0.9
PER_ROW = 4
PAD_PX = 8


@dataclass(frozen=True, slots=True)
class Card:
    """One figure; `role` is the theme's role of the value's colour, whose sign or word says the same."""

    caption: str
    value: str
    detail: str = ""
    role: str = "text"
    tooltip: str = ""


class CardView(QFrame):
    """One card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._theme, self._card = theme, Card("", "")
        self.caption, self.value = plain_label(), plain_label()
        self.detail = plain_label(wraps=True)
        self.caption.setFont(scaled_font(self.font(), SMALL_FACTOR))
        self.value.setFont(scaled_font(self.font(), VALUE_FACTOR, is_bold=True))
        self.detail.setFont(scaled_font(self.font(), SMALL_FACTOR))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD_PX, PAD_PX // 2, PAD_PX, PAD_PX // 2)
        column.setSpacing(0)
        for label in (self.caption, self.value, self.detail):
            column.addWidget(label)
        column.addStretch(1)
        self.set_theme(theme)

    def show_card(self, card: Card) -> None:
        """Show a card."""
        self._card = card
        self.caption.setText(card.caption)
        self.value.setText(card.value)
        self.detail.setText(card.detail)
        self.setAccessibleName(f"{card.caption}: {card.value}. {card.detail}")
        set_tooltip(self, card.tooltip)
        self._paint()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.setPalette(palette)
        self._paint()

    def _paint(self) -> None:
        _colour(self.caption, self._theme.text_muted)
        _colour(self.detail, self._theme.text_muted)
        _colour(self.value, getattr(self._theme, self._card.role))


class CardGrid(QWidget):
    """Cards side by side, so many in a row; labels are kept where their number stays."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._theme = theme
        self.views: list[CardView] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(PAD_PX, PAD_PX, PAD_PX, 0)
        self._grid.setSpacing(PAD_PX)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show the cards in their order."""
        while len(self.views) < len(cards):
            view = CardView(self._theme)
            self._grid.addWidget(view, len(self.views) // PER_ROW, len(self.views) % PER_ROW)
            self.views.append(view)
        for place, view in enumerate(self.views):
            view.setVisible(place < len(cards))
            if place < len(cards):
                view.show_card(cards[place])

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for view in self.views:
            view.set_theme(theme)


def _colour(label: QLabel, colour: str) -> None:
    set_text_colour(label, colour)
