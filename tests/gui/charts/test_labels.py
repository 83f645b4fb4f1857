from __future__ import annotations

from typing import TYPE_CHECKING

from gui.charts.labels import Label, Labels
from gui.charts.span import ValueSpan
from tests.gui.charts.painted import painted, rows_with

if TYPE_CHECKING:
    from gui.theme import Theme


def test_labels_out_of_view_are_left_out(theme: Theme) -> None:
    column = Labels(theme)
    column.show_labels(ValueSpan(10, 20, 100), (Label(15, "in"), Label(25, "above"), Label(9.9, "below")))
    assert [label.text for label in column.labels] == ["in"]


def test_labels_at_one_height_are_drawn_apart(theme: Theme) -> None:
    column = Labels(theme)
    near = (Label(15.0, "VIX", "series_vix", True), Label(15.1, "mean", "series_vix_mean", True))
    column.show_labels(ValueSpan(10, 20, 100), near)
    image = painted(column, 100, 100)
    bar = range(11, 16)
    vix, mean = rows_with(image, theme.series_vix, bar), rows_with(image, theme.series_vix_mean, bar)
    assert max(mean) < min(vix)  # the higher value stands above, and they do not touch
    assert min(mean) > 30
    assert max(vix) < 70
