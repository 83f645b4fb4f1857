"""Does a what-if say exactly what was set, and does everything else follow the market?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from core.positions.leg import parse_fill
from core.risk_state import ProposedFill, RiskAsked
from gui.risk.dial import Dial
from gui.risk.ticket import TicketField
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
    assert [dial.box.value() for dial in bar.dials] == [5000.0, 18.0, 0.0]
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


def test_reset_frees_everything_but_the_part_that_is_looked_at(bar: WhatIf, asked: list[RiskAsked]) -> None:
    bar.reset()
    assert asked == []  # nothing was set, so nothing is asked anew
    bar.scope.setCurrentIndex(1)
    bar.put(4700.0, 30.0)
    bar.responses["low"].click()
    bar.layers[1].click()
    bar.reset()
    assert asked[-1] == RiskAsked(condor_id=1)


def test_one_value_is_freed_by_its_own_button(qtbot: QtBot) -> None:
    dial, told = Dial("SPX", "", 1.0, 1), []
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
    dial = Dial("days on", "d", 1.0, 1)
    qtbot.addWidget(dial)
    dial.set_range(0, 28)
    dial.box.setValue(20)
    dial.set_range(0, 12)
    assert dial.value == 12


def test_a_ticket_is_read_as_a_fill_is_typed(qtbot: QtBot) -> None:
    ticket, told = TicketField(), []
    qtbot.addWidget(ticket)
    ticket.changed.connect(lambda: told.append(ticket.fills))
    ticket.show_condors([2])
    texts = [ticket.holding.itemText(row) for row in range(ticket.holding.count())]
    assert texts[:4] == [f"L{number} of the book" for number in (1, 2, 3, 4)]
    assert texts[4:6] == ["condor 2", "L1 of condor 2"]
    first, second = "+2 VIX 2027-01-20 C 26 @ 1.65", "-2 VIX 2027-01-20 C 40 @ 0.55"
    ticket.line.setText(f"{first}; {second};")
    ticket.holding.setCurrentIndex(5)
    ticket.line.editingFinished.emit()
    assert told == [tuple(ProposedFill(parse_fill(text), 1, 2) for text in (first, second))]


def test_a_ticket_that_cannot_be_read_proposes_nothing_and_says_why(qtbot: QtBot) -> None:
    ticket = TicketField()
    qtbot.addWidget(ticket)
    ticket.line.setText("two calls")
    ticket.line.editingFinished.emit()
    assert ticket.fills == ()
    assert ticket.trouble.text().startswith("✕ leg 'two calls'")
    ticket.clear()
    assert (ticket.line.text(), ticket.trouble.text()) == ("", "")
