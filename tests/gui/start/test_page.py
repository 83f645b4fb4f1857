from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from gui.start.page import StartPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, any_theme: Theme) -> StartPage:
    page = StartPage(any_theme)
    qtbot.addWidget(page)
    page.resize(1600, 800)
    page.show()
    return page


@pytest.mark.parametrize("key", ["demo", "new", "import"])
def test_each_choice_is_one_button_for_mouse_and_keyboard(qtbot: QtBot, page: StartPage, key: str) -> None:
    wishes = {"demo": page.demo_requested, "new": page.new_requested, "import": page.import_requested}
    with qtbot.waitSignal(wishes[key]):
        qtbot.mouseClick(page.choices[key], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(wishes[key]):
        page.choices[key].setFocus()
        qtbot.keyClick(page.choices[key], Qt.Key.Key_Space)


def test_a_click_on_the_words_of_a_choice_is_a_click_on_it(qtbot: QtBot, page: StartPage) -> None:
    choice = page.choices["demo"]
    child = choice.childAt(choice.rect().center())
    assert child is None or child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_each_choice_says_itself_in_one_sentence(page: StartPage) -> None:
    for choice in page.choices.values():
        assert choice.accessibleDescription().count(".") == 1
        assert choice.height() >= 80


def test_the_page_says_why_it_is_shown(page: StartPage) -> None:
    page.say("No journal was opened: it is a newer one")
    assert page.said == "No journal was opened: it is a newer one"
