"""How is a plan written, and can it be sealed late or unsealed?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.journal.plan import PlanItem, opening_of, parse_item, plans_by_session, seal_plan
from core.journal.undo import draft_undo
from core.positions.book import Book
from core.positions.values import ActRefusedError
from tests.core.discipline.stories import Story
from tests.core.journal.desk import CALENDAR

if TYPE_CHECKING:
    from core.journal.entry import Entry

DAY = date(2018, 1, 10)
OPENS = opening_of(DAY, CALENDAR)
EARLY = OPENS - timedelta(hours=1)


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("open layer 1 x4 if EDR >= 0.95", PlanItem("open", "layer", 1, 4, "EDR >= 0.95")),
        ("open condor x10", PlanItem("open", "condor", None, 10)),
        ("  close   condor 2 ", PlanItem("close", "condor", 2)),
        ("roll layer 3", PlanItem("roll", "layer", 3)),
        ("hold layer 2", PlanItem("hold", "layer", 2)),
        ("Nothing", PlanItem("nothing")),
    ],
)
def test_a_line_is_read_and_written_back(line: str, item: PlanItem) -> None:
    assert parse_item(line) == item
    assert parse_item(item.text) == item


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("buy layer 1 x4", "write"),
        ("open layer 5 x1", "name a layer, 1 to 4"),
        ("open layer 1", "name the size"),
        ("close condor", "name the condor"),
        ("open condor x0", "no such size"),
    ],
)
def test_what_cannot_be_planned_says_how_it_is_written(line: str, reason: str) -> None:
    with pytest.raises(ActRefusedError, match=reason):
        parse_item(line)


def test_a_session_opens_at_half_past_nine_in_new_york() -> None:
    assert OPENS.isoformat() == "2018-01-10T14:30:00+00:00"


def _sealed(story: Story, *items: str, minutes: int = 0) -> Entry:
    at = EARLY + timedelta(minutes=minutes)
    return story.take(seal_plan(story.book, CALENDAR, session=DAY, items=items, at=at))


def test_a_plan_is_sealed_before_the_opening_or_not_at_all() -> None:
    with pytest.raises(ActRefusedError, match="a plan is sealed before"):
        seal_plan(Book(), CALENDAR, session=DAY, items=["nothing"], at=OPENS)
    with pytest.raises(ActRefusedError, match="session: 2018-01-13 is not a trading session"):
        seal_plan(Book(), CALENDAR, session=date(2018, 1, 13), items=["nothing"], at=EARLY)
    with pytest.raises(ActRefusedError, match="stands alone"):
        seal_plan(Book(), CALENDAR, session=DAY, items=["nothing", "open condor x1"], at=EARLY)
    with pytest.raises(ActRefusedError, match="no condor 7"):
        seal_plan(Book(), CALENDAR, session=DAY, items=["close condor 7"], at=EARLY)


def test_the_last_plan_before_the_opening_counts() -> None:
    story = Story()
    _sealed(story, "open condor x10")
    _sealed(story, "open condor x4", minutes=5)
    assert plans_by_session(story.entries, CALENDAR)[DAY].items == (PlanItem("open", "condor", None, 4),)


def test_an_entry_that_says_it_was_earlier_is_no_plan() -> None:
    story = Story()
    draft = seal_plan(story.book, CALENDAR, session=DAY, items=["nothing"], at=EARLY)
    story.take(draft, recorded_at=OPENS + timedelta(hours=8))
    assert not plans_by_session(story.entries, CALENDAR)


def test_a_plan_can_be_taken_back_before_the_opening_and_never_after() -> None:
    story = Story()
    _sealed(story, "open condor x10")
    (draft,) = draft_undo(story.entries)
    late = [*story.entries]
    story.take(draft, recorded_at=OPENS + timedelta(hours=1))
    assert DAY in plans_by_session(story.entries, CALENDAR)
    story.entries = late
    story.take(draft, recorded_at=OPENS - timedelta(minutes=1))
    assert DAY not in plans_by_session(story.entries, CALENDAR)
