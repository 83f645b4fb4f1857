"""How are widgets made so that text stays text? Labels, tooltips, fields and buttons come from here only."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy

from gui.theme import with_even_digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFontMetrics, QFontMetricsF
    from PySide6.QtWidgets import QWidget

EVEN_WEIGHT = QFont.Weight.DemiBold


def plain_label(text: str = "", *, name: str = "", wraps: bool = False, buddy: QWidget | None = None) -> QLabel:
    """Return a label that shows its text as it stands, whatever markup a file or a note brings.

    `name` is the accessible name where the text alone does not say it. With a buddy, "&" marks the mnemonic.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setText(text)
    if name:
        label.setAccessibleName(name)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def rich_tooltip(text: str) -> str:
    """Return the text as a tooltip that wraps: escaped, line breaks kept; "" stays ""."""
    if not text:
        return ""
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>"


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give the widget a tooltip of plain text, and the same text as its accessible description."""
    widget.setToolTip(rich_tooltip(text))
    widget.setAccessibleDescription(text)


def push_button(text: str, on_click: Callable[[], None], *, tip: str = "") -> QPushButton:
    """Return a button that calls without arguments; Enter presses it only while it has the focus."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setAccessibleName(text.replace("&", ""))
    if tip:
        set_tooltip(button, tip)
    button.clicked.connect(lambda _checked=False: on_click())
    return button


def line_field(name: str, *, hint: str = "", chars: int = 10) -> QLineEdit:
    """Return a line to type in, wide enough for `chars` digits, with its accessible name and a greyed hint."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance("0") * (chars + 2))
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field


def elided_at_words(metrics: QFontMetrics | QFontMetricsF, text: str, room: float) -> str:
    """Return the text, cut after the last whole word that fits, so that no date or number is cut in two."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        cut = " ".join(words[:count]).rstrip(" ,;:") + "…"
        if metrics.horizontalAdvance(cut) <= room:
            return cut
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)  # type: ignore[arg-type]


def set_text_colour(widget: QWidget, colour: str) -> None:
    """Draw the widget's text in the colour; "" goes back to the window's own."""
    palette = QPalette()
    if colour:
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(role, QColor(colour))
    widget.setPalette(palette)


def scaled_font(base: QFont, factor: float, *, is_bold: bool = False) -> QFont:
    """Return the font at a multiple of its size, with digits of equal width."""
    font = with_even_digits(base)
    if base.pixelSize() > 0:
        font.setPixelSize(max(round(base.pixelSize() * factor), 1))
    else:
        font.setPointSizeF(max(base.pointSizeF() * factor, 1.0))
    if is_bold:
        font.setWeight(EVEN_WEIGHT)
    return font
