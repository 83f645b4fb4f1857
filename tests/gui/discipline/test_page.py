"""Do cards and tables of discipline say what the log says, in words as well as in colour?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.journal.control import control_of
from core.journal.control_acts import name_approvers, propose_layer
from gui.discipline.cards import cards_of
from gui.discipline.page import BUTTONS, DisciplinePage
from gui.discipline.tables import tables_of
from tests.core.discipline.stories import AFTER, Story, morning, playbook
from tests.core.discipline.test_steward import promoter, steward

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from core.discipline.records import DisciplineState
    from gui.theme import Theme


def texts(state: DisciplineState, name: str) -> list[list[str]]:
    (table,) = (table for table in tables_of(state) if table.name == name)
    return [[cell.text for cell in row] for row in table.rows]


def test_the_steward_and_the_promoter_read_differently() -> None:
    good, bad = (cards_of(story.judged())[0] for story in (steward(), promoter()))
    assert (good.value, good.detail) == ("100 %", "✓ steady; 14 duties that count, 5 needed")
    assert (bad.value, bad.detail.split(";")[0], bad.role) == ("15 %", "▼ duties missed", "amber")


def test_too_little_data_shows_no_number() -> None:
    card = cards_of(Story().judged())[0]
    assert (card.value, card.role) == ("not enough data", "unknown")


def test_duties_stand_newest_first_with_sign_and_word() -> None:
    rows = texts(promoter().judged(), "Duties, newest first")
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert {row[1] for row in rows} == {"✕ missed", "✓ kept"}
    assert texts(promoter().judged(), "Deeds that follow nothing")[-1][1] == "open condor 2 x20"


def test_a_plan_stands_beside_what_was_done() -> None:
    rows = texts(promoter().judged(), "Plans against deeds")
    assert [row[1:] for row in rows] == [
        ["✕ missed", "nothing", "x1"],
        ["✕ not planned", "open condor 3 x5", ""],
        ["✓ kept", "open condor x10", "x10"],
    ]


def test_a_proposal_shows_how_far_it_has_come() -> None:
    story = Story()
    at = morning(80)
    story.take(name_approvers(control_of(story.entries), playbook(), names=("Anna", "Ben"), at=at))
    asked = {"act": "close", "layer": 2, "by": "Anna", "reason": "dear", "at": at}
    story.take(propose_layer(control_of(story.entries), playbook(), **asked))
    state = story.judged(AFTER)
    assert texts(state, "Proposals") == [["2", "open", "close layer 2", "Anna", "0 of 2"]]
    card = cards_of(state)[3]
    assert (card.value, card.detail) == ("1 open", "close layer 2: open")


def test_the_page_shows_it_in_both_themes_and_its_buttons_say_what_they_wish(
    qtbot: QtBot, any_theme: Theme
) -> None:
    page, state = DisciplinePage(any_theme), steward().judged()
    qtbot.addWidget(page)
    page.show_discipline(state)
    page.show()
    assert [view.value.text() for view in page.cards.views] == [card.value for card in cards_of(state)]
    for key, _, _ in BUTTONS:
        with qtbot.waitSignal(page.wished) as wish:
            page.by_key[key].click()
        assert wish.args == [key]
    page.set_why_not("another process has the journal")
    assert not any(button.isEnabled() for button in page.by_key.values())
    assert "another process" in page.by_key["plan"].toolTip()
