"""Does the small chart lose a spike, bridge a gap, or mark the wrong row? Strokes beside values in the test."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from core.market.series import Series
from db.market_rows import ChangedValue, Comparison
from gui.importing.chart import Line, line_of, strokes
from tests.core.market.exchange import calendar

BOX = QRectF(10, 0, 101, 100)


def line(values: list[float], new: list[bool] | None = None, changed: list[bool] | None = None) -> Line:
    count = len(values)
    flags = [np.array(one if one is not None else [False] * count) for one in (new, changed)]
    return Line("VIX", "", "", np.array(values, float), *flags)


def test_a_spike_among_ten_thousand_values_reaches_its_height() -> None:
    values = [10.0] * 10_000
    values[5_000] = 80.0
    lines, _ = strokes(line(values), BOX, 10, 80)
    assert min(stroke.y1() for stroke, _ in lines) == 0  # the top of the box
    assert all(BOX.left() <= stroke.x1() <= BOX.right() for stroke, _ in lines)


def test_a_session_without_a_value_is_a_gap() -> None:
    lines, _ = strokes(line([1, 2, np.nan, 3, 4]), BOX, 1, 4)
    joins = [(stroke.x1(), stroke.x2()) for stroke, _ in lines if stroke.x1() != stroke.x2()]
    assert joins == [(10, 35), (85, 110)]  # places 0 to 1 and 3 to 4 of 25 pixels each, nothing over place 2


def test_new_rows_are_bold_and_changed_ones_are_marked() -> None:
    lines, marks = strokes(line([1, 2, 3], [False, False, True], [False, True, False]), BOX, 1, 3)
    assert [is_new for _, is_new in lines] == [False, False, False, True, True]
    assert [(mark.x(), mark.y()) for mark in marks] == [(60, 50)]


def test_daily_values_stand_at_their_sessions() -> None:
    days = np.array(["2018-02-02", "2018-02-05", "2018-02-07"], "datetime64[D]")
    series = Series("VIX", "csv", days, {"close": np.array([17.0, 37.0, 27.0])}, np.zeros(3, bool))
    changed = (ChangedValue("VIX", "2018-02-05", "close", 37.32, 37.0),)
    one = Comparison(
        series, np.array([1, 0, 1], bool), np.array([0, 1, 0], bool), changed, np.array([0, 1, 0], bool)
    )
    found = line_of(one, calendar())
    assert found.values.tolist() == pytest.approx([17, 37, np.nan, 27], nan_ok=True)  # the 6th was a session
    assert found.is_new.tolist() == [True, False, False, True]
    assert found.is_changed.tolist() == [False, True, False, False]
