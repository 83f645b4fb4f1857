"""Is the year's outlay, what the budget implies, and what paid for itself as worked out by hand?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.journal import acts
from core.market.figure import known, unknown
from core.money.outlay import (
    annual_pct,
    funding_rows,
    gain_rows,
    implied_outlay_pct,
    implied_pct,
    line_verdict,
    recycled,
    self_funding_pct,
    spent_in_year,
)
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts, worked


def _stated(desk: Desk) -> Desk:
    desk.do(acts.state_account, at=at("2018-01-10"), equity=d("100000"), cash=d("50000"), notional=d("500000"))
    return desk


def _two_calls() -> Desk:
    """600.00 for calls on 2017-02-01 (more than a year ago later on), 480.00 on 2018-01-10, 100.00 back."""
    desk = Desk()
    desk.do(acts.open_layer, at=at("2017-02-01"), fills=legs("+5 VIX 2017-03-22 C 20 @ 1.20"))
    desk.do(acts.open_layer, number=2, at=at("2018-01-10"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    desk.do(acts.close_layer, number=2, at=at("2018-02-05"), fills=legs("-1 VIX 2018-03-21 C 25 @ 1.00"))
    return _stated(desk)


def test_only_the_last_365_days_count() -> None:
    assert spent_in_year(facts(_two_calls(), "2018-02-01")).value == 480.0
    assert spent_in_year(facts(_two_calls(), "2018-01-31")).value == 1080.0
    assert annual_pct(facts(_two_calls(), "2018-03-01")).value == pytest.approx(0.38)


def test_less_than_a_year_is_scaled_and_less_than_a_month_is_not() -> None:
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20"))
    _stated(desk)
    assert annual_pct(facts(desk, "2018-02-08")).unknown == "cannot tell yet: 29 of 30 days"
    assert annual_pct(facts(desk, "2018-03-11")).value == pytest.approx(0.48 * 365 / 60)


@pytest.mark.parametrize(
    ("pct", "word"), [(0.99, "below"), (1.0, "within"), (2.0, "within"), (2.01, "above"), (-1.0, "below")]
)
def test_the_line_of_one_to_two_percent(pct: float, word: str) -> None:
    assert line_verdict(known(pct, "%"), 2.0) == word
    assert line_verdict(unknown("no account"), 2.0) == "unknown"


@pytest.mark.parametrize(("share", "at_risk", "yearly"), [(8, 5, 1.2), (12, 5, 1.8), (8, 20, 4.8), (12, 20, 7.1)])
def test_the_vectors_of_c9(share: int, at_risk: int, yearly: float) -> None:
    """Playbook C9 with its example: credit $1,342 for $3,658 of risk, 45 days."""
    equity = Decimal(3658) * 100 / at_risk
    assert implied_outlay_pct(share, Decimal(1342), 45, equity) == pytest.approx(yearly, abs=0.05)


def test_the_budget_of_the_open_condors_by_hand() -> None:
    desk = Desk()
    desk.do(acts.open_condor, at=at("2018-01-10"))  # 5,200 of credit, 37 days to 2018-02-16
    _stated(desk)
    assert implied_pct(facts(desk, "2018-01-12")).value == pytest.approx(0.1 * 5200 * 365 / 37 / 1000)


@pytest.mark.playbook("001-11")
def test_wings_in_a_layer_pay_for_a_part_of_its_calls() -> None:
    desk = Desk()
    wing = ("-1 SPX 2018-02-16 P 2500 @ 4.00", "+1 SPX 2018-02-16 P 2475 @ 3.10")
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs("+4 VIX 2018-03-21 C 25 @ 1.20", *wing))
    # 480 for the calls, 90 for the wing: 18.75 %
    rows = funding_rows(facts(desk, "2018-01-12"))
    assert [(row.layer, row.credit, row.is_low_vix) for row in rows] == [(1, Decimal(90), None)]
    assert self_funding_pct(facts(desk, "2018-01-12")).value == pytest.approx(18.75)


def test_a_hedge_without_wings_pays_nothing_of_itself() -> None:
    found = self_funding_pct(facts(worked(), "2018-02-08"))
    assert (found.value, found.note) == (0.0, "no SPX wing was sold in a layer")


@pytest.mark.playbook("000-22")
def test_realised_gains_are_counted_first_in_first_out_and_told_in_condors() -> None:
    desk = worked()
    desk.do(acts.open_condor, at=at("2018-02-08"), expiry=_march(), quantity=1, credit=d("3"))
    gains, capacity = recycled(facts(desk, "2018-02-09"))
    assert [(row.gain, row.total) for row in gain_rows(facts(desk, "2018-02-09"))] == [
        (Decimal("713.60"), Decimal("707.20"))
    ]
    assert gains.value == 707.2  # 720.00 less 12.80 of fees
    assert capacity.value == 0.0  # a condor of 25 points ties up 2,500


def _march() -> object:
    from datetime import date

    return date(2018, 3, 16)
