"""Does the strip fit, repaint only what changed, and ask for a layer?"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt

from gui.glance.cell import GlanceCell
from gui.glance.strip import GlanceStrip
from tests.gui.states import STATE, simulated_state, stale_state

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

CELLS = ("spx", "vix", "edr", "breadth", "curve", "layer1", "layer2", "layer3", "layer4", "nearest", "age")


@pytest.fixture
def strip(qtbot: QtBot, any_theme: Theme) -> GlanceStrip:
    strip = GlanceStrip(any_theme)
    qtbot.addWidget(strip)
    strip.show_state(STATE)
    strip.resize(1600, strip.sizeHint().height())
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


class Paints(QObject):
    """Which widgets were painted since the last look?"""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.seen: list[str] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - a Qt method
        if event.type() == QEvent.Type.Paint:
            self.seen.append(watched.objectName())
        return False


def test_all_cells_fit_side_by_side_at_1600_pixels(strip: GlanceStrip) -> None:
    assert strip.minimumSizeHint().width() <= 1600
    cells = [strip.cell(key) for key in CELLS]
    for left, right in pairwise(cells):
        assert left.geometry().right() < right.geometry().left()
    assert cells[-1].geometry().right() < 1600
    assert all(cell.width() >= cell.sizeHint().width() for cell in cells), "a cell is cut short"


def test_a_quote_repaints_only_the_cells_that_say_something_else(strip: GlanceStrip, qtbot: QtBot) -> None:
    paints = Paints(*(strip.cell(key) for key in CELLS))
    strip.show_state(replace(STATE, vix=replace(STATE.vix, value=17.32)))
    qtbot.waitUntil(lambda: bool(paints.seen))
    assert set(paints.seen) == {"glance_vix"}


def test_the_same_state_repaints_nothing(strip: GlanceStrip, qtbot: QtBot) -> None:
    paints = Paints(*(strip.cell(key) for key in CELLS))
    strip.show_state(replace(STATE))
    strip.cell("age").update()
    qtbot.waitUntil(lambda: bool(paints.seen))
    assert set(paints.seen) == {"glance_age"}


def test_a_width_never_shrinks_so_that_digits_do_not_dance(strip: GlanceStrip) -> None:
    before = strip.cell("spx").sizeHint().width()
    strip.show_state(replace(STATE, spx=replace(STATE.spx, value=999.0)))
    assert strip.cell("spx").sizeHint().width() == before


def test_click_and_enter_on_a_layer_ask_for_it(strip: GlanceStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.layer_requested) as asked:
        qtbot.mouseClick(strip.cell("layer3"), Qt.MouseButton.LeftButton)
    assert asked.args == [3]
    with qtbot.waitSignal(strip.layer_requested) as asked:
        qtbot.keyClick(strip.cell("layer2"), Qt.Key.Key_Return)
    assert asked.args == [2]
    with qtbot.assertNotEmitted(strip.layer_requested):
        qtbot.mouseClick(strip.cell("spx"), Qt.MouseButton.LeftButton)


def test_simulated_data_say_so(strip: GlanceStrip) -> None:
    assert not strip.is_simulated
    strip.show_state(simulated_state())
    assert strip.is_simulated
    strip.show_state(STATE)
    assert not strip.is_simulated


def test_each_cell_is_spoken_and_explained(strip: GlanceStrip) -> None:
    strip.show_state(stale_state())
    for key in CELLS:
        cell = strip.cell(key)
        assert isinstance(cell, GlanceCell)
        assert cell.accessibleName()
    assert "older than 30 min" in strip.cell("vix").accessibleName()
    assert strip.cell("vix").toolTip().startswith("<qt>")


def test_markup_in_a_reason_stays_text(strip: GlanceStrip) -> None:
    hostile = replace(STATE.vix, value=None, unknown="<b>file</b>\n<img src=x>")
    strip.show_state(replace(STATE, vix=hostile))
    assert "&lt;b&gt;file&lt;/b&gt;<br>&lt;img src=x&gt;" in strip.cell("vix").toolTip()


def test_zone_shape_is_painted_in_its_colour(strip: GlanceStrip, any_theme: Theme) -> None:
    image = strip.cell("edr").grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(10, 40) for y in range(image.height())}
    assert any_theme.amber in colours
