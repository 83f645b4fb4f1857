"""Does the map show each cell's dollars where its SPX and VIX are, with signs and a line at zero?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from gui.risk.heat import HeatChart, dollars_at
from tests.gui.risk.risks import HEAT, bare_at_expiry, risk, what_if

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> HeatChart:
    chart = HeatChart(theme)
    qtbot.addWidget(chart)
    chart.resize(700, 420)
    chart.show()
    chart.show_state(risk())
    return chart


def test_the_dollars_of_a_place(chart: HeatChart) -> None:
    # VIX 30, SPX 5000: the condor keeps 1,342 and the calls bring 400 (30 - 19 - 1.90)
    assert dollars_at(HEAT, QPointF(5000, 30)) == pytest.approx(1342 + 400 * 9.1)
    assert dollars_at(HEAT, QPointF(4400, 10)) == pytest.approx(-3658 - 760)
    assert dollars_at(HEAT, QPointF(3000, 30)) is None
    assert chart.point_at(QPointF(5000, 30)) == "SPX 5,000  VIX 30.0  +5.0k"
    assert chart.point_at(None) == ""


def test_gain_and_loss_are_painted_in_their_colours(chart: HeatChart, theme: Theme) -> None:
    chart.fit(everything=True)
    chart.labels.setVisible(False)
    image = chart.view.grab().toImage()
    for spx, vix, role, other in ((5000.0, 55.0, "gain", "loss"), (4100.0, 12.0, "loss", "gain")):
        place = chart.view.mapFromScene(chart.box.mapViewToScene(QPointF(spx, vix)))
        colour = image.pixelColor(place)
        red_less_green = colour.red() - colour.green()
        assert (red_less_green < 0) == (role == "gain"), (spx, vix, colour.name(), other)


def test_the_line_of_zero_lies_where_the_dollars_are_zero(chart: HeatChart) -> None:
    spx, vix = chart.zero.getData()
    dollars = bare_at_expiry(spx) + 400 * (np.maximum(vix - 19, 0) - 1.90)
    # a cell is 20 points wide, over which a wing of 100 dollars a point bends once: within half of that
    assert np.abs(dollars).max() < 1000
    level = np.abs(spx - 4200) < 30
    assert vix[level] == pytest.approx(30.045, abs=0.05)  # 3,658 / 400 + 20.90


def test_the_market_and_the_what_if_are_marked(chart: HeatChart) -> None:
    assert chart.labels.market == (5000.0, 18.0)
    assert chart.labels.what_if is None
    chart.show_state(what_if())
    assert chart.labels.what_if == (4800.0, pytest.approx(23.9))


def test_a_double_click_asks_what_if_it_were_there(qtbot: QtBot, chart: HeatChart) -> None:
    chart.fit(everything=True)
    place = chart.view.mapFromScene(chart.box.mapViewToScene(QPointF(4500, 40)))
    with qtbot.waitSignal(chart.chosen) as told:
        qtbot.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [pytest.approx(4500, abs=5), pytest.approx(40, abs=0.3)]


def test_home_shows_what_is_near_and_end_everything(qtbot: QtBot, chart: HeatChart) -> None:
    qtbot.keyClick(chart.view, Qt.Key.Key_End)
    assert chart.box.viewRange()[0] == pytest.approx([4000, 5600])
    qtbot.keyClick(chart.view, Qt.Key.Key_Home)
    low, high = chart.box.viewRange()[0]
    assert 4000 < low < HEAT.cloud_spx.min() < HEAT.cloud_spx.max() < high < 5600


def test_a_map_that_is_gone_leaves_nothing_behind(chart: HeatChart) -> None:
    chart.clear()
    assert chart.point_at(QPointF(5000, 30)) == ""
    assert chart.image.image is None
