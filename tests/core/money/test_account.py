"""Quick ratio, room to a margin call and the ratio to cash flow, against sums written out."""

from __future__ import annotations

import pytest

from core.journal import acts
from core.market.figure import known
from core.money.account import (
    capital,
    headroom_pct,
    price_to_cash_flow,
    quick_ratio,
    stressed_headroom_pct,
)
from core.money.facts import Marked
from core.positions.leg import parse_fill
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts, worked

CALL = "VIX 2018-03-21 C 25"
PUT = "SPX 2018-02-16 P 2500"


def _book(margin: str | None = "8000") -> Desk:
    """Four long calls and one short put in layers; cash 20,000, equity 40,000."""
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs(f"+4 {CALL} @ 1.20", f"-1 {PUT} @ 6.00"))
    stated = {"equity": d("40000"), "cash": d("20000"), "notional": d("500000")}
    desk.do(acts.state_account, at=at("2018-01-10"), margin=None if margin is None else d(margin), **stated)
    return desk


def _marks() -> dict[object, Marked]:
    quotes = {CALL: (1.50, 1.70), PUT: (7.00, 8.00)}
    moment = at("2018-01-12")
    return {
        parse_fill(f"+1 {text} @ 1").contract: Marked(bid, ask, moment, "chain")
        for text, (bid, ask) in quotes.items()
    }


@pytest.mark.playbook("002-23")
def test_the_quick_ratio_takes_longs_at_the_bid_and_shorts_at_the_ask() -> None:
    found = quick_ratio(facts(_book(), "2018-01-12", marks=_marks()))
    # (20,000 + 4 x 100 x 1.50) / (1 x 100 x 8.00 + 8,000)
    assert found.value == pytest.approx(20600 / 8800, rel=1e-12)


def test_without_quotes_or_margin_there_is_no_quick_ratio() -> None:
    reason = quick_ratio(facts(_book(), "2018-01-12")).unknown
    assert reason == f"no quote of {CALL}, {PUT}: import a chain"
    assert quick_ratio(facts(_book(None), "2018-01-12")).unknown == "the margin was not stated with the account"
    assert quick_ratio(facts(Desk(), "2018-01-12")).unknown == "the account was not stated"


@pytest.mark.playbook("001-21")
def test_room_to_a_margin_call_now_and_after_the_worst() -> None:
    given = facts(_book(), "2018-01-12", worst=known(-12000.0, "$"))
    assert headroom_pct(given).value == pytest.approx(80.0)  # (40,000 - 8,000) / 40,000
    assert stressed_headroom_pct(given).value == pytest.approx(50.0)  # (28,000 - 8,000) / 40,000


@pytest.mark.playbook("002-16")
def test_the_capital_is_so_many_years_of_net_credit() -> None:
    desk = worked()
    desk.do(acts.open_layer, at=at("2018-02-08"), fills=legs(f"+4 {CALL} @ 1.20"))
    given = facts(desk, "2018-03-11")  # 60 days after the first entry
    assert capital(given).value == 480.0
    # net cash 3,703.20 - 480.00 = 3,223.20 in 60 days: 19,607.80 a year
    assert price_to_cash_flow(given).value == pytest.approx(480 / (3223.20 * 365 / 60), rel=1e-12)


def test_a_book_that_brought_no_cash_has_no_ratio() -> None:
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs(f"+4 {CALL} @ 1.20"))
    assert "brought no cash" in price_to_cash_flow(facts(desk, "2018-03-11")).unknown
    assert price_to_cash_flow(facts(desk, "2018-01-20")).unknown == "cannot tell yet: 10 of 30 days"
    assert price_to_cash_flow(facts(worked(), "2018-03-11")).unknown == "no capital is tied up"
