from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor

from gui.charts.curve import Curve
from gui.charts.span import Span

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 400, 100
Scene = tuple[pg.GraphicsView, pg.ViewBox, Curve]


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """A curve in a view box that fills a view, white on black."""
    view = pg.GraphicsView(background="k")
    qtbot.addWidget(view)
    box, curve = pg.ViewBox(enableMenu=False, defaultPadding=0), Curve()
    view.setCentralItem(box)
    box.addItem(curve, ignoreBounds=True)
    curve.dress("white")
    view.resize(WIDTH, HEIGHT)
    return view, box, curve


def picture(scene: Scene, x0: float, x1: float, low: float, high: float) -> QImage:
    view, box, curve = scene
    view.show()
    box.setRange(xRange=(x0, x1), yRange=(low, high), padding=0)
    curve.show_scale((x1 - x0) / WIDTH)
    return view.grab().toImage()


def inked(image: QImage, x: int) -> list[int]:
    """The rows of a pixel column in which the line leaves something."""
    return [y for y in range(image.height()) if QColor(image.pixel(x, y)).lightness() > 60]


def test_a_gap_is_left_empty(scene: Scene) -> None:
    values = np.full(400, 5.0)
    values[150:250] = np.nan
    scene[2].fill(values)
    image = picture(scene, 0, 400, 0, 10)
    empty = {x for x in range(WIDTH) if not inked(image, x)}
    assert set(range(152, 248)) <= empty
    assert not empty & {*range(3, 148), *range(252, 395)}


def test_a_spike_of_one_session_in_a_million_reaches_its_height(scene: Scene) -> None:
    values = np.full(1_000_000, 1.0)
    values[500_000] = 9.0
    scene[2].fill(values)
    image = picture(scene, 0, 1_000_000, 0, 10)
    column = [y for x in (199, 200, 201) for y in inked(image, x)]
    assert min(column) == pytest.approx(10, abs=2)  # 9 of 10 in 100 pixels
    assert max(column) == pytest.approx(90, abs=2)


def test_a_value_between_gaps_is_seen(scene: Scene) -> None:
    scene[2].fill(np.array([np.nan, np.nan, 5.0, np.nan, np.nan]))
    image = picture(scene, 0, 4, 0, 10)
    assert any(inked(image, x) for x in range(195, 205))


def test_two_scales_share_one_box(scene: Scene) -> None:
    scene[2].fill(np.array([2500.0, 2600.0]))
    scene[2].map_onto(0.1, -250.0)  # 2500 at 0, 2600 at 10
    image = picture(scene, 0, 1, 0, 10)
    assert inked(image, 2)[0] > 95
    assert inked(image, WIDTH - 3)[0] < 5
    assert scene[2].value_at(0) == 2500


def test_what_is_put_after_the_closes_is_ringed_and_marked(scene: Scene) -> None:
    curve = scene[2]
    curve.fill(np.full(10, 5.0))
    before = picture(scene, 0, 12, 0, 10)
    curve.put(11, 5.0)
    after = picture(scene, 0, 12, 0, 10)
    at = round(11 / 12 * WIDTH)
    assert not inked(before, at)
    assert len({y for x in range(at - 4, at + 5) for y in inked(after, x)}) >= 6  # a ring, not a point
    assert np.isnan(curve.value_at(10))
    assert [curve.mark_at(i) for i in (9, 10, 11, 12)] == ["", "*", "*", ""]
    curve.cut(10)
    assert curve.levels.length == 10
    assert not inked(picture(scene, 0, 12, 0, 10), at)


def test_only_what_is_in_view_counts_for_the_extremes() -> None:
    curve = Curve()
    curve.fill(np.arange(100.0))
    assert curve.extremes(Span(9.5, 19.5, 500)) == (10, 19)
    assert np.isnan(curve.value_at(-1))
    assert np.isnan(curve.value_at(100))
