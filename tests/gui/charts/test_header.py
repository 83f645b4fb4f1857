from __future__ import annotations

from typing import TYPE_CHECKING

from gui.charts.header import Header, Piece
from tests.gui.charts.painted import columns_with, painted

if TYPE_CHECKING:
    from gui.theme import Theme

PIECES = (Piece("VIX", "title"), Piece("VIX 37.32 points", swatch="series_vix"))


def test_a_swatch_of_the_series_stands_before_its_words(any_theme: Theme) -> None:
    header = Header(any_theme)
    header.say(PIECES)
    image = painted(header, 400, 20, any_theme.background)
    swatch = columns_with(image, any_theme.series_vix)
    words = columns_with(image, any_theme.text)
    assert len(swatch) == 12
    assert min(words) < min(swatch) < max(swatch) < max(words)


def test_what_does_not_fit_is_left_out_whole(theme: Theme) -> None:
    header = Header(theme)
    header.say(PIECES)
    assert not columns_with(painted(header, 60, 20), theme.series_vix)
