"""Does the timeline of a condor show each step with how the condor stood after it?"""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.journal import acts
from core.journal.timeline import timeline_of
from core.journal.undo import draft_undo
from core.positions.values import ActRefusedError
from tests.core.journal.desk import MORNING, Desk, d, legs
from tests.core.journal.test_undo import added


def test_each_step_has_its_reason_and_what_was_left() -> None:
    """10 at 5.20: +5,200 less 52. 4 closed at 2.10: -840. 6 rolled for 7.50 less 6.10: -840."""
    desk = Desk()
    desk.do(acts.open_condor, fees=d("52"), note="range, EDR low")
    desk.do(acts.open_layer, number=2, condor_id=1, fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.close_condor, quantity=4)
    desk.do(acts.write_note, text="watch CPI", condor_id=1)
    desk.do(acts.open_layer, number=1, fills=legs("+1 VX 2018-03-21 @ 15"))
    desk.do(acts.roll_condor)
    desk.do(acts.settle_condor, value=d("2700"), at=MORNING + timedelta(days=70))
    found = timeline_of(desk.entries, 1)
    assert [(one.row.sequence, one.step, one.quantity, one.net_cash) for one in found] == [
        (1, "opened", 10, Decimal(5148)),
        (2, "hedge opened", 10, Decimal(5148)),
        (3, "closed in part", 6, Decimal(4308)),
        (4, "note", 6, Decimal(4308)),
        (6, "rolled", 6, Decimal(3468)),
        (7, "settled", 0, Decimal(3468)),
    ]
    assert (found[0].row.note, found[3].row.note) == ("range, EDR low", "watch CPI")


def test_an_undone_step_is_shown_and_does_not_count() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.close_condor)
    entries = added(desk.entries, draft_undo(desk.entries))
    opened, closed = timeline_of(entries, 1)
    assert (opened.quantity, opened.undone_by) == (10, None)
    assert (closed.quantity, closed.net_cash, closed.undone_by) == (10, Decimal(5200), 3)
    with pytest.raises(ActRefusedError, match="there is no condor 2"):
        timeline_of(entries, 2)
