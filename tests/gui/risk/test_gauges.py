"""Does a gauge stand where its value is, and say in words whether that is within its bounds?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.market.figure import known, unknown
from gui.risk.gauges import GaugeBar, Gauges, bound_text, gauge_text, within_words
from tests.gui.risk.painted import columns_of
from tests.gui.risk.risks import GAUGES, dollars

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

EDR_POINTS = known(50.0, "points")


def test_a_needle_stands_where_its_value_is_between_the_bounds(qtbot: QtBot, theme: Theme) -> None:
    bar = GaugeBar(theme)
    qtbot.addWidget(bar)
    bar.resize(202, bar.sizeHint().height())
    bar.show_gauge(GAUGES[0])  # -182 within -250..250: the scale reaches from -375 to 375
    image = bar.grab().toImage()
    filled = columns_of(image, 2, theme.text)
    assert sum(filled) / len(filled) == pytest.approx(1 + (375 - 182) / 750 * 200, abs=1.5)


def test_a_gauge_says_in_words_whether_it_is_within(qtbot: QtBot, theme: Theme) -> None:
    gauges = Gauges(theme)
    qtbot.addWidget(gauges)
    gauges.show_gauges(GAUGES)
    assert [row.within.text() for row in gauges.rows.values()] == [
        "✓ within", "✕ outside", "✓ within", "✕ outside", "no bound",
    ]  # fmt: skip
    assert bound_text(GAUGES[0]) == "bounds from -$250.00 to $250.00 (2.5 % of equity)"
    assert bound_text(GAUGES[2]) == "bounds from -$120.00 (-1,200 $ per $100k)"
    assert bound_text(GAUGES[4]) == "no bound in the seeds"
    lost = replace(GAUGES[0], value=unknown("no VX curve", "$"), is_within=None)
    gauges.show_gauges((lost, *GAUGES[1:]))
    assert gauges.rows["delta"].within.text() == "unknown"
    assert "no VX curve" in gauges.rows["delta"].bar.toolTip()


def test_a_ticket_shows_before_and_after() -> None:
    proposed = replace(GAUGES[0], before=dollars(-182), value=dollars(-96))
    assert gauge_text(proposed) == "-$182 → -$96"
    assert gauge_text(GAUGES[1]) == "+0.18 contracts"


def test_bounds_that_are_unknown_bound_nothing() -> None:
    gone = unknown("no account was stated", "$")
    gauge = replace(GAUGES[0], low=gone, high=gone, is_within=None, bound="1 % of the account")
    assert within_words(gauge) == ("bound unknown", "unknown")
    assert bound_text(gauge) == "1 % of the account"
    assert within_words(GAUGES[2]) == ("✓ within", "gain")
