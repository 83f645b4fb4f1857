"""Can a what-if be taken for the market? Not by its frame, not by its line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from core.market.figure import known
from core.risk_state import RiskAsked
from gui.risk.frame import StatusLine, WhatIfFrame
from tests.gui.risk.risks import risk, what_if

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

EDR_POINTS = known(50.0, "points")


def test_a_what_if_is_hatched_and_named_and_the_market_is_not(qtbot: QtBot, any_theme: Theme) -> None:
    frame, line = WhatIfFrame(any_theme), StatusLine(any_theme, lambda: None)
    for widget in (frame, line):
        qtbot.addWidget(widget)
        widget.resize(300, 60)
    amber = QColor(any_theme.amber)

    def hatched() -> int:
        image = frame.grab().toImage()
        return sum(image.pixelColor(x, y) == amber for x in range(300) for y in range(5))

    line.show_state(risk())
    assert hatched() == 0
    assert line.title.text() == "SIMULATED Market"
    assert line.back.isHidden()
    frame.mark(what_if=True)
    line.show_state(what_if())
    assert hatched() > 100
    assert line.title.text() == "SIMULATED WHAT-IF"
    assert line.text.full_text == "SPX 4,800.00, in 10 days, high VIX response: not the market"
    assert not line.back.isHidden()


def test_one_condor_alone_is_no_what_if_but_is_said(qtbot: QtBot, theme: Theme) -> None:
    line = StatusLine(theme, lambda: None)
    qtbot.addWidget(line)
    line.show_state(risk(RiskAsked(condor_id=2), is_simulated=False))
    assert line.title.text() == "Market"
    assert line.text.full_text == "as it stands 2026-11-20 16:00 ET, condor 2 alone"
