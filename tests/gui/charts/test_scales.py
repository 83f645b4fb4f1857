from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gui.charts.scales import DateScale, ValueScale
from gui.charts.span import Span
from tests.gui.charts.painted import columns_with, painted, rows_with

if TYPE_CHECKING:
    from gui.theme import Theme

DAYS = np.busday_offset("2018-01-01", np.arange(300))


def test_values_are_written_at_their_height_and_end_at_the_pane(theme: Theme) -> None:
    scale = ValueScale("left", theme)
    scale.resize(60, 200)
    scale.show_range(0.0, 100.0)
    scale.ticks = [50.0]
    image = painted(scale, 60, 200)
    rows = rows_with(image, theme.text_muted)
    assert 92 < min(rows) <= 100 <= max(rows) < 108
    assert 48 <= max(columns_with(image, theme.text_muted)) <= 54


def test_more_height_gives_more_ticks(theme: Theme) -> None:
    scale = ValueScale("left", theme)
    counts = []
    for height in (60, 200, 600):
        scale.resize(60, height)
        scale.show_range(9.0, 83.0)
        counts.append(len(scale.ticks))
    assert counts == sorted(set(counts))


def test_a_scale_of_one_series_wears_its_colour_at_the_panes_side(theme: Theme) -> None:
    left, right = ValueScale("left", theme), ValueScale("right", theme)
    for scale, edge in ((left, [57, 58, 59]), (right, [0, 1, 2])):
        scale.dress(theme, theme.series_ad)
        scale.show_range(0, 1)
        assert columns_with(painted(scale, 60, 100), theme.series_ad) == edge


def test_fixed_texts_take_the_place_of_numbers(theme: Theme) -> None:
    scale = ValueScale("left", theme)
    scale.fixed = ((3.5, "L1 inner"), (2.5, "L2 middle"))
    scale.resize(90, 200)
    scale.show_range(0, 4)
    assert scale.ticks == []
    rows = rows_with(painted(scale, 90, 200), theme.text_muted)
    assert min(rows) < 25 < max(rows)
    assert all(row < 90 for row in rows)


def test_dates_and_the_pointed_date(theme: Theme) -> None:
    scale = DateScale(theme)
    scale.fill(DAYS)
    scale.show_span(Span(-0.5, 251.5, 1000))
    assert [text for _, text in scale.shown][:3] == ["Feb 2018", "Mar", "Apr"]  # a month is 83 pixels
    assert scale.text_of(25) == "Mon 2018-02-05"
    assert scale.text_of(-1) == scale.text_of(300) == ""
    plain = painted(scale, 1000, 24)
    scale.point_at(25)
    pointed = painted(scale, 1000, 24)
    framed = columns_with(pointed, theme.crosshair)
    assert min(framed) < 25.5 * 1000 / 252 < max(framed)
    assert not columns_with(plain, theme.crosshair)


def test_the_pointed_date_stays_inside(theme: Theme) -> None:
    scale = DateScale(theme)
    scale.fill(DAYS)
    scale.show_span(Span(-0.5, 251.5, 1000))
    scale.point_at(0)
    framed = columns_with(painted(scale, 1000, 24), theme.crosshair)
    assert min(framed) == 0
    assert max(framed) > 60
