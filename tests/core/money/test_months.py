"""How many months were net credited, what did the quiet ones cost, and what is the income?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.journal import acts
from core.money.flows import flows_of
from core.money.months import credited_pct, forgone, income, month_rows, payoff_ratio
from core.monitor.past import make_past
from tests.core.histories import history_of
from tests.core.journal.desk import Desk, d, legs
from tests.core.money.books import at, facts, past
from tests.core.playbooks import composite

CALL = "VIX 2018-04-18 C 25"


def _year() -> Desk:
    """Hedge cash: January -480, February +900, March 0, April -100; the condor's own is February's 1,000."""
    desk = Desk()
    desk.do(acts.open_layer, at=at("2018-01-10"), fills=legs(f"+4 {CALL} @ 1.20"))
    desk.do(acts.close_layer, at=at("2018-02-06"), fills=legs(f"-3 {CALL} @ 3.00"))
    desk.do(acts.open_condor, at=at("2018-02-07"), quantity=2, credit=d("5"), expiry=date(2018, 3, 16))
    desk.do(acts.open_layer, at=at("2018-04-03"), fills=legs(f"+1 {CALL} @ 1.00"))
    return desk


def test_the_table_has_every_month_and_the_last_is_not_complete() -> None:
    rows = month_rows(facts(_year(), "2018-04-20"))
    assert [(row.month.month, row.condors, row.hedge, row.is_complete) for row in rows] == [
        (1, Decimal(0), Decimal(-480), True),
        (2, Decimal(1000), Decimal(900), True),
        (3, Decimal(0), Decimal(0), True),
        (4, Decimal(0), Decimal(-100), False),
    ]


@pytest.mark.playbook("001-25")
def test_one_of_three_complete_months_was_net_credited() -> None:
    rows = month_rows(facts(_year(), "2018-04-20"))
    assert credited_pct(rows).value == pytest.approx(100 / 3)
    assert credited_pct(rows[:2]).unknown == "cannot tell yet: 2 of 3 complete months"


@pytest.mark.playbook("003-22")
def test_the_income_is_the_mean_of_complete_months() -> None:
    mean, a_year = income(month_rows(facts(_year(), "2018-04-20")), Decimal(100000))
    assert mean.value == pytest.approx(1420 / 3, abs=0.005)
    assert a_year.value == pytest.approx(1420 * 4 / 1000)


@pytest.mark.playbook("000-29")
def test_quiet_months_are_those_whose_mean_vix_is_below_the_low_band() -> None:
    days = past().history.days[-80:]
    levels = [12.0 if day.month in {1, 4} else 20.0 for day in days.tolist()]
    history = history_of(str(days[0]), SPX=[2700.0] * len(days), VIX=levels)
    rows = month_rows(facts(_year(), "2018-04-20", past=make_past(history, composite())))
    assert [row.is_quiet for row in rows] == [True, False, False, True]
    assert forgone(rows).value == 580.0  # January's 480.00 and April's 100.00; February's gain is no quiet month's
    unseen = history_of(str(days[0]), SPX=[2700.0], VIX=[float("nan")])
    assert (
        "VIX is unknown"
        in forgone(month_rows(facts(_year(), "2018-04-20", past=make_past(unseen, composite())))).unknown
    )


@pytest.mark.playbook("001-26")
def test_paid_out_for_each_dollar_put_in() -> None:
    flows = flows_of(_year().entries)
    assert payoff_ratio(flows, 1).value == pytest.approx(100 * 900 / 580)
    assert payoff_ratio(flows, None).value == payoff_ratio(flows, 1).value
    assert payoff_ratio(flows, 2).unknown == "nothing was paid for it"


def test_an_empty_journal_has_no_months() -> None:
    assert month_rows(facts(Desk(), "2018-04-20")) == []
