from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from core.market.quote import Quote
from core.market.quote_gate import Admitted, admit
from core.positions.book import Book
from db.playbooks import load_playbook
from gui.store import Change, Moved, Store
from tests.gui.market_files import NOW, market_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from core.state import Facts

LADDER = "000-ladder"


@cache
def facts() -> Facts:
    return market_facts()


@pytest.fixture
def changes() -> list[Change]:
    return []


@pytest.fixture
def store(qtbot: QtBot, changes: list[Change]) -> Iterator[Store]:
    store = Store(lambda: NOW)
    store.changed.connect(changes.append)
    yield store
    store.stop()


def quote(symbol: str, value: float, seconds: int = 0) -> Quote:
    return Quote(symbol, value, NOW - timedelta(seconds=30 - seconds))


def test_loading_tells_that_everything_moved_with_the_state_of_the_facts(
    store: Store, changes: list[Change]
) -> None:
    store.load(facts(), [])
    assert changes[0].moved == {Moved.PAST, Moved.BOOK, Moved.QUOTES}
    assert changes[0].state.as_of == NOW
    assert changes[0].facts.past is facts().past


def test_a_quote_is_shown_at_once_when_the_window_is_idle(store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    store.post([quote("VIX", 21.5)])
    assert changes[-1].moved == {Moved.QUOTES}
    assert changes[-1].state.vix.value == 21.5


def test_a_burst_is_conflated_to_one_evaluation_a_frame_and_the_last_quote_wins(
    qtbot: QtBot, store: Store, changes: list[Change]
) -> None:
    store.load(facts(), [])
    for number in range(200):
        store.post([quote("VIX", 20 + number / 100, seconds=number // 10)])
    assert len(changes) == 2
    qtbot.waitUntil(lambda: changes[-1].state.vix.value == 20 + 199 / 100)
    assert len(changes) == 3
    assert len(changes[-1].facts.quotes["VIX"]) == 20


def test_a_quote_may_be_posted_from_any_thread(qtbot: QtBot, store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    thread = Thread(target=lambda: store.post([quote("SPX", 2700.0)]))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: changes[-1].state.spx.value == 2700.0)


def test_the_clock_alone_moves_the_state(qtbot: QtBot, changes: list[Change]) -> None:
    moments = iter(NOW + timedelta(seconds=n) for n in range(1000))
    store = Store(lambda: next(moments))
    store.changed.connect(changes.append)
    store.load(facts(), [])
    qtbot.waitUntil(lambda: any(change.moved == {Moved.CLOCK} for change in changes))
    store.stop()
    assert changes[-1].state.as_of > NOW


def test_a_book_replaces_the_book_and_nothing_else(store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    store.post([quote("VIX", 21.5)])
    store.take_book(Book(layer_names={1: "one", 2: "two", 3: "three", 4: "four"}), [])
    store._on_frame()
    assert [layer.name for layer in changes[-1].state.layers] == ["one", "two", "three", "four"]
    assert changes[-1].state.vix.value == 21.5


def test_reading_again_keeps_quotes_that_came_meanwhile_and_opening_another_journal_drops_them(
    store: Store,
) -> None:
    store.load(facts(), [])
    store.post([quote("VIX", 21.5)])
    store.reload(facts(), [])
    assert store.state is not None
    assert store.state.vix.value == 21.5
    store.post([quote("VIX", 23.5, seconds=5)])
    store.load(facts(), [])
    assert store.facts is not None
    assert "VIX" not in store.facts.quotes


def test_after_stopping_nothing_is_evaluated(store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    store.stop()
    store.post([quote("VIX", 21.5)])
    assert len(changes) == 1


def test_another_playbook_changes_what_is_said(store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    store.reload(market_facts(load_playbook(LADDER)), [])
    assert changes[-1].state.playbook_name == LADDER
    assert changes[-1].state.playbook_hash != changes[0].state.playbook_hash


def spx_quote(share: float, seconds: int) -> Quote:
    close = float(facts().past.history.column("SPX")[-1])
    return quote("SPX", round(close * share, 2), seconds)


def test_a_suspect_is_not_shown_until_a_second_one_says_the_same(store: Store, changes: list[Change]) -> None:
    store.load(facts(), [])
    store.post([spx_quote(1.01, 0)])
    store._on_frame()
    shown, edr = changes[-1].state.spx.value, changes[-1].state.edr.value
    store.post([spx_quote(0.5, 5)])
    store._on_frame()
    assert (changes[-1].state.spx.value, changes[-1].state.edr.value) == (shown, edr)
    assert "held back" in changes[-1].state.quotes_refused[0]
    store.post([spx_quote(0.51, 10)])
    store._on_frame()
    assert changes[-1].state.spx.value == spx_quote(0.51, 10).value
    assert changes[-1].state.quotes_refused == ()


def test_words_that_were_refused_are_listed_and_stay_when_the_facts_are_read_again(
    store: Store, changes: list[Change]
) -> None:
    store.load(facts(), [])
    store.refuse(["SPX: 'nan' is not a price"])
    store._on_frame()
    assert changes[-1].state.quotes_refused == ("SPX: 'nan' is not a price",)
    store.reload(facts(), [])
    assert changes[-1].state.quotes_refused == ("SPX: 'nan' is not a price",)
    store.load(facts(), [])
    assert changes[-1].state.quotes_refused == ()


def test_reading_again_judges_no_quote_twice(store: Store) -> None:
    """A suspect that the journal holds by then must not confirm itself, nor a stored quote become late."""
    store.load(facts(), [])
    coming = [spx_quote(1.01, 0), spx_quote(0.5, 5), spx_quote(1.02, 8)]
    for one in coming:
        store.post([one])
    read = admit(Admitted(), coming[:2], facts().past.history)  # the third was stored after the reading
    store.reload(replace(facts(), quotes=read.quotes, set_aside=read.set_aside), [])
    assert store.facts is not None
    assert [one.value for one in store.facts.quotes["SPX"]] == [coming[0].value, coming[2].value]
    assert [one.quote for one in store.facts.set_aside] == [coming[1]]


def test_when_a_session_closes_the_past_ends_with_it(qtbot: QtBot, changes: list[Change]) -> None:
    history = facts().past.history
    closes = datetime.fromtimestamp(int(history.calendar.closes[history.first + history.length]), UTC)
    clock = [closes - timedelta(seconds=1)]
    store = Store(lambda: clock[0])
    store.changed.connect(changes.append)
    store.load(replace(facts(), quotes={}), [])
    assert changes[-1].state.edr.is_known
    clock[0] = closes
    store.take_book(Book(), [])
    qtbot.waitUntil(lambda: len(changes) > 1)
    store.stop()
    assert changes[-1].moved == {Moved.PAST, Moved.BOOK}
    assert changes[-1].state.edr.value is None
    assert changes[-1].facts.past.history.length == history.length + 1
