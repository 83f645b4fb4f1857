"""Does the panel explain the layer asked for, by button, key and from outside?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from core.playbook.verdict import PositionState
from gui.why.panel import NO_STATE, WhyPanel, held_text
from tests.gui.states import LAYER_STATES, STATE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def panel(qtbot: QtBot, any_theme: Theme) -> WhyPanel:
    panel = WhyPanel(any_theme)
    qtbot.addWidget(panel)
    panel.resize(560, 430)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_before_a_journal_is_open_it_says_so(panel: WhyPanel) -> None:
    assert panel.head.text() == NO_STATE


def test_it_names_state_lack_reason_and_holding(panel: WhyPanel) -> None:
    panel.show_state(STATE)
    panel.show_layer(2)
    assert panel.head.text() == "L2 middle: armed"
    assert panel.missing.text().startswith("To be confirmed: MACD of VIX bullish")
    assert panel.reason.text() == LAYER_STATES[1].trigger_reason
    spread = "+4 VIX 2018-04-18 C 20, -4 VIX 2018-04-18 C 35"
    assert f"{spread} together break even at VIX 21.88, SPX 2,670.5" in panel.held.text()
    assert panel.since.text() == "since 2018-02-01, now confirmed*"


def test_without_rules_the_one_reason_is_said_once(panel: WhyPanel) -> None:
    reason = "Unknown: no market data: import SPX, VIX and VIX9D."
    blind = tuple(replace(layer, why=(), trigger_reason=reason) for layer in STATE.layers)
    panel.show_state(replace(STATE, layers=blind))
    panel.show_layer(3)
    assert panel.missing.text() == reason
    assert not panel.reason.isVisible()


def test_keys_and_buttons_ask_for_a_layer(panel: WhyPanel, qtbot: QtBot) -> None:
    panel.show_state(STATE)
    with qtbot.waitSignal(panel.layer_requested) as asked:
        qtbot.keyClick(panel, Qt.Key.Key_3)
    assert asked.args == [3]
    assert panel.head.text() == "L3 outer: unknown"
    with qtbot.waitSignal(panel.layer_requested) as asked:
        qtbot.mouseClick(panel.tab(4), Qt.MouseButton.LeftButton)
    assert asked.args == [4]
    assert panel.head.text() == "L4 last rung: off"


def test_turned_from_outside_it_asks_nothing(panel: WhyPanel, qtbot: QtBot) -> None:
    panel.show_state(STATE)
    with qtbot.assertNotEmitted(panel.layer_requested):
        panel.show_layer(2)
    assert panel.number == 2
    assert panel.tab(2).isChecked()


def test_a_new_state_is_shown_for_the_same_layer(panel: WhyPanel) -> None:
    panel.show_state(STATE)
    panel.show_layer(3)
    renamed = replace(LAYER_STATES[2], name="far out", trigger_reason="Unknown: no breadth")
    panel.show_state(replace(STATE, layers=(*LAYER_STATES[:2], renamed, LAYER_STATES[3])))
    assert panel.head.text() == "far out: unknown"
    assert panel.reason.text() == "Unknown: no breadth"


def test_tabs_speak_trigger_and_position(panel: WhyPanel) -> None:
    panel.show_state(STATE)
    assert panel.tab(1).accessibleName() == "L1 inner: confirmed, live"
    assert panel.tab(3).accessibleName() == "L3 outer: unknown, none"


def test_a_layer_without_a_fill_says_so() -> None:
    assert held_text(LAYER_STATES[2]) == "Position: none."
    assert held_text(replace(LAYER_STATES[0], position=PositionState.CLOSED)) == "Position: closed."
    assert "C 35: break-even unknown" in held_text(replace(LAYER_STATES[1], wholes=((),)))


def test_the_theme_can_change_while_shown(panel: WhyPanel, any_theme: Theme, qtbot: QtBot) -> None:
    panel.show_state(STATE)
    assert not has_colour(panel, "#123456")
    panel.set_theme(replace(any_theme, gain="#123456"))
    qtbot.waitUntil(lambda: has_colour(panel, "#123456"))


def has_colour(panel: WhyPanel, colour: str) -> bool:
    image = panel.grab().toImage()
    wanted = QColor(colour).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
