"""What must not be overlooked? Lines across the window: read-only, an error, something that was not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets import elided_at_words, push_button, rich_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.theme import Theme

SIDE_PX, TOP_PX = 10, 3


class ElidedLabel(QLabel):
    """One line of plain text, cut after a word where it does not fit; the tooltip has all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._full = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._full = text
        self.setToolTip(rich_tooltip(text))
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    @property
    def full_text(self) -> str:
        """The text before it was cut."""
        return self._full

    def sizeHint(self) -> QSize:
        """Return the room of the whole text on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few letters: the text never makes the window wider."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        flat = " ".join(self._full.split())
        self.setText(elided_at_words(self.fontMetrics(), flat, max(self.width(), 1)))


class Banner(QFrame):
    """One line with a text, and buttons where there is something to copy or to dismiss."""

    dismissed = Signal()

    def __init__(self, text: str, details: str, theme: Theme, role: str, *, stays: bool) -> None:
        super().__init__()
        self._details, self._role = details, role
        self.label = ElidedLabel(text)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, TOP_PX, SIDE_PX, TOP_PX)
        row.addWidget(self.label)
        if details:
            row.addWidget(push_button("Copy details", self._copy, tip="Copy all that is known about it"))
        if not stays:
            row.addWidget(push_button("Dismiss", self.dismissed.emit, tip="Take this line away"))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(getattr(theme, self._role)))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.alert_banner_text))
        self.setPalette(palette)
        self.label.setPalette(palette)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.label.full_text}\n\n{self._details}")


class Banners(QWidget):
    """The lines in force, each under a key: a second text of the same key takes the place of the first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("banners")
        self._theme = theme
        self._shown: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setVisible(False)

    def say(
        self, key: str, text: str, *, details: str = "", role: str = "alert_banner", stays: bool = False
    ) -> None:
        """Show a line; one that `stays` cannot be dismissed."""
        self.hush(key)
        banner = Banner(text, details, self._theme, role, stays=stays)
        banner.dismissed.connect(lambda: self.hush(key))
        self._shown[key] = banner
        self._column.addWidget(banner)
        self.setVisible(True)

    def hush(self, key: str) -> None:
        """Take a line away; one that is not there is no matter."""
        banner = self._shown.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.setVisible(False)
            banner.deleteLater()
        self.setVisible(bool(self._shown))

    def text_of(self, key: str) -> str:
        """Return what the line of a key says, "" where there is none."""
        banner = self._shown.get(key)
        return banner.label.full_text if banner is not None else ""

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for banner in self._shown.values():
            banner.set_theme(theme)
