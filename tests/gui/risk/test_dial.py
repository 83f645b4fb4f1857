"""Do slider and number move together, and follow the market until one is set?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.risk.dial import Dial

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_one_value_is_freed_by_its_own_button(qtbot: QtBot) -> None:
    dial, told = Dial("SPX", "", 1.0), []
    qtbot.addWidget(dial)
    dial.changed.connect(lambda: told.append(dial.value))
    dial.set_range(3500, 6000)
    assert not dial.free_button.isEnabled()
    dial.box.setValue(4000)
    dial.free_button.click()
    assert told == [4000.0, None]
    dial.follow(5000.0)
    assert dial.box.value() == 5000.0


def test_a_value_that_is_set_is_kept_inside_a_new_range(qtbot: QtBot) -> None:
    dial = Dial("days on", "d", 1.0)
    qtbot.addWidget(dial)
    dial.set_range(0, 28)
    dial.box.setValue(20)
    dial.set_range(0, 12)
    assert dial.value == 12


def test_one_without_a_value_in_the_market_says_that_it_is_off(qtbot: QtBot) -> None:
    dial = Dial("SSR", "", 0.1, free_text="off")
    qtbot.addWidget(dial)
    dial.set_range(0, 2)
    assert dial.label.text() == "SSR off"
    dial.box.setValue(1.0)
    assert dial.label.text() == "SSR"
    dial.free_button.click()
    assert dial.label.text() == "SSR off"
