"""What did fills cost against the middle of their moment? Dollars worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.journal import acts
from core.money.facts import Marked
from core.money.slippage import fills_to_mark, slippage, slippage_rows
from tests.core.journal.desk import Desk, legs
from tests.core.money.books import at, facts

CALL = "VIX 2018-03-21 C 25"


def _traded() -> Desk:
    desk = Desk()
    desk.do(acts.open_condor, at=at("2018-01-10"))
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs(f"+4 {CALL} @ 1.25"))
    desk.do(acts.close_layer, at=at("2018-01-12"), fills=legs(f"-4 {CALL} @ 1.40"))
    return desk


@pytest.mark.playbook("001-27", "003-20", "000-26", "002-19")
def test_buying_above_and_selling_below_the_mid_costs() -> None:
    asked = fills_to_mark(_traded().entries)
    assert [moment for _, moment in asked] == [at("2018-01-10"), at("2018-01-12")]
    marks = dict(
        zip(
            asked,
            (Marked(1.10, 1.30, at("2018-01-10"), "chain"), Marked(1.40, 1.60, at("2018-01-12"), "chain")),
            strict=True,
        )
    )
    rows = slippage_rows(facts(_traded(), "2018-01-16", fill_marks=marks))
    # 5 cents above the mid of 1.20 on 4 x 100, then 10 cents below the mid of 1.50
    assert [row.cost for row in rows if row.cost is not None] == [Decimal("20.00"), Decimal("40.00")]
    assert slippage(rows).value == 60.0
    assert slippage(rows).note == "2 of 6 fills have a quote"


def test_a_package_has_no_prices_of_its_legs_and_no_quote_means_unknown() -> None:
    rows = slippage_rows(facts(_traded(), "2018-01-16"))
    assert [row.price is None for row in rows] == [True] * 4 + [False] * 2
    assert slippage(rows).unknown == "no fill has a quote of its moment: import chains"
    assert slippage([]).unknown == "nothing was filled"


def test_a_settlement_is_no_trade() -> None:
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs(f"+4 {CALL} @ 1.25"))
    desk.do(acts.settle_layer, value=Decimal(19), at=at("2018-03-21", "12:00"))
    assert len(slippage_rows(facts(desk, "2018-03-22"))) == 1
