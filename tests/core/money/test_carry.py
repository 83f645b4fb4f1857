"""What does capital in the hedge cost by the day? Against sums done by hand with Decimal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.journal import acts
from core.market.figure import known
from core.money.carry import carry_rows, wacc_pct
from core.money.facts import Values
from core.positions.book import Account
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts
from tests.core.playbooks import changed, composite

TEN = known(10.0, "% a year")


def _account(cash: str, equity: str = "100000") -> Account:
    return Account(at("2018-01-10"), d(equity), d(cash), d("500000"))


def test_without_debt_capital_costs_what_equity_costs() -> None:
    assert wacc_pct(composite(), 4.5, _account("60000")).value == 10.0
    assert wacc_pct(composite(), 4.5, None).note == "no account was stated: the cost of equity alone"


def test_debt_is_cash_below_zero_and_costs_the_bill_and_one_percent_after_tax() -> None:
    # E 100,000, D 25,000: 0.8 x 10 + 0.2 x (4.5 + 1.0) x (1 - 0.2) = 8 + 0.88
    taxed = changed(**{"wacc.tax_pct": 20.0})
    assert wacc_pct(taxed, 4.5, _account("-25000")).value == pytest.approx(8.88, rel=1e-12)


def _held() -> Desk:
    """Four calls for 480.00 from 2018-01-10, two of them sold at 2.00 on 2018-01-30; 240.00 stays."""
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fees=d("2"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.close_layer, at=at("2018-01-30"), fees=d("1"), fills=legs("-2 VIX 2018-03-21 C 25 @ 2.00"))
    return desk


@pytest.mark.playbook("001-12", "003-13")
def test_carry_is_decay_and_fees_less_what_was_realised_and_capital_by_the_day() -> None:
    worth = Values(date(2018, 2, 9), {(1, None): known(180.0, "$")})
    row, total = carry_rows(facts(_held(), "2018-02-09", now_values=worth), TEN)
    # 480 x 20 days + 240 x 10 days = 12,000 dollar days; x 10 % / 365 = 3.2877
    capital = Decimal(12000) * Decimal("0.1") / 365
    assert row.capital_cost.value == pytest.approx(float(capital), abs=0.005)
    assert row.per_day.value == pytest.approx(float(Decimal(240) * Decimal("0.1") / 365), abs=0.005)
    assert (row.held, row.realised, row.fees) == (Decimal(240), Decimal(160), Decimal(3))
    assert row.decay.value == 60.0
    assert row.carry.value == pytest.approx(float(60 - Decimal(160) + 3 + capital), abs=0.005)
    assert (total.layer, total.carry.value) == (None, row.carry.value)


def test_a_layer_that_is_closed_ties_nothing_up_from_then_on() -> None:
    desk = _held()
    desk.do(acts.close_layer, at=at("2018-02-09"), fills=legs("-2 VIX 2018-03-21 C 25 @ 0.50"))
    early, late = (carry_rows(facts(desk, day), TEN)[0] for day in ("2018-02-09", "2018-03-09"))
    assert early.capital_cost.value == late.capital_cost.value
    assert late.per_day.value == 0.0
    assert late.decay.value == 0.0
    # 160 gained on the first two, 140 lost on the others
    assert late.realised == Decimal(20)


def test_without_a_value_decay_and_carry_are_unknown_and_the_rest_stays() -> None:
    row, _ = carry_rows(facts(_held(), "2018-02-09"), TEN)
    assert row.decay.unknown == row.carry.unknown == "not valued by the test"
    assert row.per_day.value is not None


def test_no_hedge_has_no_rows() -> None:
    assert carry_rows(facts(Desk(), "2018-02-09"), TEN) == []
