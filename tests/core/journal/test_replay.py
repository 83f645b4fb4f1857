"""Does a book in the making hold what a slow fold of all fills holds, at a cost that does not grow?"""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from core.journal import acts
from core.journal.body import read_position
from core.journal.chain import link
from core.journal.entry import Entry, Stamp
from core.journal.replay import Replay, Running, holding_in
from core.positions.book import Book, Layer
from core.positions.leg import open_legs
from core.positions.values import ActRefusedError
from tests.core.journal.desk import MORNING, Desk, d, legs
from tests.core.journal.walk import WALKS, Walk


@settings(max_examples=80, deadline=None)
@given(WALKS)
def test_the_open_legs_are_those_of_all_fills(walk_of_choices: list) -> None:
    """The oracle takes every fill from the first one, as a reader of the journal would by hand."""
    walk = Walk()
    for choice in walk_of_choices:
        walk.step(choice)
    replay = Replay(Book())
    for entry in walk.desk.entries:
        replay.take(entry, confirms=True)
    book = replay.book()
    assert book == walk.desk.book
    for holding in [*book.condors.values(), *book.layers.values()]:
        assert holding.legs == open_legs(holding.fills)


def entry_of(desk: Desk, number: int, text: str) -> Entry:
    fills, at = legs(text), MORNING + timedelta(seconds=number)
    act = acts.open_layer if fills[0].quantity > 0 else acts.close_layer
    return link(desk.draft(act, fills=fills, at=at), Stamp(), seq=number, prev="", recorded_at=at)


def test_a_future_is_closed_out_of_the_oldest_lots_however_many_there_are() -> None:
    """1 at 15, 1 at 16, 1 at 17; two closed at 20 bring 5 + 4 points, 9,000 dollars."""
    desk, replay = Desk(), Replay(Book())
    for number, price in enumerate((15, 16, 17), 1):
        entry = entry_of(desk, number, f"+1 VX 2018-03-21 @ {price}")
        replay.take(entry, confirms=True)
        desk.book = replay.book()
    closing = entry_of(desk, 4, "-2 VX 2018-03-21 @ 20")
    replay.take(closing, confirms=True)
    layer = replay.book().layers[1, None]
    assert (layer.cash, [leg.text for leg in layer.legs]) == (d("9000"), ["+1 VX 2018-03-21"])
    with pytest.raises(ActRefusedError, match="not what the fills add up to"):
        replay.take(closing, confirms=True)


def test_what_is_looked_at_for_one_more_act_does_not_grow() -> None:
    """Count the lots that a check reads: those of the contract that are needed, never all."""
    desk = Desk()
    running = Running(Layer(number=1))
    for number in range(1, 400):
        entry = entry_of(desk, number, "+1 VX 2018-03-21 @ 15.00")
        running.take(entry, read_position(entry.body))
    contract = read_position(entry.body).moves[0].fill.contract
    assert len(running._oldest(contract, 2)) == 2
    assert running.holding().legs[0].quantity == 399


def test_a_book_that_it_began_with_stays_as_it_was() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    before = desk.book
    replay = Replay(before)
    replay.take(Desk(book=before, entries=[]).do(acts.close_condor))
    assert before.condors[1].is_open
    assert not replay.book().condors[1].is_open
    assert holding_in(Book(), 7, None).id == 7  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="neither"):
        holding_in(Book(), None, None)
