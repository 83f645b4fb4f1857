"""What does the window look like before and after its panes are in it? The frame: menus, pages, drops.

The window is painted empty before anything else is loaded. Names of Qt that the empty window does not need are
imported where they are used: the first use of each kind of widget costs up to a millisecond, that of `Qt` ten.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from gui.theme import Theme

TITLE = "Condor Watch"
SIZE = (1600, 900)
UPPER_SIZES, MIDDLE_SIZES = (1090, 510), (500, 190)
"""Pixels: charts and reasons side by side; both, and the tables below them."""
POSITIONS, LOG = 0, 1


class MainWindow(QMainWindow):
    """The frame of the window. It is painted empty first; `gui.panes` fills it.

    `painted` comes once, after the first paint. `files_dropped` carries paths. `closing` comes before the end.
    """

    painted = Signal()
    files_dropped = Signal(list)
    closing = Signal()
    hidden_changed = Signal(bool)

    def __init__(self, ground: str) -> None:
        super().__init__()
        self._is_painted = False
        self._after_paint = QTimer(self, singleShot=True)
        self._after_paint.timeout.connect(self.painted)
        self.setObjectName("main_window")
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(ground))
        self.setPalette(palette)

    def furnish(self, theme: Theme) -> None:
        """Put menus, banners, pages and the empty places of the panes into the window."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QStatusBar, QTabWidget

        from gui.banner import Banners

        self.setPalette(QPalette())
        self.banners = Banners(theme)
        if self.windowHandle() is not None:  # none while only a picture is drawn
            self.windowHandle().windowStateChanged.connect(self._tell_whether_hidden)
        self._make_header()
        self.opening = QLabel("Opening the journal…")
        self.opening.setTextFormat(Qt.TextFormat.PlainText)
        self.opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.upper, self.middle = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self.tabs = QTabWidget()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.opening)
        self.setCentralWidget(self.pages)
        self.foot = QStatusBar()
        self.setStatusBar(self.foot)
        self._settle()

    def _make_header(self) -> None:
        """Stack menus and banners above everything; the strip and the alerts come below them later."""
        from PySide6.QtWidgets import QMenuBar, QVBoxLayout, QWidget

        from gui.actions import Actions

        top, self.bar, self.header = QWidget(), QMenuBar(), QVBoxLayout()
        self.header.setContentsMargins(0, 0, 0, 0)
        self.header.setSpacing(0)
        self.header.addWidget(self.bar)
        self.header.addWidget(self.banners)
        top.setLayout(self.header)
        self.setMenuWidget(top)
        self.actions_ = Actions(self, self.bar)

    def _settle(self) -> None:
        """Nest the splitters: charts and reasons above, the tables below."""
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Positions and hedge log")
        for name, splitter in (("upper", self.upper), ("middle", self.middle)):
            splitter.setObjectName(f"{name}_splitter")
            splitter.setChildrenCollapsible(False)
        self.middle.addWidget(self.upper)
        self.middle.addWidget(self.tabs)
        self.middle.setStretchFactor(0, 1)

    def _tell_whether_hidden(self) -> None:
        self.hidden_changed.emit(self.isMinimized())

    def put_back(self) -> None:
        """Give every pane the room that it has at a first start."""
        for splitter, sizes in ((self.upper, UPPER_SIZES), (self.middle, MIDDLE_SIZES)):
            total = sum(splitter.sizes()) or sum(sizes)
            splitter.setSizes([total - sizes[1], sizes[1]])

    def show_title(self, journal: str, *, is_simulated: bool) -> None:
        """Name the journal in the title, and that it is simulated where it is."""
        self.setWindowTitle(f"{TITLE} - {journal}{' - SIMULATED' if is_simulated else ''}")

    def show_page(self, page: QWidget) -> None:
        """Show a page in the middle."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def layout_text(self) -> tuple[str, str]:
        """Return geometry and the splitters' places as text, for the settings."""
        parts = (self.upper.saveState(), self.middle.saveState())
        return _text(self.saveGeometry()), " ".join(_text(part) for part in parts)

    def restore_geometry(self, text: str) -> None:
        """Take on a geometry that `layout_text` returned; what cannot be read is left as it is."""
        if text:
            self.restoreGeometry(_bytes(text))

    def restore_panes(self, text: str) -> None:
        """Take on the splitters' places that `layout_text` returned, or those of a first start."""
        parts = text.split()
        splitters = (self.upper, self.middle)
        if len(parts) != len(splitters) or not all(
            splitter.restoreState(_bytes(part)) for splitter, part in zip(splitters, parts, strict=True)
        ):
            self.put_back()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint once it is on the screen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self._after_paint.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer, and nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is about to close."""
        self.closing.emit()
        super().closeEvent(event)


def _text(data: QByteArray) -> str:
    return data.toBase64().toStdString()


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
