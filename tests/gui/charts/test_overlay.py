from __future__ import annotations

from typing import TYPE_CHECKING

from gui.charts.overlay import Backdrop, Zone
from gui.charts.span import Span, ValueSpan
from tests.gui.charts.painted import columns_with, painted, rows_with

if TYPE_CHECKING:
    from gui.theme import Theme


def test_zones_rungs_and_ticks_stand_at_their_values(any_theme: Theme) -> None:
    backdrop = Backdrop(None, any_theme)
    backdrop.zones = (Zone(None, 0.9, "zone_green"), Zone(0.9, 1.1, "zone_amber"), Zone(1.1, None, "zone_red"))
    backdrop.levels, backdrop.ticks, backdrop.dates = (0.95,), [0.6], [25]
    backdrop.show_range(Span(0, 100, 200), ValueSpan(0.5, 1.5, 100))
    image = painted(backdrop, 200, 100)
    column = range(5)
    assert rows_with(image, any_theme.zone_red, column) == list(range(40))  # 1.5 to 1.1 is the upper 40 rows
    assert set(rows_with(image, any_theme.zone_amber, column)) == set(range(40, 60)) - {55}
    assert set(rows_with(image, any_theme.zone_green, column)) == set(range(60, 100)) - {90}
    assert rows_with(image, any_theme.rung_line) == [55]
    assert 90 in rows_with(image, any_theme.grid_line, column)
    assert 50 in columns_with(image, any_theme.grid_line)  # session 25 at two pixels a session


def test_zones_out_of_view_are_not_drawn(theme: Theme) -> None:
    backdrop = Backdrop(None, theme)
    backdrop.zones = (Zone(None, 0.9, "zone_green"), Zone(1.1, None, "zone_red"))
    backdrop.show_range(Span(0, 100, 200), ValueSpan(0.92, 1.08, 100))
    image = painted(backdrop, 200, 100)
    assert rows_with(image, theme.panel) == list(range(100))
    assert not rows_with(image, theme.zone_green)
    assert not rows_with(image, theme.zone_red)
