from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from gui.banner import Banners, ElidedLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.theme import Theme


@pytest.fixture
def banners(qtbot: QtBot, theme: Theme) -> Banners:
    banners = Banners(theme)
    qtbot.addWidget(banners)
    return banners


def buttons(banners: Banners) -> dict[str, QPushButton]:
    return {button.text(): button for button in banners.findChildren(QPushButton) if button.isVisibleTo(banners)}


def test_nothing_is_shown_until_there_is_something_to_say(banners: Banners) -> None:
    assert banners.isHidden()
    banners.say("one", "The disk is full")
    assert not banners.isHidden()
    banners.hush("one")
    assert banners.isHidden()


def test_a_second_text_of_a_key_takes_the_place_of_the_first(banners: Banners) -> None:
    banners.say("one", "first")
    banners.say("one", "second")
    banners.say("two", "other")
    assert (banners.text_of("one"), banners.text_of("two"), banners.text_of("three")) == ("second", "other", "")


def test_a_line_can_be_dismissed_unless_it_stays(banners: Banners) -> None:
    banners.say("one", "once")
    buttons(banners)["Dismiss"].click()
    assert banners.text_of("one") == ""
    banners.say("two", "for ever", stays=True)
    assert buttons(banners) == {}


def test_details_are_copied_with_the_text(banners: Banners) -> None:
    banners.say("crash", "an unexpected error", details="Traceback: all of it")
    buttons(banners)["Copy details"].click()
    assert QGuiApplication.clipboard().text() == "an unexpected error\n\nTraceback: all of it"


def test_markup_stays_text(banners: Banners) -> None:
    banners.say("one", "<b>bold</b>")
    assert banners.text_of("one") == "<b>bold</b>"


def test_a_long_text_is_cut_to_its_room_and_kept_whole_for_tooltip_and_reader(qtbot: QtBot) -> None:
    label = ElidedLabel("a very long sentence that has no room here at all")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 100
    assert label.accessibleName() == label.full_text == "a very long sentence that has no room here at all"
    assert label.minimumSizeHint().width() < 100
