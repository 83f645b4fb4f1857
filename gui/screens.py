"""Which screen fills the middle of the window? The monitor, and others that are made when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenuBar, QTabBar, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.main_window import MainWindow


@dataclass
class Screen:
    """A page of the window; `make` makes it when it is first shown."""

    title: str
    make: Callable[[], QWidget]
    page: QWidget | None = None


class Screens:
    """The screens as tabs in the corner of the menu bar. The first is the monitor, which is always there."""

    def __init__(self, window: MainWindow, bar: QMenuBar) -> None:
        self._window = window
        self._screens = [Screen("Monitor", lambda: window.middle, window.middle)]
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName("Screens")
        self.tabs.addTab("Monitor")
        bar.setCornerWidget(self.tabs)
        self.tabs.setVisible(True)
        self.tabs.currentChanged.connect(self.show)
        window.pages.currentChanged.connect(lambda _index: self._follow())
        self._follow()

    def add(self, title: str, make: Callable[[], QWidget], tip: str) -> int:
        """Offer another screen; return its place."""
        self._screens.append(Screen(title, make))
        place = self.tabs.addTab(title)
        self.tabs.setTabToolTip(place, tip)
        return place

    def show(self, place: int) -> None:
        """Show a screen, made now if it was not."""
        screen = self._screens[place]
        if screen.page is None:
            screen.page = screen.make()
        self._window.show_page(screen.page)

    def drop(self, place: int) -> None:
        """Throw a screen's page away: it is made again when it is next asked for."""
        page, self._screens[place].page = self._screens[place].page, None
        if page is not None:
            self._window.pages.removeWidget(page)
            page.deleteLater()

    def _follow(self) -> None:
        """Stand at the page that is shown; where it is none of the screens, none can be chosen."""
        shown = self._window.pages.currentWidget()
        places = [place for place, screen in enumerate(self._screens) if screen.page is shown]
        self.tabs.setEnabled(bool(places))
        blocked = self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(places[0] if places else 0)
        self.tabs.blockSignals(blocked)
