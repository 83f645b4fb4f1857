from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.state import Alert
from gui.alerts.bar import AlertsBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

T0 = datetime(2018, 2, 2, 19, 5, tzinfo=UTC)
RUNG = Alert("rung:3:2018-02-02", "EDR up to rung 3", "EDR 1.02 % went up from rung 2 to rung 3.", T0)
STALE = Alert("stale:VIX:2018-02-02", "VIX is unknown", "VIX: last quote is 31 min old.", T0)


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> AlertsBar:
    bar = AlertsBar(theme)
    qtbot.addWidget(bar)
    bar.resize(1600, 60)
    return bar


def test_the_bar_takes_no_room_without_an_alert(bar: AlertsBar) -> None:
    assert bar.isHidden()
    bar.show_alerts((RUNG,))
    assert not bar.isHidden()
    bar.show_alerts(())
    assert bar.isHidden()


def test_each_alert_says_what_why_and_when(bar: AlertsBar) -> None:
    bar.show_alerts((RUNG, STALE))
    assert [row.alert for row in bar.rows] == [RUNG, STALE]
    assert bar.rows[0].text.full_text == "EDR 1.02 % went up from rung 2 to rung 3.  2018-02-02 14:05 ET"
    assert bar.rows[1].accessibleName() == "Alert: VIX is unknown"


def test_acknowledging_asks_once_until_it_is_released(qtbot: QtBot, bar: AlertsBar) -> None:
    asked: list[Alert] = []
    bar.acknowledge_requested.connect(asked.append)
    bar.show_alerts((RUNG, STALE))
    bar.rows[1].button.click()
    bar.rows[1].button.click()
    assert asked == [STALE]
    bar.release()
    bar.rows[1].button.click()
    assert asked == [STALE, STALE]


def test_the_key_acknowledges_the_first(bar: AlertsBar) -> None:
    asked: list[Alert] = []
    bar.acknowledge_requested.connect(asked.append)
    bar.acknowledge_first()
    bar.show_alerts((RUNG, STALE))
    bar.acknowledge_first()
    assert asked == [RUNG]


def test_rows_are_made_anew_only_when_the_alerts_differ(bar: AlertsBar) -> None:
    bar.show_alerts((RUNG,))
    row = bar.rows[0]
    bar.show_alerts((replace(RUNG),))
    assert bar.rows[0] is row


def test_a_journal_that_cannot_be_written_says_so_at_the_button(bar: AlertsBar) -> None:
    bar.show_alerts((RUNG,))
    bar.set_why_not("in use by process 7")
    assert not bar.rows[0].button.isEnabled()
    assert "in use by process 7" in bar.rows[0].button.toolTip()
    bar.release()
    assert not bar.rows[0].button.isEnabled()
