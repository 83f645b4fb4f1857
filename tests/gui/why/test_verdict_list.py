"""Is the grid made anew only when a verdict says something else, and readable without colour?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.why.lines import why_lines
from gui.why.verdict_list import VerdictList
from tests.gui.states import MACD_OFF, NOW, WHY_2

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def shown(qtbot: QtBot, any_theme: Theme) -> VerdictList:
    shown = VerdictList(any_theme)
    qtbot.addWidget(shown)
    shown.show_lines(why_lines(WHY_2, NOW))
    return shown


def body(shown: VerdictList) -> QWidget:
    return shown.findChildren(QLabel)[0].parentWidget()


def test_it_reads_from_the_top_left(shown: VerdictList) -> None:
    assert shown.texts()[:9] == [
        "Rule", "Says", "Value", "Threshold", "Distance",
        "Arms: any of these", "EDR rung", "1.02 %", "0.95 %",
    ]  # fmt: skip
    assert "MACD of VIX 0.38 is 0.06 below its signal 0.44  (2018-02-01 16:00 ET, seed 000)" in shown.texts()


def test_in_a_narrow_panel_no_number_is_cut(shown: VerdictList) -> None:
    assert shown.minimumSizeHint().width() <= 440


def test_a_second_later_nothing_is_made_anew(shown: VerdictList) -> None:
    before = body(shown)
    shown.show_lines(why_lines(WHY_2, NOW))
    assert body(shown) is before
    aged = tuple(replace(v, inputs=tuple(replace(i, age_s=79_501.0) for i in v.inputs)) for v in WHY_2)
    shown.show_lines(why_lines(aged, NOW + timedelta(seconds=1)))
    assert body(shown) is before


def test_a_new_verdict_is_shown(shown: VerdictList) -> None:
    shown.show_lines(why_lines((replace(MACD_OFF, reason="MACD <b>rose</b>"),), NOW))
    assert any(text.startswith("MACD <b>rose</b>") for text in shown.texts())
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in shown.findChildren(QLabel) if label.text()
    )


def test_the_word_stands_beside_the_mark(shown: VerdictList) -> None:
    words = [label.text() for label in shown.findChildren(QLabel)]
    assert words.count("on") == 3
    assert words.count("off") == 4


def test_where_only_numbers_move_the_labels_are_kept(shown: VerdictList) -> None:
    before = body(shown)
    lines = why_lines(WHY_2, NOW)
    moved = tuple(
        replace(line, value="1.11 %", reason=f"{line.reason}!") if line.reason else line for line in lines
    )
    shown.show_lines(moved)
    assert body(shown) is before
    assert shown.texts().count("1.11 %") == 5
    assert "MACD of VIX 0.38 is 0.06 below its signal 0.44!  (2018-02-01 16:00 ET, seed 000)" in shown.texts()
    shown.show_lines(lines)
    assert "1.11 %" not in shown.texts()


def test_what_would_turn_a_rule_stands_under_its_reason(shown: VerdictList) -> None:
    lines = why_lines(WHY_2, NOW)
    turned = (*lines[:-1], replace(lines[-1], switch="Turns on at VIX 35.06 (+18.26)"))
    shown.show_lines(turned)
    texts = shown.texts()
    assert texts[-1] == "Turns on at VIX 35.06 (+18.26)"
    assert texts[-2].startswith(turned[-1].reason)
