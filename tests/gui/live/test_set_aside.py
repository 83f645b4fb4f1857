"""Is a quote that is not shown told of once, with its reason, and taken back when it is over?"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from core.market.quote import Quote
from gui.banner import Banners
from gui.live.set_aside import KEY, SetAsideNotice
from gui.store import Store
from tests.gui.market_files import NOW, market_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from core.state import Facts
    from gui.theme import Theme


@cache
def facts() -> Facts:
    return market_facts()


@pytest.fixture
def banners(qtbot: QtBot, theme: Theme) -> Banners:
    banners = Banners(theme)
    qtbot.addWidget(banners)
    return banners


@pytest.fixture
def store(qtbot: QtBot, banners: Banners) -> Iterator[Store]:
    store = Store(lambda: NOW)
    notice = SetAsideNotice(banners)
    store.changed.connect(notice.show)
    store.load(facts(), [])
    yield store
    store.stop()


def post(store: Store, share: float, seconds: int) -> None:
    close = float(facts().past.history.column("SPX")[-1])
    store.post([Quote("SPX", round(close * share, 2), NOW - timedelta(seconds=100 - seconds))])
    store._on_frame()


def test_a_quote_held_back_is_told_with_its_reason_until_it_is_confirmed(store: Store, banners: Banners) -> None:
    post(store, 1.0, 0)
    assert banners.text_of(KEY) == ""
    post(store, 0.5, 5)
    assert banners.text_of(KEY).startswith("Not shown: SPX ")
    assert "held back until a second one within 60 s says the same" in banners.text_of(KEY)
    post(store, 0.5, 9)
    assert banners.text_of(KEY) == ""


def test_what_was_dismissed_does_not_come_back_with_the_next_tick(store: Store, banners: Banners) -> None:
    post(store, 1.0, 0)
    post(store, 0.5, 5)
    banners.hush(KEY)
    post(store, 1.01, 8)
    assert banners.text_of(KEY) == ""
    post(store, 1.02, 7)
    assert "came after one of" in banners.text_of(KEY)


def test_words_that_were_refused_at_the_line_are_told_there_alone(store: Store, banners: Banners) -> None:
    store.refuse(["SPX: 'nan' is not a price"])
    store._on_frame()
    assert banners.text_of(KEY) == ""
