"""Does the legend say what every curve says at one level, and choose which are seen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.figure import known
from gui.risk.curve_look import looks_of
from gui.risk.legend import Legend
from tests.gui.risk.risks import risk, what_if

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

EDR_POINTS = known(50.0, "points")


def test_the_legend_says_every_curve_at_one_level(qtbot: QtBot, theme: Theme) -> None:
    legend, state = Legend(theme), risk()
    qtbot.addWidget(legend)
    legend.show_state(state, looks_of(state.curves))
    legend.show_values(state, 300, is_pointed=True)  # the grid begins at 3500 in steps of 5
    assert legend.where.text() == "at SPX 5,000.0 (pointed at)"
    assert [label.text() for label in legend.rows["expiry"].values] == ["+$582", "+$582 to +$582", "+$1,342"]
    assert legend.rows["expiry"].switch.accessibleName() == "expiry 2026-12-18, path-dependent"
    assert "+4 VIX 2026-12-16 C 19" in legend.rows["expiry"].switch.toolTip()
    legend.show_values(state, None, is_pointed=False)
    assert legend.rows["now"].values[0].text() == "—"


def test_the_legend_chooses_curves_and_whose_break_evens_are_marked(qtbot: QtBot, theme: Theme) -> None:
    legend, state = Legend(theme), risk()
    qtbot.addWidget(legend)
    legend.show_state(state, looks_of(state.curves))
    assert (legend.shown >= {"now", "expiry"}, legend.marked) == (True, "expiry")
    with qtbot.waitSignal(legend.changed):
        legend.rows["now"].switch.click()
    assert "now" not in legend.shown
    with qtbot.waitSignal(legend.changed):
        legend.rows["day"].mark.click()
    assert legend.marked == "day"
    other = what_if()
    legend.show_state(other, looks_of(other.curves))
    assert [*legend.rows] == ["now", "chosen", "layer:2026-12-16", "expiry"]
    assert (legend.rows["now"].switch.isChecked(), legend.marked) == (False, "expiry")
