"""Does text stay text, whatever it holds?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.widgets import (
    elided_at_words,
    line_field,
    plain_label,
    push_button,
    rich_tooltip,
    scaled_font,
    set_text_colour,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_label_shows_markup_as_it_stands(qtbot: QtBot) -> None:
    label = plain_label("<b>1 & 2</b>", name="note")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>1 & 2</b>"
    assert label.accessibleName() == "note"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("a < b & c", "<qt>a &lt; b &amp; c</qt>"),
        ("two\nlines", "<qt>two<br>lines</qt>"),
        ('<img src="x">', "<qt>&lt;img src=&quot;x&quot;&gt;</qt>"),
    ],
)
def test_a_tooltip_is_escaped_and_wraps(text: str, shown: str) -> None:
    assert rich_tooltip(text) == shown


def test_a_label_is_the_buddy_of_its_field_and_a_field_has_a_name(qtbot: QtBot) -> None:
    field = line_field("Credit", hint="13.40")
    label = plain_label("&Credit", buddy=field)
    qtbot.addWidget(label)
    qtbot.addWidget(field)
    assert label.buddy() is field
    assert field.accessibleName() == "Credit"


def test_a_button_calls_once_and_never_becomes_the_default(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = push_button("&Close", lambda: pressed.append(1), tip="a < b")
    qtbot.addWidget(button)
    button.click()
    assert pressed == [1]
    assert not button.autoDefault()
    assert button.accessibleName() == "Close"
    assert button.toolTip() == "<qt>a &lt; b</qt>"


def test_a_colour_is_taken_on_and_taken_off(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    before = field.palette().color(QPalette.ColorRole.Text)
    set_text_colour(field, "#b3261e")
    assert field.palette().color(QPalette.ColorRole.Text).name() == "#b3261e"
    set_text_colour(field, "")
    assert field.palette().color(QPalette.ColorRole.Text) == before


def test_fonts_scale_in_points_and_in_pixels() -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10)
    pixels.setPixelSize(20)
    assert scaled_font(points, 2.0).pointSizeF() == pytest.approx(20)
    assert scaled_font(pixels, 0.5, is_bold=True).pixelSize() == 10
    assert scaled_font(pixels, 0.5, is_bold=True).weight() > QFont.Weight.Normal


def test_a_text_is_cut_after_a_word_never_within_a_date(qapp: QApplication) -> None:
    metrics = QFontMetricsF(qapp.font())
    text = "SPX: no close for 2018-01-24, and 20 sessions in a row are needed"
    for count in range(len(text)):
        cut = elided_at_words(metrics, text, metrics.horizontalAdvance(text[:count]) + 20)
        if cut.endswith("…") and len(cut) > len("SPX…"):
            stem = cut.removesuffix("…")
            assert text.startswith(stem)
            assert text[len(stem) :][:1] in {"", " ", ",", ":"}, cut
    assert elided_at_words(metrics, text, metrics.horizontalAdvance(text)) == text
