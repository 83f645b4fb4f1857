"""What asks for a look now? Each alert with its reason and a button; one that is acknowledged is an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from gui.banner import ElidedLabel
from gui.formats import time_text
from gui.theme import load_icon
from gui.widgets import plain_label, push_button, scaled_font

if TYPE_CHECKING:
    from core.state import Alert
    from gui.theme import Theme

COLUMNS = 2
ICON_PX = 18
FIRST_TIP = "Write into the journal that this was seen (Ctrl+Enter)"
TIP = "Write into the journal that this was seen"


class AlertRow(QFrame):
    """One alert."""

    acknowledge_requested = Signal(object)

    def __init__(self, alert: Alert, theme: Theme, *, is_first: bool) -> None:
        super().__init__()
        self.alert = alert
        self.setAutoFillBackground(True)
        self.setAccessibleName(f"Alert: {alert.title}")
        title = plain_label(alert.title)
        title.setFont(scaled_font(title.font(), 1.0, is_bold=True))
        self._icon = QLabel()
        self._icon.setAccessibleName("alert")
        self.text = ElidedLabel(f"{alert.text}  {time_text(alert.time)}")
        self.button = push_button("Acknowledge", self.acknowledge, tip=FIRST_TIP if is_first else TIP)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        for part in (self._icon, title):
            row.addWidget(part)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.set_theme(theme)

    def acknowledge(self) -> None:
        """Ask for it once; the button waits for the answer."""
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.acknowledge_requested.emit(self.alert)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme: the ground of a panel, a mark in the alert's colour."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel_alternate))
        self.setPalette(palette)
        self._icon.setPixmap(load_icon("alert", theme, theme.amber).pixmap(QSize(ICON_PX, ICON_PX)))


class AlertsBar(QWidget):
    """The alerts in force, hidden while there is none. `acknowledge_requested` carries the Alert."""

    acknowledge_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("alerts_bar")
        self.setAccessibleName("Alerts")
        self._theme = theme
        self._alerts: tuple[Alert, ...] = ()
        self._why_not = ""
        self.rows: list[AlertRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 1, 0, 1)
        self._grid.setSpacing(1)
        self.setVisible(False)

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Show these alerts; nothing is rebuilt where they are the same."""
        if alerts == self._alerts:
            return
        known = {alert.key for alert in self._alerts}
        for alert in alerts:
            if alert.key not in known:
                event = QAccessibleAnnouncementEvent(self, f"{alert.title}. {alert.text}")
                QAccessible.updateAccessibility(event)
        self._alerts = alerts
        self._rebuild()

    def set_why_not(self, reason: str) -> None:
        """Say why nothing can be acknowledged, "" where it can."""
        self._why_not = reason
        self._rebuild()

    def acknowledge_first(self) -> None:
        """Do what the first button does."""
        if self.rows:
            self.rows[0].acknowledge()

    def release(self) -> None:
        """Let the buttons be pressed again: what was asked for did not happen."""
        for row in self.rows:
            row.button.setEnabled(not self._why_not)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for row in self.rows:
            row.set_theme(theme)

    def _rebuild(self) -> None:
        for row in self.rows:
            self._grid.removeWidget(row)
            row.setVisible(False)
            row.deleteLater()
        self.rows = [AlertRow(alert, self._theme, is_first=i == 0) for i, alert in enumerate(self._alerts)]
        for place, row in enumerate(self.rows):
            row.acknowledge_requested.connect(self.acknowledge_requested)
            width = COLUMNS if len(self.rows) == 1 else 1
            self._grid.addWidget(row, place // COLUMNS, place % COLUMNS, 1, width)
            if self._why_not:
                row.button.setEnabled(False)
                row.button.setToolTip(self._why_not)
        self.setVisible(bool(self.rows))
