"""Are the monthlies those of the exchange, and does a closed day stay unpicked?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QWidgetAction

from gui.entry.session_field import SessionField, next_spx_monthlies, next_vix_monthlies
from tests.gui.states import sessions_of_2018

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

TODAY = date(2018, 2, 2)


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> SessionField:
    field = SessionField("Expiry", sessions_of_2018(), TODAY, theme)
    qtbot.addWidget(field)
    return field


def popup(field: SessionField) -> QCalendarWidget:
    menu = field.button.menu()
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if isinstance(action, QWidgetAction))
    shown = action.defaultWidget()
    assert isinstance(shown, QCalendarWidget)
    return shown


def test_the_next_monthlies_of_spx_and_vix() -> None:
    # third Fridays of 2018, and the Cboe's published VIX settlement days of the same year
    assert next_spx_monthlies(TODAY, 3, sessions_of_2018()) == [
        date(2018, 2, 16), date(2018, 3, 16), date(2018, 4, 20),
    ]  # fmt: skip
    assert next_vix_monthlies(TODAY, 3, sessions_of_2018()) == [
        date(2018, 2, 14), date(2018, 3, 21), date(2018, 4, 18),
    ]  # fmt: skip


def test_at_the_end_of_the_calendar_there_are_fewer() -> None:
    assert next_spx_monthlies(date(2018, 9, 1), 6, sessions_of_2018()) == [date(2018, 9, 21), date(2018, 10, 19)]
    assert next_vix_monthlies(date(2018, 10, 20), 6, sessions_of_2018()) == []


def test_a_quick_pick_fills_the_line(field: SessionField, qtbot: QtBot) -> None:
    picks = [action for action in field.button.menu().actions() if action.text()]
    assert picks[1].text() == "2018-03-16  Fri  42 days"
    with qtbot.waitSignal(field.edited):
        picks[1].trigger()
    assert field.text() == "2018-03-16"


def test_a_session_is_taken_from_the_calendar_and_a_closed_day_is_not(field: SessionField) -> None:
    shown = popup(field)
    shown.clicked.emit(QDate(2018, 2, 19))  # Washington's Birthday
    assert field.text() == ""
    shown.clicked.emit(QDate(2018, 2, 20))
    assert field.text() == "2018-02-20"


def test_closed_days_are_struck_out_not_only_grey(field: SessionField) -> None:
    shown = popup(field)
    assert shown.dateTextFormat(QDate(2018, 2, 19)).fontStrikeOut()
    assert shown.dateTextFormat(QDate(2018, 2, 24)).fontStrikeOut()
    assert not shown.dateTextFormat(QDate(2018, 2, 20)).fontStrikeOut()
    assert shown.maximumDate() == QDate(2018, 10, 31)
