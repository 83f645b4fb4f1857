"""Do the curves, marks and crosshair stand where the worked example has them?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from gui.risk.payoff import PayoffChart, edr_words
from tests.gui.risk.risks import BARE_ROOTS, GRID, HEDGED_ROOTS, calls_at_expiry, no_curve, risk, what_if

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> PayoffChart:
    chart = PayoffChart(theme)
    qtbot.addWidget(chart)
    chart.resize(800, 420)
    chart.show()
    chart.show_state(risk())
    return chart


def drawn_ends(chart: PayoffChart) -> dict[float, int]:
    """Return on which side of the box each marked level is."""
    return {one.marker.level: one.side for one in chart.markers.placed()}


def test_bare_and_hedged_are_drawn_as_they_were_computed(chart: PayoffChart) -> None:
    x, y = chart._drawn["expiry"].hedged.getData()
    at = np.searchsorted(x, 4700.0)
    # the put wing is lost, 4 calls bring 400 (18 x (4700/5000)^-4.5 - 19 - 1.90)
    assert y[at] == pytest.approx(-3658 + calls_at_expiry(np.array([4700.0]), 4.5, 3.4)[0])
    assert chart._drawn["expiry"].bare.getData()[1][at] == pytest.approx(-3658)


def test_every_root_of_the_marked_curve_has_a_mark(chart: PayoffChart) -> None:
    assert [mark.level for mark in chart.markers.markers] == [*HEDGED_ROOTS, *BARE_ROOTS]
    chart.choose(chart.shown, "now")
    assert {mark.level for mark in chart.markers.markers} == set(BARE_ROOTS)


def test_a_root_out_of_view_waits_at_its_edge_and_is_brought_in(chart: PayoffChart) -> None:
    chart.show_x(4600, 5190)
    ends = drawn_ends(chart)
    assert (ends[4461.96], ends[4727.53], ends[5205.82]) == (-1, 0, 1)
    chart.bring(4461.96, chart.box.rect().center().x())
    assert sum(chart.x_range) / 2 == pytest.approx(4461.96)
    assert drawn_ends(chart)[4461.96] == 0


def test_a_waiting_root_is_dragged_by_the_mouse(qtbot: QtBot, chart: PayoffChart) -> None:
    chart.show_x(4600, 5300)
    waiting = next(one for one in chart.markers.placed() if one.side)
    assert waiting.marker.level == 4461.96
    view = chart.view
    start, end = (
        view.mapFromScene(chart.markers.mapToScene(place))
        for place in (waiting.plate.center(), QPointF(chart.box.rect().center().x(), waiting.tip.y()))
    )
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    low, high = chart.x_range
    assert low < 4461.96 < high


def test_a_double_click_brings_a_waiting_root_in(qtbot: QtBot, chart: PayoffChart) -> None:
    chart.show_x(4600, 5300)
    waiting = next(one for one in chart.markers.placed() if one.side)
    place = chart.view.mapFromScene(chart.markers.mapToScene(waiting.plate.center()))
    qtbot.mouseDClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    low, high = chart.x_range
    assert low < 4461.96 < high


def test_home_and_end_fit_what_is_near_and_every_root(qtbot: QtBot, chart: PayoffChart) -> None:
    qtbot.keyClick(chart.view, Qt.Key.Key_End)
    low, high = chart.x_range
    assert low < HEDGED_ROOTS[0] < HEDGED_ROOTS[-1] < high
    qtbot.keyClick(chart.view, Qt.Key.Key_Home)
    assert chart.x_range[0] > HEDGED_ROOTS[0]
    assert chart.x_range[0] < BARE_ROOTS[0] < 5000 < BARE_ROOTS[1] < chart.x_range[1]


def test_plus_and_minus_zoom_about_the_middle(qtbot: QtBot, chart: PayoffChart) -> None:
    chart.show_x(4500, 5500)
    qtbot.keyClick(chart.view, Qt.Key.Key_Plus)
    assert chart.x_range == pytest.approx((4600, 5400))
    qtbot.keyClick(chart.view, Qt.Key.Key_Minus)
    assert chart.x_range == pytest.approx((4500, 5500))


def test_the_crosshair_stands_on_the_grid_and_rings_every_shown_curve(chart: PayoffChart) -> None:
    chart.point_at(4733.0)
    assert chart.pointed_spx == 4735.0
    index = int(np.flatnonzero(GRID == 4735.0)[0])
    state = chart.state
    assert state is not None
    wanted = {curve.hedged[1][index] for curve in state.curves if curve.key in {"now", "expiry"}}
    assert {value for value, _ in chart.sight.rings} == wanted
    chart.point_at(None)
    assert chart.sight.pointed is None


def test_arrows_step_along_the_grid_from_where_spx_is(qtbot: QtBot, chart: PayoffChart) -> None:
    told: list[float] = []
    chart.pointed.connect(lambda point: told.append(point.x()))
    qtbot.keyClick(chart.view, Qt.Key.Key_Right)
    qtbot.keyClick(chart.view, Qt.Key.Key_PageDown)
    assert told == [5005.0, 4950.0]


def test_the_high_response_is_the_line_when_it_is_asked_for(chart: PayoffChart) -> None:
    chart.show_state(what_if())
    state = chart.state
    assert state is not None
    assert chart._drawn["expiry"].hedged.getData()[1] == pytest.approx(state.curves[-1].hedged[2])
    assert (chart.sight.market, chart.sight.what_if) == (5000.0, 4800.0)
    assert "day" not in chart._drawn  # the what-if's moment stands in place of the next day


def test_path_dependent_curves_are_dashed(chart: PayoffChart) -> None:
    styles = {key: look.hedged_pen(chart.theme).style() for key, look in chart.looks.items()}
    assert styles["expiry"] == Qt.PenStyle.DashLine
    assert styles["now"] == Qt.PenStyle.SolidLine
    assert len({look.role for look in chart.looks.values()}) == len(chart.looks)


def test_dollars_are_scaled_to_what_is_in_view(chart: PayoffChart) -> None:
    chart.show_x(4950, 5050)
    low, high = chart.box.viewRange()[1]
    assert low < 0 < high < 1600  # the condor's 1,342 and no more
    chart.show_x(3500, 6000)
    assert chart.box.viewRange()[1][1] > 5000


def test_what_is_unknown_is_not_drawn(chart: PayoffChart) -> None:
    chart.show_state(no_curve())
    chart.point_at(5000.0)
    assert [mark.level for mark in chart.markers.markers] == [*BARE_ROOTS]  # the condors alone are known
    assert chart.sight.rings == ()
    assert all(math.isfinite(end) for end in chart.box.viewRange()[1])


def test_the_strip_of_edr_is_named() -> None:
    assert edr_words(risk().edr_bands) == "   (strip: 1, 1.5, 2 EDR over 19 sessions)"
    assert edr_words(()) == ""
