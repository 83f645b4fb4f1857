"""Does the chart of the migration show what got better and what got worse?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.figure import known
from gui.risk.migration import MigrationChart
from tests.gui.risk.painted import columns_of
from tests.gui.risk.risks import MIGRATION

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

EDR_POINTS = known(50.0, "points")


def test_the_migration_paints_better_and_worse_in_their_colours(qtbot: QtBot, theme: Theme) -> None:
    chart = MigrationChart(theme)
    qtbot.addWidget(chart)
    chart.resize(700, 160)
    chart.show_rows(MIGRATION)
    image, line = chart.grab().toImage(), chart.fontMetrics().height() + 4
    second = line * 2 + line // 2  # a head, the bare row, then the first layer's
    gains, losses = columns_of(image, second, theme.gain), columns_of(image, second, theme.loss)
    third = 700 / 3
    assert gains
    assert all(x < 1.2 * third for x in gains)  # the put side, in the first column, gained
    assert any(1.2 * third < x < 2.2 * third for x in losses)  # the call side, in the second, lost
    assert any(x > 2.2 * third for x in losses)  # and the least P/L is a loss
    assert "call side 7.60 points nearer" in chart.accessibleDescription()
