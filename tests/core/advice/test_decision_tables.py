"""Does every row of the decision tables fire on a market that asks for it, and not on one that just does not?"""

from __future__ import annotations

import math
import statistics
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from core.advice.records import (
    BREADTH_MINOR,
    EXIT_ONE,
    EXIT_TWO,
    HARVEST,
    INNERMOST,
    LAST,
    NEXT_LAYER,
    ORDER,
    REALIGNED,
    RV_ABOVE_IV,
    SHRINK_FIRST,
    Act,
)
from core.market.events import MarketEvent
from core.market.series import MONTHLY, Series
from core.market.times import exchange_date
from core.monitor.advice_now import advice
from core.playbook.verdict import Says
from core.positions.book import Book
from tests.core.advice.scene import (
    SESSIONS,
    advice_at,
    close_of,
    condor_at,
    facts_at,
    layer_at,
    long_market,
    long_past,
    of,
    row,
    sessions_where,
    with_rates,
)
from tests.core.histories import calendar
from tests.core.monitor.scene import with_columns
from tests.core.playbooks import changed, preset

SPX, VIX = (long_market().columns[name] for name in ("SPX", "VIX"))


def z_of(closes: list[float]) -> float:
    """Return how many deviations the last of 20 closes is above their mean, by the statistics module."""
    return (closes[-1] - statistics.mean(closes)) / statistics.stdev(closes)


def with_last_vix(session: int, target: float, add: float = 0.0) -> np.ndarray:
    """Return VIX whose close of that session has the z of `target`, and so many points on top."""
    before = list(VIX[session - 19 : session])
    low, high = before[-1], before[-1] * 3
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if z_of([*before, middle]) < target else (low, middle)
    vix = VIX.copy()
    vix[session] = high + add
    return vix


@pytest.mark.playbook("002-8")
@pytest.mark.parametrize(("add", "says"), [(0.001, Says.ON), (-0.05, Says.OFF)])
def test_vix_far_above_its_mean_asks_for_a_roll_of_the_innermost_layer(add: float, says: Says) -> None:
    session = next(s for s in sessions_where(vix_spike=0, rsi_vix_block=0, rsi_vix_down=0) if VIX[s] < 18)
    history = with_columns(long_market(), VIX=with_last_vix(session, 1.5, add))
    opened = close_of(session - 3)
    layers = [layer_at(number, session - 3, opened) for number in (1, 2)]
    found = advice_at(session, *layers, history=history, playbook=changed(rsi__vix_high=99.0))
    assert row(found, INNERMOST).says is says
    rolled = of(found, INNERMOST)
    assert [(one.act, one.layer) for one in rolled] == ([(Act.ROLL, 1)] if says is Says.ON else [])


@pytest.mark.playbook("000-14")
def test_a_high_rsi_of_vix_alone_asks_too_and_holds_new_layers_back() -> None:
    session = sessions_where(rsi_vix_block=1, vix_spike=1, ad_moderate=1)[0]
    found = advice_at(session, layer_at(1, session - 2, close_of(session - 8)))
    assert row(found, INNERMOST).says is Says.ON
    added = of(found, NEXT_LAYER)
    assert added
    assert all("RSI(VIX) is above 70" in one.blocked for one in added)


def test_a_layer_that_was_rolled_since_has_answered_and_the_next_one_out_is_looked_at() -> None:
    session = next(s for s in sessions_where(vix_spike=1, rsi_vix_block=0) if s - 1 in sessions_where(vix_spike=1))
    old, fresh = close_of(session - 30), close_of(session, -10)
    both = advice_at(session, layer_at(1, session - 30, old), layer_at(2, session - 30, old))
    assert [one.layer for one in of(both, INNERMOST)] == [1]
    answered = advice_at(session, layer_at(1, session, fresh), layer_at(2, session - 30, old))
    assert [one.layer for one in of(answered, INNERMOST)] == [2]


def release(day: date, surprise: float, kind: str = "CPI") -> MarketEvent:
    return MarketEvent(day, kind, actual=2.0 + surprise, consensus=2.0)


@pytest.mark.playbook("002-10")
@pytest.mark.parametrize(
    ("surprise", "sessions_to_fomc", "says"),
    [
        (0.2, 5, Says.ON),
        (-0.2, 5, Says.ON),
        (0.19, 5, Says.OFF),
        (0.2, 6, Says.OFF),
    ],
)
def test_exit_rule_one_wants_an_extreme_release_near_an_fomc(
    surprise: float, sessions_to_fomc: int, says: Says
) -> None:
    session = sessions_where(vix_spike=1)[5]
    days = calendar().days
    start = int(np.searchsorted(days, np.datetime64("2010-01-04"))) + session
    released, meeting = (days[start - 2].item(), days[start - 2 + sessions_to_fomc].item())
    events = (release(released, surprise), MarketEvent(meeting, "FOMC"))
    old = close_of(session - 30)
    layers = [layer_at(number, session - 30, old) for number in (1, 2, 3)]
    found = advice_at(session, *layers, events=events)
    assert row(found, EXIT_ONE).says is says
    taken = of(found, EXIT_ONE)
    assert [(one.layer, one.act) for one in taken] == (
        [(1, Act.PARTIAL_EXIT), (2, Act.PARTIAL_EXIT)] if says is Says.ON else []
    )
    for one in taken:
        assert [fill.fill.quantity for fill in one.ticket] == [-2]  # half of four


def test_exit_rule_one_is_unknown_without_the_numbers_or_the_calendar() -> None:
    session = sessions_where(vix_spike=1)[5]
    day = exchange_date(close_of(session))
    assert row(advice_at(session), EXIT_ONE).says is Says.UNKNOWN
    only_days = (MarketEvent(day - timedelta(days=1), "CPI"), MarketEvent(day, "FOMC"))
    told = row(advice_at(session, events=only_days), EXIT_ONE)
    assert told.says is Says.UNKNOWN
    assert "actual or consensus is not known" in told.reason


def test_a_release_to_come_is_not_seen() -> None:
    session = sessions_where(vix_spike=1)[5]
    day = exchange_date(close_of(session))
    events = (release(day + timedelta(days=1), 0.5), MarketEvent(day, "FOMC"))
    assert row(advice_at(session, events=events), EXIT_ONE).says is not Says.ON


@pytest.mark.playbook("002-11")
@pytest.mark.parametrize(("rise_bp", "says"), [(25.0, Says.ON), (24.0, Says.OFF)])
def test_exit_rule_two_wants_a_steeper_curve(rise_bp: float, says: Says) -> None:
    session = sessions_where(vix_spike=0, rsi_vix_block=0)[40]
    old = close_of(session - 30)
    layers = [layer_at(number, session - 30, old) for number in (1, 2, 3)]
    found = advice_at(session, *layers, history=with_rates(rise_bp, session))
    assert row(found, EXIT_TWO).says is says
    assert [one.layer for one in of(found, EXIT_TWO)] == ([1, 2, 3] if says is Says.ON else [])


def edr_history(level_pct: float, session: int, sessions: int = 2) -> object:
    """Return a market whose EDR (0.6 VIX9D + 0.4 HV20, a day) is a level on the last closes."""
    spx, vix9d = SPX.copy(), long_market().columns["VIX9D"].copy()
    for at in range(session - sessions + 1, session + 1):
        returns = [math.log(spx[i] / spx[i - 1]) for i in range(at - 19, at + 1)]
        hv = statistics.stdev(returns) * math.sqrt(252) * 100
        vix9d[at] = (level_pct * math.sqrt(252) - 0.4 * hv) / 0.6
    return with_columns(long_market(), VIX9D=vix9d)


@pytest.mark.playbook("000-5")
@pytest.mark.parametrize(
    ("level", "closes", "is_due"), [(0.9199, 2, True), (0.9201, 2, False), (0.9199, 1, False)]
)
def test_a_layer_is_unwound_below_its_own_rung(level: float, closes: int, *, is_due: bool) -> None:
    quiet = sessions_where(rsi_vix_down=0, ad_minor=0, vix_spike=0)
    edr_before = edr_of_market()
    session = next(s for s in quiet if edr_before[s - 1] > 0.96 and no_divergence_before(s))
    history = edr_history(level, session, closes)
    found = advice_at(session, layer_at(2, session - 30, close_of(session - 30)), history=history)
    due = of(found, REALIGNED)
    assert [one.layer for one in due] == ([2] if is_due else [])
    if is_due:
        assert "EDR below 0.92 % for 2 closes" in due[0].reason


def edr_of_market() -> np.ndarray:
    return long_past().measured.edr_pct


def no_divergence_before(session: int) -> bool:
    return not (long_past().triggers.rules["ad_minor"][session - 20 : session + 1] == 1).any()


@pytest.mark.playbook("003-18")
def test_a_crossing_down_of_rsi_unwinds_the_latest_layer_first_and_spares_the_standing_one() -> None:
    session = next(s for s in sessions_where(rsi_vix_down=1) if no_divergence_before(s))
    old = close_of(session - 30)
    layers = [layer_at(number, session - 30, old) for number in (1, 2, 3)]
    due = of(advice_at(session, *layers), REALIGNED)
    assert [one.layer for one in due] == [3]
    assert "RSI(VIX) crossed down" in due[0].reason
    assert not [one for one in of(advice_at(session, layers[0]), REALIGNED) if "RSI" in one.reason]
    pure = advice_at(session, layers[0], playbook=preset("000-ladder"))
    assert [one.layer for one in of(pure, REALIGNED)] == [1]


@pytest.mark.playbook("004-20")
def test_breadth_back_in_line_unwinds_with_its_gain() -> None:
    session = next(
        s for s in sessions_where(ad_realigned=1, ad_minor=0, rsi_vix_down=0) if not no_divergence_before(s)
    )
    layer = layer_at(2, session - 30, close_of(session - 30))
    (due,) = of(advice_at(session, layer), REALIGNED)
    assert "A/D realigned with SPX" in due.reason
    (fill,) = due.ticket
    assert due.gain is not None
    assert due.gain.value == pytest.approx(-400.0 + 400 * float(fill.fill.price))  # paid 4 x 100 x 1.00


@pytest.mark.playbook("004-10")
def test_a_minor_divergence_asks_for_ten_to_fifteen_percent_in_layer_one() -> None:
    session = sessions_where(ad_minor=1, ad_moderate=0, rsi_vix_block=0)[0]
    (proposal,) = of(advice_at(session), BREADTH_MINOR)
    (fill,) = proposal.ticket
    assert (proposal.layer, proposal.act) == (1, Act.ADD)
    assert "the condors stay" in proposal.title
    assert fill.fill.quantity > 0
    none = next(s for s in sessions_where(ad_minor=0))
    assert of(advice_at(none), BREADTH_MINOR) == []
    assert of(advice_at(sessions_where(ad_moderate=1)[0]), BREADTH_MINOR) == []


def test_a_layer_that_is_large_enough_is_not_asked_for_again() -> None:
    session = sessions_where(ad_minor=1, ad_moderate=0, rsi_vix_block=0)[0]
    large = layer_at(1, session, leg="+40 VX {expiry} @ 15.00")
    assert of(advice_at(session, large), BREADTH_MINOR) == []


@pytest.mark.playbook("004-7")
def test_a_moderate_divergence_asks_for_the_next_layer_and_leaves_the_condor() -> None:
    session = next(s for s in sessions_where(ad_moderate=1, ad_pronounced=0, rsi_vix_block=0, rv_above_iv=0))
    found = advice_at(session, layer_at(1, session - 5, close_of(session - 5)))
    assert 2 in [one.layer for one in of(found, NEXT_LAYER)]
    assert not [one for one in found.proposals if one.act is Act.SHRINK]


def prices(rising: bool, symbol: str = "CPIAUCSL") -> Series:
    """Return two years of a monthly index whose yearly change grows, or falls, with each month."""
    months = np.arange(np.datetime64("2008-01"), np.datetime64("2021-01"), dtype="datetime64[M]")
    years = np.arange(len(months)) / 12.0
    values = 200.0 * np.exp(0.02 * years + (0.001 if rising else -0.001) * years**2)
    whole = np.zeros(len(months), bool)
    return Series(symbol, "made up", months.astype("datetime64[D]"), {"close": values}, whole, MONTHLY)


@pytest.mark.playbook("004-8")
@pytest.mark.parametrize("rising", [True, False])
def test_shrinking_may_come_first_only_if_pronounced_and_prices_rise(*, rising: bool) -> None:
    session = sessions_where(ad_pronounced=1, rv_above_iv=0, rsi_vix_block=0)[0]
    monthly = {"CPIAUCSL": prices(rising), "PPIFIS": prices(rising, "PPIFIS")}
    found = advice_at(session, monthly=monthly)
    assert row(found, SHRINK_FIRST).says is (Says.ON if rising else Says.OFF)
    shrinks = of(found, SHRINK_FIRST)
    assert [one.key.rpartition(":")[2] for one in shrinks] == (["25%", "50%"] if rising else [])
    for one, left in zip(shrinks, (3, 5), strict=False):  # 25 % of ten is 2.5, made 3
        assert {abs(fill.fill.quantity) for fill in one.ticket} == {left}
        assert one.beside == NEXT_LAYER
        assert "theta still favours the condor (004-11)" in one.notes
    assert of(found, NEXT_LAYER), "the layer is proposed beside it"
    mild = sessions_where(ad_moderate=1, ad_pronounced=0, rv_above_iv=0)[0]
    assert of(advice_at(mild, monthly=monthly), SHRINK_FIRST) == []


def test_without_prices_a_pronounced_divergence_leaves_shrinking_unknown() -> None:
    session = sessions_where(ad_pronounced=1, rv_above_iv=0)[0]
    assert row(advice_at(session), SHRINK_FIRST).says is Says.UNKNOWN


@pytest.mark.playbook("004-11")
def test_realised_far_above_implied_allows_shrinking() -> None:
    above = sessions_where(rv_above_iv=1, ad_pronounced=0)[0]
    found = advice_at(above)
    assert [one.needs_reason for one in of(found, RV_ABOVE_IV)] == [True, True]
    below = sessions_where(rv_above_iv=0, ad_pronounced=0)[0]
    told = row(advice_at(below), RV_ABOVE_IV)
    assert told.says is Says.OFF
    assert "theta still favours the condor, do not shrink" in told.reason
    assert of(advice_at(below), RV_ABOVE_IV) == []


@pytest.mark.playbook("000-20")
def test_the_harvest_window_wants_three_falling_closes_and_vix_below_its_mean() -> None:
    edr, mean = edr_of_market(), np.array([VIX[max(s - 19, 0) : s + 1].mean() for s in range(SESSIONS)])
    falls = [s for s in range(200, 2300) if edr[s] < edr[s - 1] < edr[s - 2] < edr[s - 3]]
    fires = next(s for s in falls if VIX[s] < mean[s])
    dear = next(s for s in falls if VIX[s] > mean[s])
    short = next(
        s for s in range(200, 2300) if edr[s] < edr[s - 1] < edr[s - 2] >= edr[s - 3] and VIX[s] < mean[s]
    )
    assert row(advice_at(fires), HARVEST).says is Says.ON
    assert of(advice_at(fires), HARVEST)[0].ticket == ()
    assert [row(advice_at(s), HARVEST).says for s in (dear, short)] == [Says.OFF, Says.OFF]


@pytest.mark.playbook("002-13")
def test_leaving_everything_is_always_last_and_needs_a_reason() -> None:
    session = sessions_where(vix_spike=1, ad_moderate=1)[0]
    old = close_of(session - 30)
    found = advice_at(session, layer_at(1, session - 30, old), layer_at(3, session - 30, old))
    assert found.proposals[-1].situation == LAST
    assert found.proposals[-1].needs_reason
    assert [fill.layer for fill in found.proposals[-1].ticket] == [1, 3]
    order = [ORDER.index(one.situation) for one in found.proposals]
    assert order == sorted(order)
    assert of(advice_at(session), LAST) == [], "nothing to leave"


@pytest.mark.playbook("000-24")
def test_promoters_habits_are_named() -> None:
    session = next(
        s
        for s in sessions_where(ad_moderate=1)
        if all(t in sessions_where(ad_moderate=1) for t in (s - 1, s - 2, s - 3))
    )
    keys = {one.key for one in advice_at(session).patterns}
    assert "breadth" in keys
    answered = advice_at(session, layer_at(4, session, close_of(session, -10))).patterns
    assert "breadth" not in {one.key for one in answered}
    spike = next(s for s in sessions_where(vix_spike=1) if s - 1 in sessions_where(vix_spike=1))
    opened = condor_at(spike, close_of(spike, -60))
    assert "spike:C1" in {one.key for one in advice_at(spike, condor=opened).patterns}


def test_nothing_is_proposed_for_an_empty_book_but_the_situations_are_told() -> None:
    session = sessions_where(vix_spike=1)[0]
    found = advice(replace(facts_at(session), book=Book()))
    assert found.proposals == ()
    assert found.patterns == ()
    assert row(found, INNERMOST).says is Says.ON
    assert row(found, EXIT_TWO).says is Says.UNKNOWN
