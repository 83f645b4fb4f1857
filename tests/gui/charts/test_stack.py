from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.charts.pasts import full_past, nothing, past, playbook

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from gui.charts.stack import PaneStack

LENGTH = 300


@pytest.fixture
def full(stack: PaneStack) -> PaneStack:
    """The panes with 300 sessions."""
    stack.fill(full_past(LENGTH), playbook())
    stack.view.grab()
    return stack


def ends(stack: PaneStack) -> list[tuple[float, float]]:
    return [tuple(round(end, 6) for end in pane.box.viewRange()[0]) for pane in stack.panes]


def test_the_first_fill_shows_a_year(full: PaneStack) -> None:
    assert (full.span.first, full.span.last) == (48, 305)  # 252 sessions and 2 % of room
    assert len(set(ends(full))) == 1


def test_a_wheel_over_one_pane_zooms_all_of_them_and_only_in_x(full: PaneStack) -> None:
    before, box = full.span, full.vix.box
    place = box.mapToScene(box.boundingRect().center())
    at = QPointF(full.view.mapFromScene(place))
    event = QWheelEvent(
        at,
        QPointF(full.view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(full.view.viewport(), event)
    assert full.span.x1 - full.span.x0 < 0.9 * (before.x1 - before.x0)
    assert len(set(ends(full))) == 1
    low, high = full.edr.value_range(full.span)
    assert full.edr.box.viewRange()[1] == pytest.approx([low, high])


def test_values_are_scaled_to_what_is_in_view(full: PaneStack) -> None:
    full.show_range(99.5, 119.5)  # VIX is 10 + 10 EDR, EDR runs from 0.5 to 1.2 over 300 sessions
    vix = 15 + 7 * np.array([100, 119]) / 299
    mean = vix - 1
    low, high = full.vix.box.viewRange()[1]
    margin = 0.06 * (vix[1] - mean[0])
    assert (low, high) == pytest.approx((mean[0] - margin, vix[1] + margin))


def test_the_ladder_is_always_in_view(full: PaneStack) -> None:
    full.show_range(-0.5, 29.5)  # EDR from 0.50 to 0.57
    low, high = full.edr.box.viewRange()[1]
    assert low < 0.5
    assert high > 1.10
    assert full.edr.backdrop.levels == (0.9, 0.95, 1.0, 1.05)


def test_spx_fills_the_pane_on_its_own_scale(full: PaneStack) -> None:
    span = full.span
    spx = full.breadth.spx
    top = spx.gain * spx.extremes(span)[1] + spx.offset
    bottom = spx.gain * spx.extremes(span)[0] + spx.offset
    low, high = full.breadth.box.viewRange()[1]
    assert low < bottom < low + 0.1 * (high - low)
    assert low + 0.8 * (high - low) < top < high
    first, last = full.breadth.spx_scale.ticks[0], full.breadth.spx_scale.ticks[-1]
    assert spx.extremes(span)[0] - 60 < first < last < spx.extremes(span)[1] + 60


def test_all_panes_share_both_edges_and_only_the_lowest_has_dates(full: PaneStack) -> None:
    boxes = [pane.rectangle() for pane in full.panes]
    assert len({(box.left(), box.right()) for box in boxes}) == 1
    dates = full.dates.sceneBoundingRect()
    assert dates.top() >= boxes[-1].bottom()
    assert (dates.left(), dates.right()) == pytest.approx((boxes[0].left(), boxes[0].right()))


def test_the_limits_hold(full: PaneStack) -> None:
    full.show_range(-500, -100)
    assert full.span.x0 == -0.5
    full.show_range(5000, 6000)
    assert full.span.x1 == pytest.approx(299.5 + 6)
    full.show_last(0)
    assert (full.span.first, full.span.last) == (0, 305)


def test_the_mouse_points_at_a_session_in_all_panes(full: PaneStack, qtbot: QtBot) -> None:
    box = full.layers.rectangle()
    x = box.left() + full.span.pixel(200)
    place = full.view.mapFromScene(QPointF(x, box.center().y()))
    with qtbot.waitSignal(full.pointed):
        QTest.mouseMove(full.view.viewport(), place)
    assert full.pointed_index == 200
    line = full.crosshair.boundingRect()
    assert line.center().x() == pytest.approx(x, abs=1)
    assert line.top() < full.edr.rectangle().top()
    assert line.bottom() > box.bottom() - 1
    assert full.dates.text_of(200) == "Mon 2018-10-08"
    assert "VIX 19.68 points" in [piece.text for piece in full.vix.header.pieces]  # 15 + 7 * 200 / 299


def test_a_session_outside_the_view_is_brought_into_it(full: PaneStack) -> None:
    full.show_last(63)
    full.point_at(10)
    assert full.span.first <= 10 <= full.span.last
    assert full.pointed_index == 10


def test_new_closes_keep_the_view_at_the_end_or_where_it_was(full: PaneStack) -> None:
    full.fill(full_past(LENGTH + 5), playbook())
    assert full.span.last == 310
    full.show_range(49.5, 99.5)
    full.fill(full_past(LENGTH + 9), playbook())
    assert (full.span.x0, full.span.x1) == (49.5, 99.5)


def test_an_empty_past_is_shown_as_empty(full: PaneStack) -> None:
    full.fill(past(0), playbook())
    full.view.grab()
    assert full.shown_index == -1
    assert "EDR —" in full.words()


def test_a_past_without_one_series_shows_the_others(full: PaneStack) -> None:
    full.fill(past(100, vix=np.linspace(10, 20, 100), ad_line=nothing(100)), playbook())
    full.view.grab()
    assert full.words()[:2] == ["EDR —", "VIX 20.00 points"]
    assert "A/D —" in full.words()


def shown_scales(stack: PaneStack) -> list[list[float]]:
    return [*(pane.scale.ticks for pane in stack.panes), stack.breadth.spx_scale.ticks]


def test_without_data_there_are_no_scales_and_no_dates_but_a_sentence(stack: PaneStack) -> None:
    stack.fill(past(0), playbook())
    stack.view.grab()
    assert shown_scales(stack) == [[], [], [], [], []]
    assert stack.dates.shown == []
    assert [pane.backdrop.notice for pane in stack.panes] == [*["No data yet: import files (Ctrl+I)"] * 3, ""]
    stack.fill(full_past(LENGTH), playbook())
    assert [pane.backdrop.notice for pane in stack.panes] == [""] * 4
    assert [len(ticks) > 0 for ticks in shown_scales(stack)] == [True, True, True, False, True]
    assert len(stack.dates.shown) > 0


def ended(values: int, length: int) -> NDArray[np.float64]:
    return np.append(np.linspace(10, 20, values), nothing(length - values))


def test_data_that_end_long_ago_are_opened_at_their_last_session(stack: PaneStack) -> None:
    stack.fill(past(900, vix=ended(400, 900)), playbook())
    stack.view.grab()
    assert (stack.span.first, stack.span.last) == (148, 399)  # 252 sessions that end with the 400th
    assert stack.shown_index == 399
    assert "VIX 20.00 points" in stack.words()
    stack.show_last(63)
    assert (stack.span.first, stack.span.last) == (337, 399)
    stack.show_last(0)
    assert (stack.span.first, stack.span.last) == (0, 399)
    stack.show_range(600, 899)
    assert stack.shown_index == 899
    assert stack.vix.scale.ticks == []


def test_newer_data_move_a_view_that_stood_at_the_last_values(stack: PaneStack) -> None:
    stack.fill(past(900, vix=ended(400, 900)), playbook())
    stack.fill(past(900, vix=np.linspace(10, 20, 900)), playbook())
    assert (stack.span.first, stack.span.last) == (648, 905)


def test_a_day_that_is_missing_still_ends_the_view_with_the_last_session(stack: PaneStack) -> None:
    stack.fill(past(900, vix=ended(898, 900)), playbook())
    assert stack.span.last == 905
    assert stack.shown_index == 899
