"""Are all measures there at once, the claims tagged, and the drift between the static line and the target told?"""

from __future__ import annotations

import pytest

from core.journal import acts
from core.market.figure import known, unknown
from core.money.claims import TAG
from core.money.money import drift, money
from tests.core.journal.desk import Desk, d
from tests.core.money.books import at, facts, worked


def _stated() -> Desk:
    desk = worked()
    desk.do(acts.state_account, at=at("2018-02-08"), equity=d("100000"), cash=d("50000"), notional=d("100000"))
    return desk


@pytest.mark.playbook("003-14")
def test_the_target_moves_away_from_the_static_ten_percent() -> None:
    """Seed 003: 10 % of 100,000 stands still; VIX above 25 asks for 25 to 35 %."""
    found = drift(facts(_stated(), "2018-02-09", target=known(30000.0, "$"), exposure=known(8000.0, "$")))
    assert (found.static.value, found.gap.value, found.held.value) == (10000.0, 20000.0, 8000.0)
    assert drift(facts(Desk(), "2018-02-09")).static.unknown == "the account was not stated"
    assert drift(facts(_stated(), "2018-02-09", target=unknown("EDR"))).gap.unknown == "EDR"


def test_every_claim_is_tagged_and_stands_beside_ones_own_figure() -> None:
    found = money(facts(_stated(), "2018-05-10"))
    by_key = {claim.key: claim for claim in found.claims}
    assert {claim.tag for claim in found.claims} == {TAG}
    assert by_key["annual-cost"].own is found.outlay.annual
    assert by_key["months-credited"].own is found.credited
    assert by_key["drawdown-000"].own.unknown.startswith("cannot tell yet")
    # February's 1,193.60 is the one credited month of January to April
    assert found.credited.value == 25.0


def test_the_hedge_that_earned_has_an_outlay_below_the_line() -> None:
    found = money(facts(_stated(), "2018-05-10")).outlay
    assert found.spent.value == -707.2
    assert found.verdict == "below"
    # -707.20 over 120 days, in percent of 100,000
    assert found.annual.value == pytest.approx(-0.7072 * 365 / 120)


def test_an_empty_journal_is_unknown_everywhere_and_breaks_nowhere() -> None:
    found = money(facts(Desk(), "2018-02-09"))
    assert found.carry == found.months == found.fills == found.parity == ()
    assert found.parity_unknown
    figures = (found.credited, found.income, found.quick_ratio, found.slippage, found.self_funding, found.gains)
    assert all(figure.value is None and figure.unknown for figure in figures)
