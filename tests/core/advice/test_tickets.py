"""Are tickets what a trader would write: same contracts, next month, break-even kept, prices of Black by hand?"""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from core.advice.records import INNERMOST, NEXT_LAYER
from core.market.calendar import vix_expiries_after
from core.market.times import exchange_date, new_york
from core.monitor.advice_now import advice, effect
from core.monitor.risk import risk
from core.monitor.sizing_now import sizing_now
from core.playbook.sizing import Sizing
from core.positions.contract import MORNING
from core.positions.leg import cash_of
from core.risk_state import RiskAsked
from tests.core.advice.scene import (
    advice_at,
    close_of,
    facts_at,
    layer_at,
    long_market,
    of,
    session_that_adds,
    sessions_where,
)
from tests.core.histories import calendar
from tests.core.monitor.risk_scene import black, implied

B_DOWN = 4.5  # playbook 4.3
YEAR_S = 365 * 86_400


def spike_session() -> int:
    return sessions_where(vix_spike=1, rsi_vix_block=0)[3]


def future(session: int, expiry: object) -> float:
    """Return the settlement of the VX future of an expiry at a close, counted off the calendar."""
    day = exchange_date(close_of(session))
    number = vix_expiries_after(day, 8, calendar()).index(expiry) + 1
    return float(long_market().columns[f"VX{number}"][session])


@pytest.mark.playbook("002-9")
def test_a_roll_closes_all_and_opens_as_many_in_the_next_month() -> None:
    session = spike_session()
    (proposal,) = of(advice_at(session, layer_at(1, session - 5, close_of(session - 5))), INNERMOST)
    closed, opened = (one.fill for one in proposal.ticket)
    assert (closed.quantity, opened.quantity) == (-4, 4)
    assert closed.contract.expiry is not None
    assert opened.contract.expiry == vix_expiries_after(closed.contract.expiry, 1, calendar())[0]
    assert proposal.net is not None
    assert proposal.net.value == pytest.approx(float(cash_of([closed, opened])))


@pytest.mark.playbook("004-16")
def test_the_prices_are_blacks_with_the_volatility_that_the_fill_implies() -> None:
    session, opened_at = spike_session(), close_of(spike_session() - 5)
    (proposal,) = of(advice_at(session, layer_at(1, session - 5, opened_at)), INNERMOST)
    closed, opened = (one.fill for one in proposal.ticket)
    old, new = closed.contract, opened.contract
    assert old.expiry is not None
    assert new.expiry is not None
    rate, now = 0.045, close_of(session, 5)
    years = [(new_york(day, MORNING) - now).total_seconds() / YEAR_S for day in (old.expiry, new.expiry)]
    at_fill = (new_york(old.expiry, MORNING) - opened_at).total_seconds() / YEAR_S
    sigma = implied(1.00, future(session - 5, old.expiry), float(old.strike or 0), at_fill, rate)
    worth = [
        black(future(session, contract.expiry), float(contract.strike or 0), sigma, left, 1, rate)
        for contract, left in zip((old, new), years, strict=True)
    ]
    assert [float(closed.price or 0), float(opened.price or 0)] == pytest.approx(worth, abs=0.011)


def test_the_new_strike_is_the_one_whose_break_even_lies_nearest_in_the_wing() -> None:
    session = spike_session()
    facts = facts_at(session, layer_at(1, session - 5, close_of(session - 5)))
    (proposal,) = of(advice(facts), INNERMOST)
    closed, opened = (one.fill for one in proposal.ticket)
    before, after = (
        next(one for one in state.alignments if one.layer == 1) for state in (risk(facts), effect(facts, proposal))
    )
    assert proposal.rho_before is not None
    assert proposal.rho_after is not None
    assert proposal.rho_before.value == pytest.approx(before.rho.value)
    assert proposal.rho_after.value == pytest.approx(after.rho.value)
    spx, vix = (float(long_market().columns[name][session]) for name in ("SPX", "VIX"))
    wing = sorted(
        float(leg.contract.strike or 0) for leg in facts.book.condors[1].legs if leg.contract.right == "P"
    )
    level = spx * ((float(opened.contract.strike or 0) + float(opened.price or 0)) / vix) ** (-1 / B_DOWN)
    assert after.rho.value == pytest.approx((level - wing[0]) / (wing[1] - wing[0]), abs=0.02)
    assert closed.contract.strike is not None


@pytest.mark.playbook("002-15")
def test_before_and_after_are_what_the_risk_screen_shows_for_the_same_ticket() -> None:
    session = spike_session()
    facts = facts_at(session, layer_at(1, session - 5, close_of(session - 5)))
    (proposal,) = of(advice(facts), INNERMOST)
    shown, screen = effect(facts, proposal), risk(facts, RiskAsked(ticket=proposal.ticket))
    assert shown.before is not None
    assert screen.before is not None
    assert [gauge.value for gauge in shown.gauges] == [gauge.value for gauge in screen.gauges]
    assert [gauge.before for gauge in shown.gauges] == [gauge.value for gauge in risk(facts).gauges]
    assert [row.break_evens.points for row in shown.migration] == [
        row.break_evens.points for row in screen.migration
    ]


def test_a_spread_keeps_its_width_and_a_future_its_count() -> None:
    session = spike_session()
    future_layer = layer_at(1, session - 5, close_of(session - 5), leg="+2 VX {expiry} @ 15.00")
    (proposal,) = of(advice_at(session, future_layer), INNERMOST)
    closed, opened = (one.fill for one in proposal.ticket)
    assert (closed.quantity, opened.quantity, opened.contract.strike) == (-2, 2, None)
    assert float(opened.price or 0) == pytest.approx(future(session, opened.contract.expiry), abs=0.005)
    assert proposal.net is not None
    gained = 2 * 1000 * (closed.price - Decimal("15.00")) if closed.price else Decimal(0)
    assert proposal.net.value == pytest.approx(float(gained))


def test_what_has_no_next_month_says_so() -> None:
    session = spike_session()
    shares = layer_at(1, session - 5, close_of(session - 5), leg="+9 VXX @ 27.1")
    (proposal,) = of(advice_at(session, shares), INNERMOST)
    assert proposal.ticket == ()
    assert "VXX" in proposal.unknown


@pytest.mark.playbook("004-5")
def test_an_added_layer_is_what_the_sizing_engine_has() -> None:
    facts = facts_at(session_that_adds())
    found = [one for one in of(advice(facts), NEXT_LAYER) if one.ticket]
    assert found
    sizing = sizing_now(facts).sizing
    assert isinstance(sizing, Sizing)
    for one in found:
        size = next(layer for layer in sizing.layers if layer.number == one.layer)
        assert one.ticket[0].fill.quantity == round(size.contracts.value or 0)
        assert one.net is not None
        assert one.net.value == pytest.approx(-(size.premium.value or 0), rel=0.01, abs=0.01 * 100 * 50)


def test_nothing_later_is_looked_at() -> None:
    """The same advice from a market that ends at the moment as from one that goes on for years."""
    for session in (spike_session(), sessions_where(ad_moderate=1)[0], sessions_where(rsi_vix_down=1)[7]):
        layer = layer_at(1, session - 5, close_of(session - 5))
        whole = advice_at(session, layer)
        cut = advice_at(session, layer, history=long_market().until(session + 1))
        assert whole.situations == cut.situations
        assert whole.proposals == cut.proposals
        assert whole.patterns == cut.patterns
    assert math.isfinite(close_of(spike_session()).timestamp())
