"""Which session? A date to type, the next monthly expiries to pick, and a calendar in which closed days refuse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QMenu, QToolButton, QWidget, QWidgetAction

from core.market.calendar import OutsideCalendarError, spx_monthly_expiry, vix_expiries_after
from gui.widgets import line_field

if TYPE_CHECKING:
    from core.market.calendar import SessionCalendar
    from gui.theme import Theme

PICKS = 6
MONTHS_MARKED = 30


def next_spx_monthlies(day: date, count: int, calendar: SessionCalendar) -> list[date]:
    """Return the next monthly SPX expiries after the day, as far as the calendar reaches."""
    found: list[date] = []
    year, month = day.year, day.month
    while len(found) < count:
        try:
            expiry = spx_monthly_expiry(year, month, calendar)
        except OutsideCalendarError:
            break
        if expiry > day:
            found.append(expiry)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def next_vix_monthlies(day: date, count: int, calendar: SessionCalendar) -> list[date]:
    """Return the next monthly VIX expiries after the day, as far as the calendar reaches."""
    for wanted in range(count, 0, -1):
        try:
            return vix_expiries_after(day, wanted, calendar)
        except OutsideCalendarError:
            continue
    return []


class SessionField(QWidget):
    """A line for a date and a button that opens picks and calendar. `edited` tells of every change."""

    edited = Signal()

    def __init__(self, name: str, calendar: SessionCalendar, today: date, theme: Theme) -> None:
        super().__init__()
        self._calendar, self._today, self._theme = calendar, today, theme
        self.line = line_field(name, hint="YYYY-MM-DD", chars=12)
        self.line.textChanged.connect(lambda _text: self.edited.emit())
        self.button = QToolButton()
        self.button.setText("Pick")
        self.button.setAccessibleName(f"Pick {name.lower()}")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill_calendar)
        self.button.setMenu(self._menu)
        self._popup: QCalendarWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.offer(next_spx_monthlies(today, PICKS, calendar))

    def offer(self, days: list[date]) -> None:
        """Offer these days as quick picks, each with its calendar days from today."""
        self._menu.clear()
        self._popup = None
        for day in days:
            action = self._menu.addAction(f"{day:%Y-%m-%d  %a}  {(day - self._today).days} days")
            action.triggered.connect(lambda _checked=False, picked=day: self.line.setText(picked.isoformat()))
        self._menu.addSeparator()

    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def _fill_calendar(self) -> None:
        """Make the calendar when it is first wanted: its closed days greyed and refused."""
        if self._popup is not None:
            return
        self._popup = QCalendarWidget()
        self._popup.setAccessibleName("Calendar of sessions")
        self._popup.setMinimumDate(_qdate(self._calendar.first))
        self._popup.setMaximumDate(_qdate(self._calendar.last))
        self._popup.setSelectedDate(_qdate(self._today))
        self._popup.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self._grey_closed_days(self._popup)
        self._popup.clicked.connect(self._take)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self._popup)
        self._menu.addAction(action)

    def _grey_closed_days(self, popup: QCalendarWidget) -> None:
        closed = QTextCharFormat()
        closed.setForeground(QColor(self._theme.text_disabled))
        closed.setFontStrikeOut(True)
        start = np.datetime64(self._today)
        days = np.arange(start, start + np.timedelta64(31 * MONTHS_MARKED, "D"))
        for day in np.setdiff1d(days, self._calendar.days):
            popup.setDateTextFormat(_qdate(day.item()), closed)

    def _take(self, picked: QDate) -> None:
        """Take a day that is a session; a click on a closed day does nothing."""
        day = date(picked.year(), picked.month(), picked.day())
        if self._calendar.is_session(day):
            self.line.setText(day.isoformat())
            self._menu.close()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
