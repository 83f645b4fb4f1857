"""Do cards and tables say what the record says, and is nothing shown that is not known?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.journal import acts
from core.market.figure import known
from core.money.claims import TAG
from core.money.money import money
from gui.money.cards import cards_of, percent
from gui.money.page import MoneyPage
from gui.money.tables import notes_of, tables_of
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts, worked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from core.money.money import MoneyState
    from gui.theme import Theme


def _state() -> MoneyState:
    desk = worked()
    stated = {"equity": d("100000"), "cash": d("50000"), "notional": d("100000"), "margin": d("80000")}
    desk.do(acts.state_account, at=at("2018-02-08"), **stated)
    return money(facts(desk, "2018-05-10", target=known(30000.0, "$"), worst=known(-5000.0, "$")))


def test_the_cards_say_what_was_worked_out_by_hand() -> None:
    cards = {card.caption: card for card in cards_of(_state())}
    assert cards["Months net credited"].value == "25 %"
    assert cards["Months net credited"].detail.endswith(TAG)
    # -707.20 over 120 days in percent of 100,000: the hedge earned 2.2 % a year
    assert cards["Hedge outlay a year"].value == "earned 2.2 % of equity"
    assert cards["Hedge outlay a year"].detail == "▼ below the line of 1 to 2 %"
    # nothing is held and capital so far is 28 days x 480 x 10 % / 365 = 3.68; 720.00 less fees and capital
    assert cards["Hedge carry so far"].value == "earned $704"
    assert cards["Room to a margin call"].value == "20 % ▼ tight"
    assert cards["Room to a margin call"].role == "amber"
    assert cards["Motion against the static line"].value == "+$20,000"


def test_what_is_unknown_says_why_in_place_of_a_number() -> None:
    cards = cards_of(money(facts(Desk(), "2018-02-09")))
    assert len(cards) == len(cards_of(_state()))
    for card in cards:
        assert card.role == "unknown"
        assert card.detail
    assert {card.value for card in cards} == {"—", "cannot tell yet"}


def test_a_rate_beyond_all_measure_is_not_written_out() -> None:
    assert percent(known(17_981_743.0, "% a year")) == "over 10,000 %"
    assert percent(known(-12.34, "% a year")) == "-12.3 %"


def test_the_tables_hold_the_exact_cash_and_tag_the_claims() -> None:
    tables = {table.name: table for table in tables_of(_state())}
    returns = tables["Return a year (XIRR)"].rows
    assert [row[0].text for row in returns] == ["condors", "hedge", "condors + L1"]
    assert returns[2][4].text == "+$3,703.20"
    months = tables["Cash by month"].rows
    assert [cell.text for cell in months[1]][:4] == ["2018-02", "-$2,152.00", "+$1,193.60", "-$958.40"]
    claims = tables["Published claims, unverified"].rows
    assert claims[0][2].tooltip.startswith(TAG)
    assert {row[2].text for row in claims[2:]} == {"cannot tell yet"}  # drawdowns wait for a replay
    assert all(len(row) == len(table.titles) for table in tables.values() for row in table.rows)


def test_wings_that_finance_the_hedge_stand_with_the_volatility_of_their_day() -> None:
    desk = Desk()
    wing = ("-1 SPX 2018-02-16 P 2500 @ 4.00", "+1 SPX 2018-02-16 P 2475 @ 3.10")
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20", *wing))
    table = tables_of(money(facts(desk, "2018-01-12")))[9]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["2018-01-10", "L1", "+$90.00", "VIX unknown then"]
    ]


def test_the_page_shows_them_in_both_themes(qtbot: QtBot, any_theme: Theme) -> None:
    page, state = MoneyPage(any_theme), _state()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.seen):
        page.show()
    page.show_money(state)
    assert [view.value.text() for view in page.cards.views] == [card.value for card in cards_of(state)]
    assert page.grids[0].texts() == [[cell.text for cell in row] for row in tables_of(state)[0].rows]
    assert not page.grids[7].isVisible()  # no fill has a quote
    assert page.notes.text() == notes_of(state)
    colour = page.cards.views[0].value.palette().windowText().color().name()
    assert colour == getattr(any_theme, cards_of(state)[0].role)


@pytest.mark.parametrize("size", [(1600, 900), (1200, 760)])
def test_every_card_is_whole_within_the_window(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    page = MoneyPage(theme)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show_money(_state())
    page.show()
    for view in page.cards.views:
        right = view.mapTo(page, view.rect().topRight()).x()
        assert right <= size[0]
        assert view.value.sizeHint().width() <= view.width()
