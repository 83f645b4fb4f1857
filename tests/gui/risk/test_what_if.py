"""Does a what-if say exactly what was set, and does everything else follow the market?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.positions.leg import parse_fill
from core.risk_state import ProposedFill, RiskAsked
from gui.risk.what_if import WhatIf
from tests.gui.risk.risks import risk, what_if
from tests.gui.states import BOOK

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> WhatIf:
    bar = WhatIf(theme)
    qtbot.addWidget(bar)
    bar.show_book(BOOK)
    bar.show_state(risk())
    return bar


@pytest.fixture
def asked(bar: WhatIf) -> list[RiskAsked]:
    told: list[RiskAsked] = []
    bar.changed.connect(told.append)
    return told


def test_untouched_controls_ask_for_the_market_and_stand_where_it_is(bar: WhatIf) -> None:
    assert bar.asked == RiskAsked()
    assert [dial.box.value() for dial in bar.dials] == [5000.0, 18.0, 0.0, 0.0]
    assert bar.spx.slider.value() == 5000


def test_slider_and_number_set_the_same_value(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.vix.slider.setValue(253)
    assert bar.vix.box.value() == pytest.approx(25.3)
    bar.spx.box.setValue(4800.5)
    assert bar.spx.slider.value() == round(4800.5)
    assert asked[-1] == RiskAsked(spx=4800.5, vix=pytest.approx(25.3))


def test_arrow_keys_move_a_slider_by_one_step(qtbot: QtBot, bar: WhatIf, asked: list[RiskAsked]) -> None:
    qtbot.keyClick(bar.spx.slider, Qt.Key.Key_Right)
    assert asked == [RiskAsked(spx=5001.0)]
    qtbot.keyClick(bar.days.slider, Qt.Key.Key_PageUp)
    assert asked[-1] == RiskAsked(spx=5001.0, days=10.0)


def test_what_is_free_follows_the_picture_and_what_is_set_stays(bar: WhatIf) -> None:
    bar.days.slider.setValue(3)
    bar.show_state(what_if())
    assert bar.spx.box.value() == 4800.0
    assert bar.vix.box.value() == pytest.approx(23.9)
    assert bar.days.box.value() == 3.0
    assert bar.asked == RiskAsked(days=3.0)


def test_response_layers_and_scope(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.responses["high"].click()
    bar.layers[2].click()
    assert asked[-1] == RiskAsked(response="high", layers=frozenset({1, 3, 4}))
    assert [bar.scope.itemText(row) for row in range(bar.scope.count())] == [
        "whole book", "condor 1", "condor 2",
    ]  # fmt: skip
    bar.scope.setCurrentIndex(2)
    bar.scope.activated.emit(2)
    assert asked[-1].condor_id == 2


def test_the_skew_sticks_as_asked_for(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.ssr.slider.setValue(10)
    assert asked == [RiskAsked(ssr=1.0)]
    assert bar.ssr.box.maximum() == 2.0
    bar.reset()
    assert asked[-1] == RiskAsked()


def test_a_ticket_from_elsewhere_is_looked_at_alone(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.put(4700.0, 30.0)
    fills = (ProposedFill(parse_fill("+2 VIX 2027-01-20 C 26 @ 1.65"), 1, 1),)
    bar.propose(fills)
    assert asked[-1] == RiskAsked(ticket=fills)


def test_reset_frees_everything_but_the_part_that_is_looked_at(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.reset()
    assert asked == []  # nothing was set, so nothing is asked anew
    bar.scope.setCurrentIndex(1)
    bar.put(4700.0, 30.0)
    bar.responses["low"].click()
    bar.layers[1].click()
    bar.reset()
    assert asked[-1] == RiskAsked(condor_id=1)
