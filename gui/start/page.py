"""What is there to do before there is a journal? Open the demo, begin a journal, or bring files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.start.choice import Choice
from gui.widgets import plain_label, scaled_font, set_text_colour

if TYPE_CHECKING:
    from gui.theme import Theme

WIDTH_PX, DROP_PX = 680, 90
CHOICES = (
    (
        "demo",
        "Open the &demo",
        "condor-watch",
        "A simulated market and book to look around in; nothing of it is real.",
    ),
    ("new", "&New journal", "new", "Begin an empty journal of your own on this computer."),
    (
        "import",
        "&Import files",
        "import",
        "Bring daily files of SPX, VIX, the VX curve, breadth into a new journal.",
    ),
)
WELCOME = "There is no journal yet. What would you like to do?"
DROP = "Or drop market files here"
NOTICE = "A tool for record and study: it gives no advice and places no orders. Nothing leaves this computer."


class StartPage(QWidget):
    """The page of a first start. `demo_requested`, `new_requested` and `import_requested` are the choices."""

    demo_requested = Signal()
    new_requested = Signal()
    import_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("start_page")
        self.setAccessibleName("Start")
        self.choices = {key: Choice(text, sentence, icon) for key, text, icon, sentence in CHOICES}
        self._why = plain_label(WELCOME, wraps=True)
        self._notice = plain_label(NOTICE, wraps=True)
        self._drop = plain_label(DROP)
        self._lay_out()
        self.set_theme(theme)
        for key, wish in (
            ("demo", self.demo_requested),
            ("new", self.new_requested),
            ("import", self.import_requested),
        ):
            self.choices[key].clicked.connect(lambda _checked=False, wish=wish: wish.emit())
        self.setFocusProxy(self.choices["demo"])

    def _lay_out(self) -> None:
        title = plain_label("Condor Watch")
        title.setFont(scaled_font(title.font(), 2.6, is_bold=True))
        self._why.setFont(scaled_font(self._why.font(), 1.3))
        middle = QWidget()
        middle.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        for part in (title, self._why, *self.choices.values(), self._drop_area(), self._notice):
            column.addWidget(part)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _drop_area(self) -> QFrame:
        area = QFrame()
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setFixedHeight(DROP_PX)
        inside = QVBoxLayout(area)
        inside.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignCenter)
        return area

    def say(self, text: str) -> None:
        """Say why the page is shown."""
        self._why.setText(text)

    @property
    def said(self) -> str:
        """Why the page is shown."""
        return self._why.text()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for choice in self.choices.values():
            choice.set_theme(theme)
        for label in (self._drop, self._notice):
            set_text_colour(label, theme.text_muted)
