from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from gui.quoting.line import TIP, QuoteLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme

NOW = datetime(2018, 2, 2, 19, 5, tzinfo=UTC)


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> QuoteLine:
    line = QuoteLine(theme, lambda: NOW)
    qtbot.addWidget(line)
    line.resize(1200, 30)
    line.show()
    return line


def test_enter_hands_the_quotes_over_and_empties_the_line(qtbot: QtBot, line: QuoteLine) -> None:
    with qtbot.waitSignal(line.entered) as entered:
        qtbot.keyClicks(line.field, "SPX 5012.3 VIX 18.4")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert [(quote.symbol, quote.value) for quote in entered.args[0]] == [("SPX", 5012.3), ("VIX", 18.4)]
    assert line.field.text() == ""
    assert line.answer.full_text == "SPX 5,012.30, VIX 18.40 at 14:05:00 ET"


def test_what_is_refused_stays_in_the_line_with_the_reason(qtbot: QtBot, line: QuoteLine) -> None:
    with qtbot.waitSignal(line.entered) as entered:
        qtbot.keyClicks(line.field, "SPX 5012 VIX abc")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert len(entered.args[0]) == 1
    assert line.field.text() == "VIX abc"
    assert line.answer.full_text.startswith("✕ VIX: 'abc' is not a price")
    assert "abc" in line.field.accessibleDescription()


def test_what_is_refused_is_told_of(qtbot: QtBot, line: QuoteLine) -> None:
    with qtbot.waitSignal(line.refused) as refused:
        qtbot.keyClicks(line.field, "SPX 5012 VIX nan")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    (reasons,) = refused.args
    assert len(reasons) == 1
    assert reasons[0].startswith("VIX: 'nan' is not a price")


def test_a_time_before_the_quotes_is_theirs(qtbot: QtBot, line: QuoteLine) -> None:
    with qtbot.waitSignal(line.entered) as entered:
        qtbot.keyClicks(line.field, "2018-02-02T10:31 SPX 2790")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert entered.args[0][0].time == datetime(2018, 2, 2, 15, 31, tzinfo=UTC)
    assert line.answer.full_text == "SPX 2,790.00 at 10:31:00 ET"


def test_a_line_without_a_good_quote_hands_nothing_over(qtbot: QtBot, line: QuoteLine) -> None:
    with qtbot.assertNotEmitted(line.entered):
        qtbot.keyClicks(line.field, "VIX abc")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)


def test_a_word_after_a_refusal_is_no_longer_read_as_one(line: QuoteLine) -> None:
    line.say("no", is_refusal=True)
    line.say("Entry 3 saved")
    assert line.field.accessibleDescription() == TIP


def test_the_keyboard_is_given_back_on_escape_and_after_quotes_but_not_after_a_refusal(
    qtbot: QtBot, line: QuoteLine
) -> None:
    line.focus()
    with qtbot.assertNotEmitted(line.left):
        qtbot.keyClicks(line.field, "VIX abc")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(line.left):
        qtbot.keyClick(line.field, Qt.Key.Key_Escape)
    line.field.clear()
    qtbot.keyClicks(line.field, "VIX 18.4")
    with qtbot.waitSignal(line.left):
        qtbot.keyClick(line.field, Qt.Key.Key_Return)


def test_a_journal_that_cannot_be_written_takes_no_quote_and_says_why(line: QuoteLine) -> None:
    line.set_why_not("another window has the journal")
    assert not line.field.isEnabled()
    assert "another window has the journal" in line.field.toolTip()
    line.set_why_not("")
    assert line.field.isEnabled()
