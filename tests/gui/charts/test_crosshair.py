from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF

from gui.charts.crosshair import Crosshair
from tests.gui.charts.painted import columns_with, painted, rows_with

if TYPE_CHECKING:
    from gui.theme import Theme


def test_it_is_hidden_until_it_is_placed(theme: Theme) -> None:
    crosshair = Crosshair(theme)
    assert not crosshair.isVisible()
    crosshair.place(QLineF(50, 10, 50, 90), ((QPointF(50, 40), "series_vix"),))
    image = painted(crosshair, 100, 100)
    assert columns_with(image, theme.crosshair) == [50]
    assert set(rows_with(image, theme.crosshair)) <= set(range(10, 91))
    ringed = columns_with(image, theme.panel)
    assert 47 < min(ringed) <= max(ringed) < 53  # the ring is filled, so that the line's value shows
    assert crosshair.boundingRect().contains(QPointF(46, 40))
