"""Is the book the same however it is folded, and is its cash that of an independent tally, to the last cent?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from core.journal import acts
from core.journal.fold import apply, fold, fold_as_of, held
from core.positions.book import Book
from tests.core.journal.desk import MORNING, Desk, d, legs
from tests.core.journal.walk import WALKS, Walk

DAY = timedelta(days=1)


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_cash_is_exact_and_the_fold_is_one(walk_of_choices: list) -> None:
    walk = Walk()
    for choice in walk_of_choices:
        walk.step(choice)
    book = walk.desk.book
    holdings = [*book.condors.values(), *book.layers.values()]
    assert sum((holding.cash for holding in holdings), Decimal(0)) == walk.cash
    assert sum((holding.fees for holding in holdings), Decimal(0)) == walk.fees
    assert fold(walk.desk.entries) == book
    assert book.last_seq == len(walk.desk.entries)


@settings(max_examples=60, deadline=None)
@given(WALKS)
def test_as_of_a_moment_the_book_is_a_beginning_of_itself(walk_of_choices: list) -> None:
    walk = Walk()
    near = [choice for choice in walk_of_choices if choice.act not in {"settle", "expire"}]  # not weeks ahead
    books = [Book(), *(walk.desk.book for choice in near if walk.step(choice))]
    for count, entry in enumerate(walk.desk.entries, 1):
        assert fold_as_of(walk.desk.entries, entry.event_time) == books[count]
        assert fold_as_of(walk.desk.entries, entry.event_time - timedelta(seconds=1)) == books[count - 1]


def test_an_entry_about_an_earlier_day_belongs_to_that_day() -> None:
    desk = Desk()
    desk.do(acts.open_condor, at=MORNING + DAY)
    desk.do(acts.open_layer, fills=legs("+1 VX 2018-03-21 @ 15"), at=MORNING)
    assert list(fold_as_of(desk.entries, MORNING).layers) == [(1, None)]
    assert not fold_as_of(desk.entries, MORNING).condors
    assert fold_as_of(desk.entries, MORNING + DAY) == desk.book
    assert fold_as_of(desk.entries, MORNING - DAY) == Book()


def test_one_more_entry_leaves_the_earlier_book_as_it_was() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    before = desk.book
    copy = fold(desk.entries)
    desk.do(acts.close_condor, quantity=3)
    desk.do(acts.name_layer)
    assert before == copy
    assert apply(apply(before, desk.entries[1]), desk.entries[2]) == desk.book


def test_what_is_held_is_signed() -> None:
    desk = Desk()
    (call,) = legs("-4 VIX 2018-03-21 C 35 @ 0.45")
    desk.do(acts.open_condor)
    desk.do(acts.open_layer, fills=[call], condor_id=1)
    short_put = desk.book.condors[1].legs[1].contract
    assert held(desk.book, short_put, condor_id=1) == -10
    assert held(desk.book, call.contract, condor_id=1, layer=1) == -4
    assert held(desk.book, call.contract, layer=1) == 0
    with pytest.raises(ValueError, match="neither"):
        held(desk.book, short_put)


def test_a_closed_condor_keeps_its_cash() -> None:
    desk = Desk()
    desk.do(acts.open_condor, fees=d("7.77"))
    desk.do(acts.close_condor)
    condor = desk.book.condors[1]
    assert (condor.is_open, condor.quantity, condor.net_cash) == (False, 0, 5200 - 2100 - d("7.77"))
    assert desk.book.open_condors == ()
