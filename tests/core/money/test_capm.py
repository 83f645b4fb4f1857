"""Are the betas those of a least-squares line, and the required return that of the playbook's vector?"""

from __future__ import annotations

import numpy as np
import pytest

from core.journal import acts
from core.market.figure import known
from core.money.capm import beta_of, capm, required_pct, vol_beta
from core.monitor.past import make_past
from tests.core.histories import history_of, real_history
from tests.core.journal.desk import Desk, d
from tests.core.money.books import at, facts, past
from tests.core.playbooks import composite


@pytest.mark.playbook("000-15")
def test_the_vector_of_the_playbook() -> None:
    """Playbook 9: beta -4.94, premium 5 %, risk-free 4.5 % give -20.2 % a year."""
    assert required_pct(known(-4.94, ""), 4.5, 5.0).value == pytest.approx(-20.2)


@pytest.mark.playbook("003-7")
def test_vix_moves_by_minus_four_times_the_index() -> None:
    """The closes of `past` are made so; a line through them has that slope."""
    assert vol_beta(past(), 252).value == pytest.approx(-4.0, rel=1e-9)


def test_a_slope_is_that_of_numpys_polynomial() -> None:
    random = np.random.default_rng(3)
    market = random.normal(0, 0.01, 252)
    one = -5.0 * market + random.normal(0, 0.02, 252)
    assert beta_of(one, market) == pytest.approx(float(np.polyfit(market, one, 1)[0]), rel=1e-9)


def test_vix_has_moved_by_nearly_five_times_the_index_since_2004() -> None:
    """Published for 2004 on: -4.94 (volatilitytradingstrategies.com); on the real closes to 2021 it is -4.73."""
    history = real_history()
    since = history.days >= np.datetime64("2004-01-01")
    spx, vix = (history.column(symbol)[since] for symbol in ("SPX", "VIX"))
    one, market = vix[1:] / vix[:-1] - 1, spx[1:] / spx[:-1] - 1
    known_days = np.isfinite(one) & np.isfinite(market)
    assert beta_of(one[known_days], market[known_days]) == pytest.approx(-4.94, abs=0.3)


def test_fewer_than_sixty_returns_tell_nothing() -> None:
    short = make_past(history_of(SPX=np.linspace(2500, 2600, 61), VIX=np.linspace(12, 13, 61)), composite())
    assert vol_beta(short, 252).value is not None
    holes = make_past(history_of(SPX=np.linspace(2500, 2600, 60), VIX=np.linspace(12, 13, 60)), composite())
    assert vol_beta(holes, 252).unknown == "59 of 60 daily returns are known"


@pytest.mark.playbook("002-17", "004-22")
def test_the_book_moves_by_its_deltas_over_the_equity() -> None:
    desk = Desk()
    desk.do(acts.state_account, at=at("2018-01-10"), equity=d("100000"), cash=d("0"), notional=d("500000"))
    given = facts(desk, "2018-01-12", exposure=known(5000.0, "$"), delta_dollars=known(60000.0, "$"))
    found = capm(given)
    # condors 60,000, hedge 5,000 x -4 = -20,000; 40,000 of 100,000
    assert found.spx_equivalent.value == pytest.approx(-20000.0)
    assert found.equity_beta.value == pytest.approx(0.4)
    assert found.required_book.value == pytest.approx(4.5 + 0.4 * 5.0)
    # the hedge's exposure is asked to lose 4.5 - 20 = -15.5 % a year
    assert found.expected_carry.value == pytest.approx(-775.0)


@pytest.mark.playbook("001-22")
def test_the_premium_of_the_last_close_stands_beside_beta() -> None:
    found, measured = capm(facts(Desk(), "2018-04-20")), past().measured
    vix, realised = float(measured.vix[-1]), float(measured.hv20_pct[-1])
    assert found.vrp_points.value == pytest.approx(vix - realised)
    assert found.vrp_variance.value == pytest.approx(vix**2 - realised**2)
    assert found.equity_beta.unknown == "the account was not stated"
