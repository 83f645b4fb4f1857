"""How does a big choice look? An icon, a title, one sentence, all of it one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui.theme import load_icon
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from gui.theme import Theme

ICON_PX, HEIGHT_PX = 40, 84


class Choice(QPushButton):
    """A button as large as a card. `text` may mark its mnemonic with "&"."""

    def __init__(self, text: str, sentence: str, icon: str) -> None:
        super().__init__()
        self._icon_name = icon
        self.setAutoDefault(True)
        self.setMinimumHeight(HEIGHT_PX)
        self.setAccessibleName(text.replace("&", ""))
        self.setAccessibleDescription(sentence)
        self._picture, self._sentence = QLabel(), plain_label(sentence)
        title = plain_label(text, buddy=self)
        title.setFont(scaled_font(self.font(), 1.45, is_bold=True))
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 8, 18, 8)
        self._row.setSpacing(18)
        self._row.addWidget(self._picture)
        self._row.addLayout(words, 1)
        for label in (self._picture, title, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the room that icon and words ask for."""
        return self._row.sizeHint().expandedTo(QSize(0, HEIGHT_PX))

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._picture.setPixmap(load_icon(self._icon_name, theme).pixmap(QSize(ICON_PX, ICON_PX)))
        set_text_colour(self._sentence, theme.text_muted)
