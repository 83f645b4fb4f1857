"""Does one walk give the same books as a fold for each moment?"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from core.journal.books import books_as_of
from core.journal.fold import fold_as_of
from tests.core.journal.desk import MORNING
from tests.core.journal.walk import WALKS, Choice, Walk


@given(WALKS)
def test_each_book_is_that_of_a_fold(choices: list[Choice]) -> None:
    walk = Walk()
    for choice in choices:
        walk.step(choice)
    moments = [MORNING + timedelta(minutes=9 * n, days=30 * (n // 3)) for n in range(-1, 8)]
    for moment, book in zip(moments, books_as_of(walk.desk.entries, moments), strict=True):
        alone = fold_as_of(walk.desk.entries, moment)
        assert (book.condors, book.layers, book.account) == (alone.condors, alone.layers, alone.account)
        assert book.layer_names == alone.layer_names
