"""Does the history say of every act whether it stands, and which one is next?"""

from core.journal import acts
from core.journal.history import history_of
from core.journal.undo import draft_redo, draft_undo
from tests.core.journal.desk import Desk
from tests.core.journal.test_undo import added


def test_the_history_tells_what_stands_and_what_comes_next() -> None:
    desk = Desk()
    for act in (acts.open_condor, acts.name_layer, acts.acknowledge):
        desk.do(act)
    entries = added(desk.entries, draft_undo(desk.entries))
    found = history_of(entries)
    assert [(one.row.sequence, one.undone_by, one.can_undo, one.can_redo) for one in found] == [
        (1, None, False, False),
        (2, None, True, False),
        (3, 4, False, True),
    ]
    again = history_of(added(entries, draft_redo(entries)))
    assert [(one.undone_by, one.can_undo, one.can_redo) for one in again][-1] == (None, True, False)
    assert history_of([]) == []
