"""Is what is held measured as the standard library and hand calculations on the worked example say?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from core.market.figure import known, unknown
from core.monitor.held_cover import covered
from core.monitor.held_decay import time_values
from core.monitor.held_now import held_now, warnings_of
from core.monitor.held_record import held_tree
from core.monitor.held_shape import falls, gammas
from core.monitor.held_shorts import condor_odds, condor_shorts
from core.monitor.sizing_now import NoCondorError
from core.playbook.verdict import Says
from core.valuation.forwards import DAY_S, YEAR_S
from tests.core.journal.desk import Desk
from tests.core.monitor.risk_scene import CALLS_62, black, ground, hedged, implied, normal
from tests.core.monitor.test_sizing_now import at_close, book_of
from tests.core.valuation.positions import NOW, VIX_32, VIX_62, condor, layer

EDR = known(50.0, "points")
RATE = 0.045
EXAMPLE = condor(
    "+1 SPX 2018-07-18 P 4700 @ 15.84",
    "-1 SPX 2018-07-18 P 4750 @ 20.91",
    "-1 SPX 2018-07-18 C 5200 @ 21.04",
    "+1 SPX 2018-07-18 C 5250 @ 12.69",
)


@pytest.mark.playbook("000-2")
def test_shorts_in_expected_moves_by_hand() -> None:
    put, call = condor_shorts(ground(condor=EXAMPLE), EDR)
    # from Monday June 18, 9:30, to Wednesday July 18, 9:30: 22 closes of a calendar of weekdays
    assert put.sessions == call.sessions == 22
    assert (put.side, put.strike, put.points.value) == ("put", 4750, pytest.approx(250))
    assert put.multiple.value == pytest.approx(250 / (50 * math.sqrt(22)))
    assert call.multiple.value == pytest.approx(200 / (50 * math.sqrt(22)))
    assert (put.is_inside, call.is_inside) == (False, True)
    # EDR of 40 points puts the call outside as well
    assert condor_shorts(ground(condor=EXAMPLE), known(40.0, "points"))[1].is_inside is False


@pytest.mark.playbook("000-2")
def test_the_chance_of_ending_between_the_shorts() -> None:
    (odds,) = condor_odds(condor_shorts(ground(condor=EXAMPLE), EDR))
    sigma = 50 * math.sqrt(22)
    assert odds.inside_pct.value == pytest.approx(100 * (normal(200 / sigma) - normal(-250 / sigma)))


def test_deltas_of_the_shorts_are_those_of_the_standard_library() -> None:
    put, call = condor_shorts(ground(condor=EXAMPLE), EDR)
    years, forward = 30 / 365, 5000 * math.exp(RATE * 30 / 365)
    for short, strike, premium, sign in ((put, 4750, 20.91, -1), (call, 5200, 21.04, 1)):
        # volatility of a put by parity from the call of the same price less forward
        shift = math.exp(-RATE * years) * (forward - strike) if sign < 0 else 0.0
        sigma = implied(premium + shift, forward, strike, years, RATE)
        spread = sigma * math.sqrt(years)
        d1 = math.log(forward / strike) / spread + spread / 2
        assert short.delta.value == pytest.approx(sign * normal(sign * d1), abs=1e-3)


def test_an_unknown_edr_leaves_the_points() -> None:
    put, _ = condor_shorts(ground(condor=EXAMPLE), unknown("no VIX9D", "points"))
    assert (put.points.value, put.multiple.unknown, put.is_inside) == (pytest.approx(250), "no VIX9D", None)
    assert condor_odds((put,))[0].inside_pct.unknown == "no VIX9D"


@pytest.mark.playbook("000-9")
@pytest.mark.playbook("001-8")
def test_time_value_and_decay_of_a_layer_by_hand() -> None:
    condors, first = time_values(ground(layer(CALLS_62), condor=EXAMPLE))
    # four calls struck at 20 on a future of 19.6, paid 2.32: out of the money, all of it is time value
    assert first.extrinsic.value == pytest.approx(4 * 100 * 2.32)
    left = 62.0
    sigma = implied(2.32, 19.6, 20.0, left / 365, RATE)
    later = black(19.6, 20.0, sigma, (left - 1 / 24) / 365, 1, RATE)
    assert first.theta.value == pytest.approx(24 * 400 * (later - 2.32), rel=0.01)
    assert condors.theta.value > 0 > first.theta.value
    assert first.of_condors_pct.value == pytest.approx(-100 * first.theta.value / condors.theta.value)
    assert first.is_dear == (first.of_condors_pct.value > 25)
    assert condors.of_condors_pct.unknown


@pytest.mark.playbook("004-6")
def test_the_time_value_not_yet_earned_is_what_the_shorts_still_hold() -> None:
    (condors,) = time_values(ground(condor=EXAMPLE))
    # all legs are out of the money: what was received is time value still to be earned
    assert condors.extrinsic.value == pytest.approx(-100 * (20.91 + 21.04 - 15.84 - 12.69), abs=0.01)
    inside = ground(condor=EXAMPLE, spx=4740.0)
    assert inside.table.spx0 == 4740
    (there,) = time_values(inside)
    years = 30 / 365
    intrinsic = math.exp(-RATE * years) * (4750 - 4740 * math.exp(RATE * years))
    assert intrinsic < 0 < 4750 - 4740  # the forward stands above the strike: no intrinsic value on it
    assert there.extrinsic.value < 0


@pytest.mark.playbook("002-5")
def test_the_roll_of_the_curve_by_hand() -> None:
    _, first = time_values(ground(layer(f"+2 VX {VIX_62} @ 19.5")))
    # 18.8 on July 20, 19.6 on August 19: 0.8 points in 30 days, slid down by a future a day
    assert first.roll.value == pytest.approx(-2 * 1000 * 0.8 / 30)
    _, near = time_values(ground(layer(f"+1 VX {VIX_32} @ 18.5")))
    found = ground(layer(f"+1 VX {VIX_32} @ 18.5")).table
    row = [leg.contract.root for leg in found.terms.legs].index("VX")
    days = (found.terms.expiry_s[row] - found.now_s) / DAY_S
    assert near.roll.value == pytest.approx(-1000 * (18.8 - 18.0) / days)
    assert found.terms.expiry_s[row] - found.now_s < YEAR_S


@pytest.mark.playbook("000-7")
def test_the_hedge_bends_as_spx_falls() -> None:
    found = {one.pct: one for one in falls(hedged())}
    # four calls of 62 days struck at 20, priced again by the standard library
    sigma = implied(2.32, 19.6, 20.0, 62 / 365, RATE)
    beta = 1 / math.sqrt(1 + 62 / 10)
    for pct, fall in found.items():
        vix = min(18 * (1 - pct / 100) ** -4.5, 90)
        worth = black(19.6 + beta * (vix - 18), 20.0, sigma, 62 / 365, 1, RATE)
        assert fall.vix.value == pytest.approx(vix)
        assert fall.gain.value == pytest.approx(400 * (worth - 2.32), rel=1e-3)
    assert found[5.0].doubling.value == pytest.approx(found[5.0].gain.value / found[2.5].gain.value)
    assert found[10.0].doubling.value > 2  # convex: measured


@pytest.mark.playbook("000-7")
def test_a_capped_spread_stops_bending() -> None:
    spread = layer(f"+4 VIX {VIX_62} C 20 @ 2.32", f"-4 VIX {VIX_62} C 24 @ 1.40")
    capped = {one.pct: one.doubling.value for one in falls(ground(spread))}
    alone = {one.pct: one.doubling.value for one in falls(hedged())}
    assert all(capped[pct] < alone[pct] for pct in (5.0, 10.0, 20.0))
    assert "no layer is held" in falls(ground())[0].gain.unknown


@pytest.mark.playbook("004-5")
def test_gamma_below_spot_before_and_after_the_layer() -> None:
    found = hedged()
    here, below = gammas(found, EDR)
    assert below.spx.value == pytest.approx(4950)
    levels = [4950 * step for step in (0.99, 1.0, 1.01)]
    vix = [float(18 * (level / 5000) ** -4.5) for level in levels]
    each = found.profits(levels, vix, NOW)
    bends = each[:, 0] - 2 * each[:, 1] + each[:, 2]
    assert below.condors.value == pytest.approx(bends[0])
    assert below.with_layers[1].value == pytest.approx(bends[0] + bends[1])
    assert below.with_layers[1].value > below.condors.value  # long calls add gamma
    assert here.spx.value == 5000
    assert gammas(found, unknown("no EDR", "points"))[1].condors.unknown == "no EDR"


@pytest.mark.playbook("001-18")
def test_in_the_theta_window_a_gamma_not_above_zero_is_told() -> None:
    here = gammas(ground(replace(layer(CALLS_62), number=2)), EDR)[0]
    short = replace(here, with_layers={2: known(-100.0, "$")})
    long = replace(here, with_layers={2: known(100.0, "$")})
    assert warnings_of((), (), (short,), Says.ON) == (
        "temporal-theta window: gamma with layers 1 to 2 is -$100, not above 0",
    )
    assert warnings_of((), (), (short,), Says.OFF) == ()
    assert warnings_of((), (), (long,), Says.ON) == ()


def test_a_whole_book_and_one_condor_with_its_own_layers() -> None:
    whole, one = held_now(at_close()), held_now(at_close(), 1)
    assert {short.condor_id for short in whole.shorts} == {1, 2}
    assert {short.condor_id for short in one.shorts} == {1}
    assert [time.number for time in whole.times] == [0, 1, 2]
    assert [time.number for time in one.times] == [0, 1]
    with pytest.raises(NoCondorError):
        held_now(at_close(), 7)


def test_an_empty_book_has_nothing_to_measure() -> None:
    found = held_now(at_close(book=Desk().book))
    assert (found.shorts, found.odds, found.warnings) == ((), (), ())
    assert held_tree(found)["shorts"] == []
    assert found.normalising in {Says.ON, Says.OFF, Says.UNKNOWN}


def test_what_has_expired_is_said() -> None:
    late = ground(condor=EXAMPLE, now=NOW + timedelta(days=40))
    put, _ = condor_shorts(late, EDR)
    assert put.multiple.unknown == "it has expired"
    assert "has expired" in time_values(late)[0].theta.unknown
    assert held_now(at_close(book=book_of())).shorts


@pytest.mark.playbook("002-4")
def test_what_is_held_covers_by_all_its_legs_spx_puts_too() -> None:
    puts = replace(layer("+1 SPX 2018-07-18 P 4750 @ 20.91", "-1 SPX 2018-07-18 P 4700 @ 15.84"), number=2)
    bare = {one.response: one for one in covered(ground(puts))}
    # at expiry the put spread is worth its 50 points at SPX 4700, against its value of 5.07 now
    risk = 100 * (50 - 13.42)
    gained = pytest.approx(100 * 100 * (50 - 5.07) / risk, abs=0.01)
    assert all(one.expiry_pct.value == gained for one in bare.values())
    calls = covered(hedged())
    assert [one.response for one in calls] == ["low", "base", "high"]
    assert calls[0].day_pct.value < calls[1].day_pct.value < calls[2].day_pct.value
    both = covered(ground(layer(CALLS_62), puts))
    assert both[1].expiry_pct.value == pytest.approx(calls[1].expiry_pct.value + bare["base"].expiry_pct.value)
    assert "no condor" in covered(ground(condor=condor("-1 SPX 2018-07-18 C 5200 @ 8.35")))[0].day_pct.unknown
