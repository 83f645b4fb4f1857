"""Do the lists say unknown where a value is unknown, and which act undid another?"""

from datetime import timedelta

from core.journal import acts
from core.journal.chain import link
from core.journal.entry import Stamp
from core.journal.history import history_of
from core.journal.timeline import timeline_of
from core.journal.undo import draft_undo
from gui.keeping.rows import HISTORY, TIMELINE, history_row, timeline_row
from tests.core.journal.desk import MORNING, Desk, d
from tests.core.journal.test_undo import added


def test_a_timeline_row_has_the_market_of_its_stamp_or_says_unknown() -> None:
    desk = Desk()
    draft = desk.draft(acts.open_condor, fees=d("52"), note="two\nlines")
    stamp = Stamp(2748.23, 9.82, None, None)
    entry = link(draft, stamp, seq=1, prev="", recorded_at=MORNING)
    row = dict(zip(TIMELINE, timeline_row(timeline_of([entry], 1)[0]), strict=True))
    assert (row["SPX"], row["VIX"], row["EDR %"], row["Rung"]) == ("2,748.23", "9.82", "unknown", "unknown")
    assert (row["Condors after"], row["Net cash after $"], row["Step"]) == ("10", "5,148.00", "opened")
    assert row["Reason or note"] == "two lines"
    assert row["Happened (New York)"] == "2018-01-10 10:00"


def test_an_undone_act_says_by_which_entry() -> None:
    desk = Desk()
    desk.do(acts.open_condor)
    desk.do(acts.close_condor, at=MORNING + timedelta(hours=1))
    entries = added(desk.entries, draft_undo(desk.entries))
    rows = [dict(zip(HISTORY, history_row(act), strict=True)) for act in history_of(entries)]
    assert [row["Stands"] for row in rows] == ["yes", "no, undone by entry 3"]
    assert "undone by entry 3" in timeline_row(timeline_of(entries, 1)[1])[2]
