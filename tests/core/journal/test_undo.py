"""Is the book after an act was taken back the one before it, and after it stands again the one that it was?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from core.journal import acts
from core.journal.chain import GENESIS, link
from core.journal.entry import Draft, Entry, EntryKind, Stamp
from core.journal.fold import apply, fold, fold_as_of, known_at
from core.journal.log import log_rows
from core.journal.undo import draft_redo, draft_undo, standing, taken_back
from core.positions.values import ActRefusedError
from tests.core.journal.desk import MORNING, Desk, d, legs
from tests.core.journal.walk import WALKS, Walk

CALLS = "+4 VIX 2018-03-21 C 25 @ 1.20"
HOUR = timedelta(hours=1)


def added(entries: list[Entry], drafts: list[Draft], *, hours: int = 9) -> list[Entry]:
    """Return the entries with the drafts linked behind them."""
    found = list(entries)
    for draft in drafts:
        prev = found[-1].hash if found else GENESIS
        seq = len(found) + 1
        found.append(link(draft, Stamp(), seq=seq, prev=prev, recorded_at=MORNING + hours * HOUR))
    return found


@settings(max_examples=60, deadline=None)
@given(WALKS)
def test_undoing_all_acts_one_by_one_goes_back_through_every_book(walk_of_choices: list) -> None:
    walk = Walk()
    books = [walk.desk.book] + [walk.desk.book for choice in walk_of_choices if walk.step(choice)]
    entries = list(walk.desk.entries)
    for book in reversed(books[:-1]):
        entries = added(entries, draft_undo(entries))
        found = fold(entries)
        assert (found.condors, found.layers, found.layer_names) == (book.condors, book.layers, book.layer_names)
        assert (found.account, found.acknowledged) == (book.account, book.acknowledged)
        assert (found.last_seq, found.last_hash) == (entries[-1].seq, entries[-1].hash)
    with pytest.raises(ActRefusedError, match="nothing to undo"):
        draft_undo(entries)
    for book in books[1:]:
        entries = added(entries, draft_redo(entries))
        assert (fold(entries).condors, fold(entries).layers) == (book.condors, book.layers)
    with pytest.raises(ActRefusedError, match="nothing to redo"):
        draft_redo(entries)


def two_acts() -> Desk:
    desk = Desk()
    desk.do(acts.open_condor, fees=d("52"))
    desk.do(acts.open_layer, fills=legs(CALLS), fees=d("6.40"), at=MORNING + HOUR)
    return desk


def test_the_log_adds_up_to_what_stands() -> None:
    """10 condors for 5.20 points are 5,200 dollars; 4 calls at 1.20 cost 480."""
    desk = two_acts()
    entries = added(desk.entries, draft_undo(desk.entries, note="wrong account"))
    rows = log_rows(entries)
    assert sum(row.cash or Decimal(0) for row in rows) == Decimal(5200)
    assert sum(row.fees or Decimal(0) for row in rows) == Decimal(52)
    assert (rows[-1].cash, rows[-1].fees, rows[-1].note) == (Decimal(480), d("-6.40"), "wrong account")


def test_an_undone_act_never_was_but_was_known_until_then() -> None:
    desk = two_acts()
    entries = added(desk.entries, draft_undo(desk.entries))
    later = MORNING + 3 * HOUR
    assert not fold_as_of(entries, later).layers, "as is known today, it did not happen"
    then = known_at(entries, later)
    assert [entry.seq for entry in then] == [1, 2]
    assert list(fold_as_of(then, later).layers) == [(1, None)], "the journal of that moment had it"
    assert not fold_as_of(then, MORNING).layers, "and both moments combine"


def test_an_act_that_others_build_on_is_not_undone() -> None:
    desk = two_acts()
    desk.do(acts.close_condor, quantity=4, at=MORNING + 2 * HOUR)
    desk.do(acts.write_note, text="watch CPI", condor_id=1, at=MORNING + 2 * HOUR)
    with pytest.raises(ActRefusedError, match="entry 3 builds on entry 1"):
        draft_undo(desk.entries, 1)
    entries = added(desk.entries, draft_undo(desk.entries, 3))
    with pytest.raises(ActRefusedError, match="entry 4 builds on entry 1"):
        draft_undo(entries, 1)
    assert [draft.body["of"] for draft in draft_undo(entries, 2)] == [2], "another position is free"


@pytest.mark.parametrize(
    ("seq", "words"), [(99, "there is no entry 99"), (3, "was undone already"), (4, "redo the act instead")]
)
def test_what_cannot_be_undone_says_why(seq: int, words: str) -> None:
    desk = two_acts()
    desk.do(acts.name_layer)
    entries = added(desk.entries, draft_undo(desk.entries))
    with pytest.raises(ActRefusedError, match=words):
        draft_undo(entries, seq)


def test_a_new_act_ends_what_can_be_redone_unless_it_is_named_and_free() -> None:
    desk = two_acts()
    entries = added(desk.entries, draft_undo(desk.entries))
    note = acts.write_note(desk.book, text="later", at=MORNING + 2 * HOUR)
    entries = added(entries, [note])
    with pytest.raises(ActRefusedError, match="nothing to redo"):
        draft_redo(entries)
    again = added(entries, draft_redo(entries, 2))
    assert fold(again).layers == desk.book.layers
    with pytest.raises(ActRefusedError, match="stands"):
        draft_redo(again, 2)


def test_what_was_committed_together_is_undone_together() -> None:
    desk = two_acts()
    batch = [
        link(
            desk.draft(acts.acknowledge, alert_key=key), Stamp(), seq=seq, prev="", recorded_at=MORNING, batch="b"
        )
        for seq, key in ((3, "x"), (4, "y"))
    ]
    entries = [*desk.entries, *batch]
    drafts = draft_undo(entries)
    assert [draft.body["of"] for draft in drafts] == [4, 3]
    assert taken_back(added(entries, drafts)) == {3, 4}
    assert [entry.seq for entry in standing(added(entries, drafts))] == [1, 2, 5, 6]


def test_an_undoing_alone_cannot_be_applied() -> None:
    desk = two_acts()
    undoing = added(desk.entries, draft_undo(desk.entries))[-1]
    assert undoing.kind is EntryKind.ACT_UNDONE
    with pytest.raises(ValueError, match="fold all entries"):
        apply(desk.book, undoing)
